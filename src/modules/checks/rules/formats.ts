import type { Match } from '#formats/pronom';

/** Endings of names by the media types files that bear them have. Those left out say nothing for certain. */
const ENDINGS: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  ofd: 'application/ofd',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  png: 'image/png',
  gif: 'image/gif',
  bmp: 'image/bmp',
  jp2: 'image/jp2',
  mp3: 'audio/mpeg',
  wav: 'audio/x-wav',
  mp4: 'application/mp4',
};
/** Media types that stand for one format. */
const SAME: Readonly<Record<string, string>> = {
  'audio/wav': 'audio/x-wav',
  'audio/vnd.wave': 'audio/x-wav',
  'video/mp4': 'application/mp4',
  'image/tif': 'image/tiff',
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/x-bmp': 'image/bmp',
  'image/x-ms-bmp': 'image/bmp',
  'image/jpx': 'image/jp2',
};

const canonical = (type: string) => SAME[type] ?? type;

/** What bytes show; a name alone shows nothing. */
const shown = (matches: readonly Match[]) => matches.filter((m) => m.basis !== 'extension only');

/** Media types of a file by its bytes. */
export const mediaTypes = (matches: readonly Match[]): string[] =>
  shown(matches).flatMap((m) => {
    if (/\bOFD\b/.test(m.name)) return ['application/ofd'];
    const types = m.mime.split(/\s*,\s*/).filter((t) => t !== '');
    return types.map((t) => canonical(t.toLowerCase()));
  });

export interface Agreement {
  readonly verdict: 'yes' | 'no';
  readonly said: string;
  readonly there: string;
}

/**
 * Whether a file is of the format that is said of it, and that its name says. Null where either can not be told: a format
 * may be named in words that no table knows.
 */
export function formatsAgree(
  said: string | undefined,
  name: string,
  matches: readonly Match[],
): Agreement | null {
  const types = mediaTypes(matches);
  if (types.length === 0) return null;
  const found = shown(matches);
  const there = found.map((m) => `${m.name} ${m.version}`.trim()).join(' / ');
  const words = said?.trim() ?? '';
  const wanted = words === '' ? undefined : typeOfWords(words);
  if (wanted !== undefined && !types.includes(wanted) && !found.some((m) => m.puid === words))
    return { verdict: 'no', said: words, there };
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const byName = ENDINGS[ending];
  if (byName !== undefined && !types.includes(byName)) return { verdict: 'no', said: `.${ending}`, there };
  return { verdict: 'yes', said: words, there };
}

/** The media type words stand for: one of the table's, by type, ending, or PUID-less name. */
function typeOfWords(words: string): string | undefined {
  const low = words.toLowerCase();
  const asType = canonical(low);
  if (Object.values(ENDINGS).includes(asType)) return asType;
  return ENDINGS[low.replace(/^\./, '')];
}
