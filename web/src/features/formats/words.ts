import { useWording } from '../../wording.tsx';
import type { Category, HeldFormat } from './queries.ts';

type Named = Pick<HeldFormat, 'puid' | 'name' | 'toldAs'>;

/** What a format is called: as the register has it, as it was told, or its identifier. */
export function useFormatName(): (format: Named) => string {
  const { t } = useWording();
  return ({ puid, name, toldAs }) => (puid === 'unknown' ? t('formats.unknown') : (name ?? toldAs ?? puid));
}

/** What a decision is about, in words. */
export function useSubjectName(formats: readonly Named[]): (subject: string) => string {
  const { t, word } = useWording();
  const nameOf = useFormatName();
  return (subject) => {
    const category = /^category:(.+)$/.exec(subject)?.[1];
    if (category) return t('formats.wholeCategory', { category: word('format.category', category) });
    const held = formats.find((f) => f.puid === subject);
    return held ? `${nameOf(held)} (${subject})` : subject;
  };
}

export const categoryIn = (subject: string): Category | undefined =>
  /^category:(.+)$/.exec(subject)?.[1] as Category | undefined;
