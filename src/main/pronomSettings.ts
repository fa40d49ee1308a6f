import Type from 'typebox';
import type { PronomConfig } from '#kernel/config';

/** The settings about telling formats and judging files by them; see {@link SETTINGS} for what the descriptions complete. */
export const PRONOM_SETTINGS = {
  LANTAI_PRONOM_SIGNATURES: Type.Optional(Type.String({ description: 'a DROID signature file' })),
  LANTAI_PRONOM_CONTAINERS: Type.Optional(Type.String({ description: 'a DROID container signature file' })),
  LANTAI_PRONOM_URL: Type.Refine(
    Type.String({
      default: 'https://www.nationalarchives.gov.uk/aboutapps/pronom/droid-signature-files.htm',
      description:
        'the http:// or https:// address of a page that links to the releases of the signature files',
    }),
    (v) => URL.canParse(v) && /^https?:$/.test(new URL(v).protocol),
  ),
  LANTAI_IDENTIFY_SCAN_BYTES: Type.Integer({
    minimum: 1_024,
    maximum: 16_777_216,
    default: 65_536,
    description: 'a number of bytes from 1024 to 16777216 looked at from each end of a file',
  }),
  LANTAI_VERAPDF: Type.String({
    default: 'verapdf',
    minLength: 1,
    description: "veraPDF's command or its path",
  }),
};

interface PronomWords {
  LANTAI_PRONOM_SIGNATURES?: string;
  LANTAI_PRONOM_CONTAINERS?: string;
  LANTAI_PRONOM_URL: string;
  LANTAI_IDENTIFY_SCAN_BYTES: number;
  LANTAI_VERAPDF: string;
}

export const pronomConfig = (words: PronomWords, at: (path: string) => string): PronomConfig => ({
  signatures: words.LANTAI_PRONOM_SIGNATURES ? at(words.LANTAI_PRONOM_SIGNATURES) : undefined,
  containers: words.LANTAI_PRONOM_CONTAINERS ? at(words.LANTAI_PRONOM_CONTAINERS) : undefined,
  url: words.LANTAI_PRONOM_URL,
  scanBytes: words.LANTAI_IDENTIFY_SCAN_BYTES,
  veraPdf: words.LANTAI_VERAPDF,
});

/** Container signatures name formats that the signature file describes. */
export function pronomMistakes(given: Readonly<Record<string, string>>): string[] {
  if (!given.LANTAI_PRONOM_CONTAINERS || given.LANTAI_PRONOM_SIGNATURES) return [];
  return ['LANTAI_PRONOM_CONTAINERS goes with LANTAI_PRONOM_SIGNATURES.'];
}
