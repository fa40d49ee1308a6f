import { createHash } from 'node:crypto';
import {
  isDict,
  isRef,
  isStream,
  type PdfDict,
  type PdfFile,
  PdfName,
  type PdfStream,
  PdfString,
  type PdfValue,
} from '#formats/pdf-objects';
import { componentsOf, isInputProfile, readIcc } from './icc.ts';
import { isNew, resource, type Scene } from './scene.ts';

const MAX_DEPTH = 8;
const SHORT: Readonly<Record<string, string>> = {
  RGB: 'DeviceRGB',
  CMYK: 'DeviceCMYK',
  G: 'DeviceGray',
  I: 'Indexed',
};
const DEFAULTS: Readonly<Record<string, string>> = {
  DeviceRGB: 'DefaultRGB',
  DeviceCMYK: 'DefaultCMYK',
  DeviceGray: 'DefaultGray',
};
const PROCESS = new Set(['Cyan', 'Magenta', 'Yellow', 'Black', 'None', 'All']);

/** A colour space in use: every space that it rests on is checked. */
export function checkSpace(
  scene: Scene,
  value: PdfValue | undefined,
  resources: PdfDict | undefined,
  place: string,
  depth = 0,
): void {
  const { file } = scene.judging;
  const space = file.resolve(value);
  if (depth > MAX_DEPTH) return;
  if (space instanceof PdfName) {
    const name = SHORT[space.name] ?? space.name;
    if (DEFAULTS[name]) checkDevice(scene, name, resources, place, depth);
    else {
      const named = name === 'Pattern' ? undefined : resource(scene, resources, 'ColorSpace', name);
      if (named !== undefined && named !== space) checkSpace(scene, named, resources, place, depth + 1);
    }
    return;
  }
  if (!Array.isArray(space)) return;
  const kind = file.name(space[0]) ?? '';
  const next = (one: PdfValue | undefined) => checkSpace(scene, one, resources, place, depth + 1);
  if (space.length === 1 && kind !== '') next(space[0]);
  else if (kind === 'ICCBased') checkIcc(scene, space[1], place);
  else if (kind === 'Indexed' || kind === 'I' || kind === 'Pattern') next(space[1]);
  else if (kind === 'Separation') {
    checkSeparation(scene, space, place);
    next(space[2]);
  } else if (kind === 'DeviceN') {
    checkDeviceN(scene, space, place);
    next(space[2]);
  }
}

function checkDevice(
  scene: Scene,
  name: string,
  resources: PdfDict | undefined,
  place: string,
  depth: number,
): void {
  const standIn = resource(scene, resources, 'ColorSpace', DEFAULTS[name]!);
  if (standIn !== undefined && !(standIn instanceof PdfName)) {
    checkSpace(scene, standIn, undefined, place, depth + 1);
    return;
  }
  const { judging } = scene;
  const intent = (judging.part === 4 ? scene.pageIntent : undefined) ?? scene.intent;
  const group = judging.part === 4 ? scene.groups.at(-1) : undefined;
  if (name === 'DeviceRGB' && intent?.space !== 'RGB ' && group !== 'RGB ')
    judging.fault('colour.deviceRgb', place);
  if (name === 'DeviceCMYK' && intent?.space !== 'CMYK' && group !== 'CMYK')
    judging.fault('colour.deviceCmyk', place);
  if (name === 'DeviceGray' && !intent && !group) judging.fault('colour.deviceGray', place);
}

function checkIcc(scene: Scene, value: PdfValue | undefined, place: string): void {
  const { judging } = scene;
  const profile = judging.file.stream(value);
  if (!profile || !isNew(scene, profile.dict)) return;
  const data = judging.file.data(profile);
  const head = readIcc(data);
  if (!head) {
    if (data) judging.fault('icc.profile', place);
    else judging.unread.add(`an ICC profile could not be decoded (${place})`);
    return;
  }
  if (!isInputProfile(head, judging.part)) judging.fault('icc.profile', place);
  if (judging.file.number(profile.dict.get('N')) !== componentsOf(head))
    judging.fault('icc.components', place);
}

/** The space is ICC-based CMYK, and its profile. */
export function cmykProfile(scene: Scene, value: PdfValue | undefined): PdfStream | undefined {
  const { file } = scene.judging;
  const space = file.resolve(value);
  if (!Array.isArray(space) || file.name(space[0]) !== 'ICCBased') return undefined;
  const profile = file.stream(space[1]);
  return profile && file.number(profile.dict.get('N')) === 4 ? profile : undefined;
}

/** An ICC-based CMYK space in use by its profile: part 4 forbids that of the output intent. */
export function checkSameAsIntent(scene: Scene, profile: PdfStream, place: string): void {
  const intent = scene.pageIntent ?? scene.intent;
  if (scene.judging.part !== 4 || !intent || intent.space !== 'CMYK') return;
  const digest = (one: PdfStream) => {
    const data = scene.judging.file.data(one);
    return data && createHash('sha256').update(data).digest('hex');
  };
  const own = digest(profile);
  if (profile === intent.profile || (own !== undefined && own === digest(intent.profile)))
    scene.judging.fault('icc.sameAsIntent', place);
}

function checkSeparation(scene: Scene, space: readonly PdfValue[], place: string): void {
  const { file } = scene.judging;
  const name = file.name(space[1]);
  if (name === undefined || name === 'All' || name === 'None') return;
  const written = `${fingerprint(file, space[2], 0)} ${fingerprint(file, space[3], 0)}`;
  const before = scene.separations.get(name);
  if (before === undefined) scene.separations.set(name, written);
  else if (before !== written) scene.judging.fault('colour.separations', place);
}

function checkDeviceN(scene: Scene, space: readonly PdfValue[], place: string): void {
  const { judging } = scene;
  const { file } = judging;
  const names = (file.array(space[1]) ?? []).map((one) => file.name(one) ?? '');
  if (names.length > (judging.part === 1 ? 8 : 32)) judging.fault('limit.colourants', place);
  const attributes = file.dict(space[4]);
  const colourants = file.dict(attributes?.get('Colorants'));
  const process = file.dict(attributes?.get('Process'));
  const components = new Set((file.array(process?.get('Components')) ?? []).map((one) => file.name(one)));
  for (const name of names) {
    if (PROCESS.has(name) || components.has(name) || colourants?.has(name)) continue;
    judging.fault('colour.colourants', place);
  }
  for (const one of colourants?.entries.values() ?? []) {
    const separation = file.array(one);
    if (separation && file.name(separation[0]) === 'Separation') checkSeparation(scene, separation, place);
  }
}

/** What a value is, references followed; streams by their data. */
function fingerprint(file: PdfFile, value: PdfValue | undefined, depth: number): string {
  if (depth > MAX_DEPTH) return '…';
  const found = file.resolve(value);
  if (found instanceof PdfName) return `/${found.name}`;
  if (found instanceof PdfString) return `(${found.bytes.toString('hex')})`;
  if (Array.isArray(found)) return `[${found.map((one) => fingerprint(file, one, depth + 1)).join(' ')}]`;
  if (isStream(found)) {
    const data = file.data(found) ?? Buffer.alloc(0);
    const dict = [...found.dict.entries].filter(([key]) => key !== 'Length' && key !== 'Filter');
    return `${entries(file, dict, depth)}${createHash('sha256').update(data).digest('hex')}`;
  }
  if (isDict(found)) return entries(file, [...found.entries], depth);
  return isRef(found) ? '' : String(found);
}

const entries = (file: PdfFile, list: readonly [string, PdfValue][], depth: number): string =>
  [...list]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${key}:${fingerprint(file, one, depth + 1)}`)
    .join(',');
