import { type PdfDict, PdfName, type PdfValue } from '#formats/pdf-objects';
import type { Judging } from '../report.ts';
import type { Intent } from './intents.ts';

/** How a font is used: what characters it shows, and whether any are drawn. */
export interface FontUse {
  dict: PdfDict;
  place: string;
  /** Shown otherwise than invisibly (rendering mode 3). */
  drawn: boolean;
  /** Strings shown, as bytes in Latin-1; those drawn, and those shown at all. */
  drawnTexts: Set<string>;
  texts: Set<string>;
  /** Strings shown outside any ActualText. */
  withoutActualText: Set<string>;
  bytes: number;
}

/** What is learnt about one file while its content streams are gone through. */
export interface Scene {
  judging: Judging;
  /** Of the document; of the page, where part 4 allows it. */
  intent: Intent | undefined;
  pageIntent: Intent | undefined;
  /** Spaces of the transparency groups around what is drawn, innermost last. */
  groups: string[];
  fonts: Map<PdfDict, FontUse>;
  /** Tint transform and alternate space by the name of the colourant. */
  separations: Map<string, string>;
  /** Set while a page is gone through. */
  transparent: boolean;
  visited: Set<string>;
  ids: Map<PdfDict, number>;
  checked: Set<PdfDict>;
}

export function newScene(judging: Judging, intent: Intent | undefined): Scene {
  return {
    judging,
    intent,
    pageIntent: undefined,
    groups: [],
    fonts: new Map(),
    separations: new Map(),
    transparent: false,
    visited: new Set(),
    ids: new Map(),
    checked: new Set(),
  };
}

/** The first time this dictionary is met. */
export function isNew(scene: Scene, dict: PdfDict): boolean {
  if (scene.checked.has(dict)) return false;
  scene.checked.add(dict);
  return true;
}

/** A number for a dictionary, the same each time. */
export function idOf(scene: Scene, dict: PdfDict | undefined): number {
  if (!dict) return 0;
  const known = scene.ids.get(dict);
  if (known !== undefined) return known;
  scene.ids.set(dict, scene.ids.size + 1);
  return scene.ids.size;
}

/** A resource by category and name. */
export function resource(
  { judging: { file } }: Scene,
  resources: PdfDict | undefined,
  category: string,
  name: string,
): PdfValue | undefined {
  const found = file.resolve(file.dict(resources?.get(category))?.get(name));
  return found === null ? undefined : found;
}

export const INTENTS = new Set(['RelativeColorimetric', 'AbsoluteColorimetric', 'Perceptual', 'Saturation']);

export function checkRenderingIntent(scene: Scene, value: PdfValue | undefined, place: string): void {
  const name = value instanceof PdfName ? value.name : undefined;
  if (name !== undefined && !INTENTS.has(name)) scene.judging.fault('state.intent', place);
}
