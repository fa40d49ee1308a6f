import type { XmlRefusals } from '#formats/xml';
import { Refusal } from '#kernel/errors';

/** A refusal of a document. @param code the part after `eac.` @param message a whole sentence */
export function refuse(
  code: string,
  message: string,
  detail: Readonly<Record<string, unknown>> = {},
  cause?: unknown,
): Refusal {
  return new Refusal(`eac.${code}`, message, detail, cause === undefined ? undefined : { cause });
}

export const XML_REFUSALS: XmlRefusals = {
  damaged: (what, cause) =>
    refuse('damaged', `The file is damaged: ${what}. Export it anew and try again.`, { what }, cause),
  forbidden: (what) => refuse('forbiddenXml', `The file ${what}. It is not read.`, { what }),
};
