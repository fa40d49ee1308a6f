import { type Container, plainName, resolvePath } from './container.ts';
import { type Box, boxOf, type OfdDocument } from './document.ts';
import { child, children, type Element, parseXml, textOf } from './xml.ts';

export interface OfdAttachment {
  name: string;
  format: string | undefined;
  /** As the file says it; not checked. */
  created: string | undefined;
  /** Part of the container; undefined when it is missing. */
  part: string | undefined;
  /** Bytes of that part. */
  size: number;
}

/** A signature as declared. Nothing of it is verified here. */
export interface OfdSignature {
  /** Part with this declaration (Signature.xml); undefined when it is missing. */
  part: string | undefined;
  /** What it covers: as written, the part meant (undefined when missing), and the digest in base64. */
  references: { ref: string; part: string | undefined; value: string }[];
  id: string;
  /** `Seal` with a stamp, `Sign` without. */
  type: string;
  provider: string | undefined;
  method: string | undefined;
  signedAt: string | undefined;
  checkMethod: string | undefined;
  /** Parts it covers. */
  covers: string[];
  stamps: { pageId: string; box: Box }[];
  /** Part with the signature value; undefined when it is missing. */
  valuePart: string | undefined;
  sealPart: string | undefined;
}

/** A part that may be missing or broken without the document being so. */
async function optional(container: Container, part: string | undefined): Promise<Element | undefined> {
  if (!part || !container.has(part)) return undefined;
  return parseXml(await container.read(part), part);
}

export async function readAttachments(container: Container, document: OfdDocument): Promise<OfdAttachment[]> {
  const loc = textOf(document.element, 'Attachments');
  const part = loc && resolvePath(document.root, loc);
  const list = await optional(container, part);
  if (!part) return [];
  return children(list, 'Attachment').map((one) => {
    const file = textOf(one, 'FileLoc');
    const found = file ? presentPart(container, part, document.root, file) : undefined;
    return {
      name: one.attributes.Name ?? '',
      format: one.attributes.Format,
      created: one.attributes.CreationDate,
      part: found,
      size: found ? container.size(found) : 0,
    };
  });
}

/** Producers write paths relative to the list, to the document, or to the root. */
function presentPart(container: Container, base: string, root: string, path: string): string | undefined {
  return [resolvePath(base, path), resolvePath(root, path), resolvePath('OFD.xml', path)].find((part) =>
    container.has(part),
  );
}

export async function readSignatures(container: Container, document: OfdDocument): Promise<OfdSignature[]> {
  const listPart = document.signaturesPart;
  const list = await optional(container, listPart);
  const signatures: OfdSignature[] = [];
  for (const entry of children(list, 'Signature')) {
    const part = presentPart(container, listPart ?? '', document.root, entry.attributes.BaseLoc ?? '');
    const element = await optional(container, part);
    const info = child(element, 'SignedInfo');
    const references = child(info, 'References');
    const at = (path: string | undefined) =>
      path && part ? presentPart(container, part, document.root, path) : undefined;
    signatures.push({
      id: entry.attributes.ID ?? '',
      part: part && container.has(part) ? plainName(part) : undefined,
      references: children(references, 'Reference').map((one) => ({
        ref: one.attributes.FileRef ?? '',
        part: at(one.attributes.FileRef),
        value: textOf(one, 'CheckValue') ?? '',
      })),
      type: entry.attributes.Type ?? 'Seal',
      provider: child(info, 'Provider')?.attributes.ProviderName,
      method: textOf(info, 'SignatureMethod'),
      signedAt: textOf(info, 'SignatureDateTime'),
      checkMethod: references?.attributes.CheckMethod,
      covers: children(references, 'Reference').map((r) => r.attributes.FileRef ?? ''),
      stamps: children(info, 'StampAnnot').flatMap((stamp) => {
        const box = boxOf(stamp.attributes.Boundary);
        return box ? [{ pageId: stamp.attributes.PageRef ?? '', box }] : [];
      }),
      valuePart: at(textOf(element, 'SignedValue')),
      sealPart: at(textOf(child(info, 'Seal'), 'BaseLoc')),
    });
  }
  return signatures;
}

/** The appearances of a page's annotations, in drawing order. */
export async function readAnnotations(
  container: Container,
  document: OfdDocument,
  pageId: string,
): Promise<Element[]> {
  const loc = textOf(document.element, 'Annotations');
  const part = loc && resolvePath(document.root, loc);
  const list = await optional(container, part);
  const found: Element[] = [];
  for (const page of children(list, 'Page').filter((p) => p.attributes.PageID === pageId)) {
    const file = textOf(page, 'FileLoc');
    const at = file && part ? presentPart(container, part, document.root, file) : undefined;
    const annotations = children(await optional(container, at), 'Annot');
    for (const annotation of annotations) {
      if (annotation.attributes.Visible === 'false') continue;
      found.push(...children(annotation, 'Appearance'));
    }
  }
  return found;
}
