import type { XmlRefusals } from '#formats/xml';
import { Refusal } from '#kernel/errors';

/** How a METS document is refused: `mets.damaged` when it is no sound XML or no METS, `mets.forbidden` beyond the limits. */
export const refusals: XmlRefusals = {
  damaged: (what, cause) =>
    new Refusal('mets.damaged', `The METS document can not be read: ${what}.`, {}, { cause }),
  forbidden: (what) => new Refusal('mets.forbidden', `The METS document is not read: it ${what}.`),
};
