import Type from 'typebox';
import type { CopiesConfig } from '#kernel/config';

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

export const copiesConfig = (words: KeepingWords): CopiesConfig => ({
  copiesWanted: words.LANTAI_COPIES_WANTED,
  cycleDays: words.LANTAI_FIXITY_DAYS,
  fixityMegabytes: words.LANTAI_FIXITY_MB_PER_SECOND,
  copyMegabytes: words.LANTAI_COPY_MB_PER_SECOND,
  repair: words.LANTAI_FIXITY_REPAIR === 'on',
});
