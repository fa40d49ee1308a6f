import type { FormContext, PrintSettings } from '#formats/print';
import { Refusal } from '#kernel/errors';
import type { Language } from '#kernel/wording';
import type { Source } from '../reading/source.ts';

/** What a form is drawn from. */
export interface Printing {
  source: Source;
  settings: PrintSettings;
  language: Language;
  archiveName: string;
  /** `YYYYMMDD`, today where the archive is. */
  today: string;
  /** The address of an entry, for QR codes. */
  addressOf(unitId: string): string;
  /** So many more entries are printed. */
  done(entries: number): void;
}

/** What a form is drawn on, besides. */
export interface Drawing extends Printing {
  c: FormContext;
  /** What stands for names in running heads from now on. */
  running(names: Readonly<Record<string, string>>): void;
}

/** @throws Refusal printing.nothing where a form found nothing of its kind */
export const nothing = () =>
  new Refusal('printing.nothing', 'Among what was chosen there is nothing this form is for.');
