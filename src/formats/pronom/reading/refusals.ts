import type { XmlRefusals } from '#formats/xml';
import { Refusal } from '#kernel/errors';

/** A signature file that can not be used: refused with its name, so that nobody believes it was. */
export function signatureRefusals(name: string): XmlRefusals & { no(what: string): Refusal } {
  const no = (what: string, cause?: unknown) =>
    new Refusal(
      'pronom.signatures',
      `The signature file ${name} can not be used: ${what}.`,
      { name },
      { cause },
    );
  return { no, damaged: no, forbidden: (what) => no(`it ${what}`) };
}
