import { Refusal } from '#kernel/errors';
import { type Container, resolvePath } from './container.ts';
import { type Resources, readResources } from './resources.ts';
import { child, children, type Element, numbers, parseXml, textOf } from './xml.ts';

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** What stands on a page from one source (the page, a template), in drawing order. */
export interface Sheet {
  layers: { order: number; objects: Element[]; drawParam: string | undefined }[];
  resources: Resources;
}

export interface OfdPageParts {
  id: string;
  /** In millimetres. */
  box: Box;
  sheets: Sheet[];
}

export interface OfdDocument {
  /** Part of Document.xml. */
  root: string;
  version: string | undefined;
  info: Record<string, string>;
  pages: { id: string; part: string }[];
  element: Element;
  signaturesPart: string | undefined;
  resources: Resources;
}

const A4: Box = { x: 0, y: 0, w: 210, h: 297 };
/** Background below the page, foreground above it (GB/T 33190-2016, 7.7). */
const ORDER: Record<string, number> = { Background: 0, Body: 1, Foreground: 2 };

/** The documents of a file, in the order of OFD.xml. @throws Refusal `ofd.broken`, `ofd.missingPart` */
export async function readDocuments(container: Container): Promise<OfdDocument[]> {
  const top = parseXml(await container.read('OFD.xml'), 'OFD.xml');
  const bodies = children(top, 'DocBody');
  const documents: OfdDocument[] = [];
  for (const body of bodies) {
    const loc = textOf(body, 'DocRoot');
    if (!loc) continue;
    const root = resolvePath('OFD.xml', loc);
    if (!container.has(root)) continue;
    const element = parseXml(await container.read(root), root);
    const signatures = textOf(body, 'Signatures');
    const common = child(element, 'CommonData');
    documents.push({
      root,
      version: top.attributes.Version,
      element,
      info: infoOf(child(body, 'DocInfo')),
      pages: children(child(element, 'Pages'), 'Page').map((page) => ({
        id: page.attributes.ID ?? '',
        part: resolvePath(root, page.attributes.BaseLoc ?? ''),
      })),
      signaturesPart: signatures && resolvePath('OFD.xml', signatures),
      resources: await readResources(container, root, common, ['PublicRes', 'DocumentRes']),
    });
  }
  if (documents.length === 0)
    throw new Refusal('ofd.broken', 'The OFD file names no document that it holds.');
  return documents;
}

function infoOf(element: Element | undefined): Record<string, string> {
  const info: Record<string, string> = {};
  for (const c of element?.children ?? []) if (c.text.trim() !== '') info[c.name] = c.text.trim();
  return info;
}

export function boxOf(text: string | undefined): Box | undefined {
  const [x = 0, y = 0, w = 0, h = 0] = numbers(text);
  return w > 0 && h > 0 ? { x, y, w, h } : undefined;
}

function areaBox(area: Element | undefined): Box | undefined {
  return (
    boxOf(textOf(area, 'PhysicalBox')) ??
    boxOf(textOf(area, 'CropBox')) ??
    boxOf(textOf(area, 'ApplicationBox'))
  );
}

/** A page with its templates. A page whose part is missing is an empty sheet of the document's size. */
export async function readPage(
  container: Container,
  document: OfdDocument,
  index: number,
): Promise<OfdPageParts> {
  const page = document.pages[index];
  if (!page)
    throw new Refusal('ofd.noSuchPage', `The OFD file has no page ${index + 1}.`, { page: index + 1 });
  const common = child(document.element, 'CommonData');
  const general = areaBox(child(common, 'PageArea'));
  if (!container.has(page.part)) return { id: page.id, box: general ?? A4, sheets: [] };
  const content = parseXml(await container.read(page.part), page.part);
  const own = await sheetOf(container, content, page.part, document.resources);
  const sheets: { order: number; sheet: Sheet }[] = [{ order: 1, sheet: own }];
  for (const use of children(content, 'Template')) {
    const template = children(common, 'TemplatePage').find(
      (t) => t.attributes.ID === use.attributes.TemplateID,
    );
    const part = template?.attributes.BaseLoc && resolvePath(document.root, template.attributes.BaseLoc);
    if (!part || !container.has(part)) continue;
    const sheet = await sheetOf(
      container,
      parseXml(await container.read(part), part),
      part,
      document.resources,
    );
    sheets.push({
      order: ORDER[use.attributes.ZOrder ?? template.attributes.ZOrder ?? 'Background'] ?? 0,
      sheet,
    });
  }
  return {
    id: page.id,
    box: areaBox(child(content, 'Area')) ?? general ?? A4,
    sheets: sheets.sort((a, b) => a.order - b.order).map(({ sheet }) => sheet),
  };
}

async function sheetOf(
  container: Container,
  content: Element,
  part: string,
  general: Resources,
): Promise<Sheet> {
  const resources = await readResources(container, part, content, ['PageRes'], general);
  const layers = children(child(content, 'Content'), 'Layer').map((layer) => ({
    order: ORDER[layer.attributes.Type ?? 'Body'] ?? 1,
    objects: layer.children,
    drawParam: layer.attributes.DrawParam,
  }));
  return { layers: layers.sort((a, b) => a.order - b.order), resources };
}
