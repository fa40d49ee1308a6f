import Type from 'typebox';
import type { CheckCalendarConfig, CopiesConfig } from '#kernel/config';

const pace = (description: string) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, description: `${description}, or left out` }));

/** The settings about copies of what is held; see {@link SETTINGS} for what the descriptions complete. */
export const KEEPING_SETTINGS = {
  LANTAI_COPIES_WANTED: Type.Integer({
    minimum: 1,
    maximum: 20,
    default: 1,
    description: 'a number of copies from 1 (the storage root alone) to 20',
  }),
  LANTAI_FIXITY_DAYS: Type.Integer({
    minimum: 1,
    maximum: 3_650,
    default: 90,
    description: 'a number of days from 1 to 3650 within which every copy is verified once',
  }),
  LANTAI_FIXITY_MB_PER_SECOND: pace('a number of megabytes a second to verify at most'),
  LANTAI_COPY_MB_PER_SECOND: pace('a number of megabytes a second to copy at most'),
  LANTAI_CHECK_DAYS: Type.Integer({
    minimum: 0,
    maximum: 3_650,
    default: 365,
    description:
      'a number of days to 3650 within which what is held is checked by the four natures once; 0: never by itself',
  }),
  LANTAI_CHECK_SHARE: Type.Union([Type.Literal('scheme'), Type.Literal('whole')], {
    default: 'scheme',
    description: 'one of: scheme (the shares the scheme sets), whole',
  }),
  LANTAI_FIXITY_REPAIR: Type.Union([Type.Literal('on'), Type.Literal('off')], {
    default: 'on',
    description: 'one of: on, off',
  }),
};

interface KeepingWords {
  LANTAI_COPIES_WANTED: number;
  LANTAI_FIXITY_DAYS: number;
  LANTAI_FIXITY_MB_PER_SECOND?: number;
  LANTAI_COPY_MB_PER_SECOND?: number;
  LANTAI_FIXITY_REPAIR: 'on' | 'off';
}

/** How often what is held is checked by the four natures, and how much of it. */
export const checkCalendar = (words: {
  LANTAI_CHECK_DAYS: number;
  LANTAI_CHECK_SHARE: 'scheme' | 'whole';
}): CheckCalendarConfig => ({
  days: words.LANTAI_CHECK_DAYS,
  whole: words.LANTAI_CHECK_SHARE === 'whole',
});

export const copiesConfig = (words: KeepingWords): CopiesConfig => ({
  copiesWanted: words.LANTAI_COPIES_WANTED,
  cycleDays: words.LANTAI_FIXITY_DAYS,
  fixityMegabytes: words.LANTAI_FIXITY_MB_PER_SECOND,
  copyMegabytes: words.LANTAI_COPY_MB_PER_SECOND,
  repair: words.LANTAI_FIXITY_REPAIR === 'on',
});
