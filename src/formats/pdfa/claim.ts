import type { PdfFile } from '#formats/pdf-objects';
import { type Flavour, flavourOf } from './flavour.ts';
import { plain, property, readPacket } from './xmp/packet.ts';
import { NS } from './xmp/schemas.ts';

/** What the metadata of a file say of PDF/A, and of nothing else is it the proof. */
export interface Claim {
  flavour: Flavour | undefined;
  /** As written, `2 B`; undefined when nothing is. */
  written: string | undefined;
  amendment: string | undefined;
  revision: string | undefined;
}

export function readClaim(file: PdfFile): Claim {
  const none = { flavour: undefined, written: undefined, amendment: undefined, revision: undefined };
  const data = file.data(file.catalogue.get('Metadata'));
  if (!data) return none;
  try {
    const packet = readPacket(data);
    const value = (local: string) => plain(property(packet, NS.pdfaid, local)?.value)?.trim();
    const [part, level] = [value('part'), value('conformance')];
    return {
      flavour: flavourOf(part, level),
      written:
        part === undefined && level === undefined
          ? undefined
          : [part, level].filter(Boolean).join(' ').slice(0, 40),
      amendment: value('amd'),
      revision: value('rev'),
    };
  } catch {
    return none;
  }
}
