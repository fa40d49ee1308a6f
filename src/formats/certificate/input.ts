import type { Language } from './wording.ts';

/** One page of the record as an image, read only when its turn comes. */
export interface PageImage {
  /** How the record names the page: `1`, `3v`, `封面`. */
  label: string;
  /**
   * Reads the page. `picture` is a path or bytes in a format sharp reads (JPEG, PNG, TIFF, WebP). Where the held file is
   * of another kind (JPEG 2000, a page of a PDF), `picture` is a rendering and `sourceSha256` that of the held file.
   * Left out, `sourceSha256` is computed from `picture`.
   */
  read(): Promise<{ picture: string | Uint8Array; sourceSha256?: string }>;
}

/** A passage of the record's text, word for word. */
export interface Passage {
  label: string;
  text: string;
}

export interface CertifiedCopyInput {
  language: Language;
  /** The certificate's number, unique in the archive: letters, digits and `〔〕()[]（）-_.·第号號` */
  number: string;
  unitId: string;
  record: {
    referenceCode: string;
    title: string;
    fonds: { code: string; name: string };
    /** As it is to be read: `1986年3月`, `3 May 1986`. */
    date: string;
    responsible?: string;
    /** How many pages the whole record has. */
    pageCount?: number;
  };
  /** Masked by the caller; printed and signed as given. */
  applicant: string;
  purpose: string;
  /** What is certified 证明事项, in one sentence; optional. */
  matter?: string;
  officer: string;
  approver: string;
  issuedAt: Date;
  validUntil?: Date;
  /** IANA name; dates are printed in it. */
  timeZone: string;
  /** The public page for this number, printed as QR code. */
  verifyUrl: string;
  passages: Passage[];
  pages: PageImage[];
}

export const LIMITS = {
  pages: 300,
  textCharacters: 300_000,
  fieldCharacters: 2_000,
  numberCharacters: 60,
} as const;
