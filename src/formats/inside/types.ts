import type { PdfAReport } from '#formats/pdfa';
import type { VeraPdfReport } from './veraPdf.ts';

/** What kind of thing a file is, as far as its inside is concerned. */
export type InsideKind = 'pdf' | 'ofd' | 'image' | 'media' | 'office' | 'mail' | 'other';

/** What was found inside of one file. Only what the file shows or says; absent is what it does not. */
export interface Inside {
  kind: InsideKind;
  pages?: number;
  encrypted?: boolean;
  pdf?: PdfInside;
  ofd?: OfdInside;
  image?: ImageInside;
  media?: MediaInside;
  office?: OfficeInside;
  mail?: MailInside;
  signatures?: SignatureInside[];
  /** Files within the file. */
  attachments?: AttachmentInside[];
  /** What the file claims of its making; never checked. */
  claims?: Record<string, string>;
  /** What could not be looked at, in words. */
  notPerformed: string[];
}

export interface AttachmentInside {
  name: string;
  bytes?: number | undefined;
  type?: string | undefined;
}

export interface FontInside {
  name: string;
  type: string;
  embedded: boolean;
}

export interface PdfInside {
  /** Of the first line, and of the catalogue, which goes before it. */
  version: string | undefined;
  catalogueVersion?: string;
  /** Page sizes in points with how many pages have them, most frequent first. */
  sizes: { width: number; height: number; pages: number }[];
  fonts: FontInside[];
  javascript: boolean;
  xfa: boolean;
  form: boolean;
  tagged: boolean;
  language?: string;
  /** The cross-reference is broken and objects had to be looked for. */
  repaired: boolean;
  /** By our own checks. */
  pdfA: PdfAReport;
  /** By veraPDF, where it was asked and could answer. */
  veraPdf?: VeraPdfReport;
}

/** One signature and what was found about it. `trusted` is never drawn from the file itself. */
export interface SignatureInside {
  name: string;
  /** Who signed, by the certificate inside. */
  signer?: string;
  signedAt?: string;
  algorithm?: string;
  /** What is signed is as it was: every digest right; wrong somewhere; or not checked. */
  content: 'right' | 'wrong' | 'notChecked';
  /** The signature itself, under the certificate inside. */
  signature: 'right' | 'wrong' | 'notChecked';
  /** All of the file, but the signature, is signed. */
  coversAll: boolean | undefined;
  trusted: boolean;
  /** The certificate, or one that leads to those trusted, was not valid when it is said to have been signed. */
  outOfDate: boolean;
  /** One sentence, and why what was not checked was not. */
  words: string;
  changed?: string[];
}

export interface OfdInside {
  version: string | undefined;
}

export interface ImageInside {
  format: string;
  width: number;
  height: number;
  xDpi?: number;
  yDpi?: number;
  bitsPerSample?: number;
  samples?: number;
  colourSpace?: string;
  iccProfile: boolean;
  compression?: string;
}

export interface MediaTrack {
  kind: 'sound' | 'picture' | 'other';
  codec: string;
  sampleRate?: number;
  channels?: number;
  bits?: number;
  width?: number;
  height?: number;
  framesPerSecond?: number;
}

export interface MediaInside {
  container: string;
  seconds?: number;
  tracks: MediaTrack[];
}

export interface OfficeInside {
  /** `OOXML`, `ODF`, `OLE2`. */
  form: string;
  macros: boolean;
}

export interface MailInside {
  subject?: string;
  from?: string;
  to?: string;
  date?: string;
}
