import { type Container, resolvePath } from './container.ts';
import { child, children, type Element, parseXml, textOf } from './xml.ts';

export interface FontResource {
  name: string;
  family: string | undefined;
  bold: boolean;
  italic: boolean;
  /** Part with the embedded font. */
  part: string | undefined;
}

/** What objects refer to by number; later files add to earlier ones. */
export interface Resources {
  fonts: Map<string, FontResource>;
  /** Parts of images. */
  media: Map<string, string>;
  drawParams: Map<string, Element>;
  colorSpaces: Map<string, string>;
  composites: Map<string, Element>;
}

export async function readResources(
  container: Container,
  base: string,
  holder: Element | undefined,
  names: readonly string[],
  inherited?: Resources,
): Promise<Resources> {
  const resources: Resources = {
    fonts: new Map(inherited?.fonts),
    media: new Map(inherited?.media),
    drawParams: new Map(inherited?.drawParams),
    colorSpaces: new Map(inherited?.colorSpaces),
    composites: new Map(inherited?.composites),
  };
  for (const reference of names.flatMap((name) => children(holder, name))) {
    const part = resolvePath(base, reference.text);
    if (!container.has(part)) continue;
    addResources(resources, parseXml(await container.read(part), part), part);
  }
  return resources;
}

function addResources(resources: Resources, res: Element, part: string): void {
  const folder = res.attributes.BaseLoc ? `${resolvePath(part, res.attributes.BaseLoc)}/x` : part;
  for (const group of res.children) {
    for (const one of group.children) {
      const id = one.attributes.ID ?? '';
      if (one.name === 'Font') {
        const file = textOf(one, 'FontFile');
        resources.fonts.set(id, {
          name: one.attributes.FontName ?? '',
          family: one.attributes.FamilyName,
          bold: one.attributes.Bold === 'true' || /bold|黑|heavy/i.test(one.attributes.FontName ?? ''),
          italic: one.attributes.Italic === 'true',
          part: file && resolvePath(folder, file),
        });
      } else if (one.name === 'MultiMedia') {
        const file = textOf(one, 'MediaFile');
        if (file) resources.media.set(id, resolvePath(folder, file));
      } else if (one.name === 'DrawParam') resources.drawParams.set(id, one);
      else if (one.name === 'ColorSpace') resources.colorSpaces.set(id, one.attributes.Type ?? 'RGB');
      else if (one.name === 'CompositeGraphicUnit') {
        const content = child(one, 'Content');
        if (content) resources.composites.set(id, content);
      }
    }
  }
}
