import { isStream, type PdfDict, PdfName, PdfString } from '#formats/pdf-objects';
import type { FontUse, Scene } from '../checks/scene.ts';
import { type CMap, orderingOf, PREDEFINED, readCMap } from './cmap.ts';
import { checkCidMetrics } from './metrics.ts';
import { type FontFile, placeOf } from './place.ts';
import { toUnicode } from './simple.ts';
import { checkUnicode } from './unicode.ts';

const IDENTITY = new Set(['Identity-H', 'Identity-V']);
const COLLECTIONS = new Set(['GB1', 'CNS1', 'Japan1', 'Korea1', 'KR']);

/** Type 0 fonts with their CID font. */
export function checkComposite(
  scene: Scene,
  use: FontUse,
  cidFont: PdfDict,
  descriptor: PdfDict | undefined,
  fontFile: FontFile | undefined,
): void {
  const { judging } = scene;
  const { file } = judging;
  const place = placeOf(scene, use);
  const encoding = file.resolve(use.dict.get('Encoding'));
  const data = isStream(encoding) ? file.data(encoding) : undefined;
  const map = data && readCMap(data);
  const name =
    encoding instanceof PdfName
      ? encoding.name
      : (file.name(file.dict(encoding)?.get('CMapName')) ?? map?.name);
  const isType2 = file.name(cidFont.get('Subtype')) === 'CIDFontType2';
  const needsMap = judging.part === 1 ? use.drawn : fontFile !== undefined;
  if (isType2 && needsMap && !isCidToGid(scene, cidFont)) judging.fault('font.cidToGid', place);
  if (encoding instanceof PdfName && !permittedName(judging.part, encoding.name))
    judging.fault('font.cmap', place);
  if (isStream(encoding)) checkEmbeddedCMap(scene, encoding.dict, map, place);
  if (!IDENTITY.has(name ?? '')) checkSystem(scene, cidFont, encoding, map, place);
  checkSubset(scene, use, cidFont, descriptor, place);
  if (IDENTITY.has(name ?? '') || map?.cids.length)
    checkCidMetrics(scene, use, cidFont, fontFile, IDENTITY.has(name ?? '') ? undefined : map);
  const ordering = systemOf(scene, cidFont)?.ordering ?? '';
  const unicode = toUnicode(scene, use.dict);
  const known = COLLECTIONS.has(ordering) || (name !== undefined && orderingOf(name) !== undefined);
  const twoBytes = IDENTITY.has(name ?? '');
  if (twoBytes || map?.spaces.length)
    checkUnicode(
      scene,
      use,
      unicode,
      () => (known ? 'known' : undefined),
      2,
      twoBytes ? [] : (map?.spaces ?? []),
    );
}

const SUBSET = /^[A-Z]{6}\+/;

/** Part 1 demands a CIDSet of every subset; whether it is right is not looked at. */
function checkSubset(
  { judging }: Scene,
  use: FontUse,
  cidFont: PdfDict,
  descriptor: PdfDict | undefined,
  place: string,
): void {
  const { file } = judging;
  const isSubset = SUBSET.test(
    file.name(cidFont.get('BaseFont')) ?? file.name(use.dict.get('BaseFont')) ?? '',
  );
  if (judging.part === 1 && isSubset && descriptor && !file.stream(descriptor.get('CIDSet')))
    judging.fault('font.cidSet', place);
}

const permittedName = (part: number, name: string) => (part === 1 ? IDENTITY : PREDEFINED).has(name);

function isCidToGid({ judging: { file } }: Scene, cidFont: PdfDict): boolean {
  const map = file.resolve(cidFont.get('CIDToGIDMap'));
  return isStream(map) || (map instanceof PdfName && map.name === 'Identity');
}

function checkEmbeddedCMap(scene: Scene, dict: PdfDict, map: CMap | undefined, place: string): void {
  const { judging } = scene;
  if (!map) {
    judging.unread.add(`a CMap could not be decoded (${place})`);
    return;
  }
  const said = judging.file.number(dict.get('WMode')) ?? 0;
  if (said !== (map.mode ?? 0)) judging.fault('font.cmapMode', place);
  const uses = judging.file.resolve(dict.get('UseCMap'));
  const used = map.uses ?? (uses instanceof PdfName ? uses.name : undefined);
  if (used !== undefined && !PREDEFINED.has(used)) judging.fault('font.cmapUse', place);
  if (map.cids.some((range) => range.cid + range.high - range.low > 65_535))
    judging.fault('limit.cid', place);
}

interface System {
  registry: string;
  ordering: string;
  supplement: number;
}

function systemOf({ judging: { file } }: Scene, dict: PdfDict | undefined): System | undefined {
  const system = file.dict(dict?.get('CIDSystemInfo'));
  if (!system) return undefined;
  const text = (key: string) => {
    const value = file.resolve(system.get(key));
    return value instanceof PdfString ? value.text : '';
  };
  return {
    registry: text('Registry'),
    ordering: text('Ordering'),
    supplement: file.number(system.get('Supplement')) ?? 0,
  };
}

function checkSystem(
  scene: Scene,
  cidFont: PdfDict,
  encoding: ReturnType<Scene['judging']['file']['resolve']>,
  map: CMap | undefined,
  place: string,
): void {
  const { judging } = scene;
  const own = systemOf(scene, cidFont);
  const theirs =
    encoding instanceof PdfName
      ? { registry: 'Adobe', ordering: orderingOf(encoding.name), supplement: Number.POSITIVE_INFINITY }
      : (systemOf(scene, judging.file.dict(encoding)) ?? map?.system);
  // Of predefined CMaps the supplement is not looked up.
  if (!theirs?.ordering) return;
  const fits =
    own?.ordering === theirs.ordering &&
    own.registry === theirs.registry &&
    (judging.part === 1 || own.supplement <= theirs.supplement);
  if (!fits) judging.fault('font.systemInfo', place);
}
