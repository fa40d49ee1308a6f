import { isStream, type PdfDict, PdfName, type PdfValue } from '#formats/pdf-objects';
import { checkRenderingIntent, isNew, type Scene } from './scene.ts';

const BLEND_MODES = new Set([
  ...[
    'Normal',
    'Compatible',
    'Multiply',
    'Screen',
    'Overlay',
    'Darken',
    'Lighten',
    'ColorDodge',
    'ColorBurn',
  ],
  ...['HardLight', 'SoftLight', 'Difference', 'Exclusion', 'Hue', 'Saturation', 'Color', 'Luminosity'],
]);
const PLAIN_MODES = new Set(['Normal', 'Compatible']);

/** The blend mode of a graphics state or annotation; says whether it lets through what lies below. */
export function checkBlendMode(scene: Scene, dict: PdfDict, place: string): boolean {
  const { file, part } = scene.judging;
  const blend = file.resolve(dict.get('BM'));
  const modes = (Array.isArray(blend) ? blend : [blend])
    .map((one) => file.name(one))
    .filter((one) => one !== undefined);
  if (modes.some((one) => !(part === 1 ? PLAIN_MODES : BLEND_MODES).has(one)))
    scene.judging.fault('transparency.blendMode', place);
  return modes.some((one) => !PLAIN_MODES.has(one));
}

/** A graphics state parameter dictionary in use; says whether it makes what follows transparent. */
export function checkState(scene: Scene, state: PdfDict, place: string): boolean {
  const { judging } = scene;
  const { file } = judging;
  const softMask = file.resolve(state.get('SMask'));
  const masked = softMask !== undefined && softMask !== null && file.name(softMask) !== 'None';
  const opacities = ['CA', 'ca'].map((key) => file.number(state.get(key)) ?? 1);
  const faded = opacities.some((one) => Math.abs(one - 1) > 0.000_001);
  if (isNew(scene, state)) {
    if (masked) judging.fault('transparency.softMask', place);
    if (faded) judging.fault('transparency.opacity', place);
    checkTransfer(scene, state, place);
    checkRenderingIntent(scene, file.resolve(state.get('RI')), place);
    if (state.has('HTP')) judging.fault('state.halftonePhase', place);
    if (state.has('HTO')) judging.fault('state.halftoneOrigin', place);
    checkHalftone(scene, state.get('HT'), undefined, place);
  }
  const blends = checkBlendMode(scene, state, place);
  return masked || faded || blends;
}

function checkTransfer(scene: Scene, state: PdfDict, place: string): void {
  const second = state.get('TR2');
  const isDefault = second === undefined || scene.judging.file.name(second) === 'Default';
  if (state.has('TR') || !isDefault) scene.judging.fault('state.transfer', place);
}

const PRIMARIES = new Set(['Cyan', 'Magenta', 'Yellow', 'Black']);

function checkHalftone(
  scene: Scene,
  value: PdfValue | undefined,
  colourant: string | undefined,
  place: string,
): void {
  const { judging } = scene;
  const { file } = judging;
  const found = file.resolve(value);
  if (found === undefined || found === null || found instanceof PdfName) return;
  const halftone = isStream(found) ? found.dict : file.dict(found);
  if (!halftone) return;
  const type = file.number(halftone.get('HalftoneType'));
  if ((type !== 1 && type !== 5) || halftone.has('HalftoneName')) judging.fault('state.halftone', place);
  const plain = colourant === undefined || PRIMARIES.has(colourant);
  if (colourant !== 'Default' && type !== 5 && plain === halftone.has('TransferFunction'))
    judging.fault('state.halftone', place);
  if (type !== 5 || colourant !== undefined) return;
  for (const [key, one] of halftone.entries)
    if (!['Type', 'HalftoneType', 'HalftoneName'].includes(key)) checkHalftone(scene, one, key, place);
}
