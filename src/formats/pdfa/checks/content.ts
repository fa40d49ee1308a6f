import {
  isStream,
  type Operation,
  type PdfDict,
  PdfName,
  type PdfStream,
  PdfString,
  type PdfValue,
  readContent,
} from '#formats/pdf-objects';
import { hasPrivateUse } from '../fonts/place.ts';
import { noteFont, noteText } from './fontUse.ts';
import { groupSpace } from './groups.ts';
import { checkForm, checkImage, checkInlineImage } from './images.ts';
import { actualTexts, checkLanguage } from './logical.ts';
import { checkRenderingIntent, type FontUse, idOf, resource, type Scene } from './scene.ts';
import { checkSameAsIntent, checkSpace, cmykProfile } from './spaces.ts';
import { checkState } from './state.ts';

/** The resources a content stream draws from, and whether they are its own. */
export interface Frame {
  resources: PdfDict | undefined;
  own: boolean;
  place: string;
  depth: number;
  /** Numbers of marked content that the structure tree gives an ActualText. */
  marked: ReadonlySet<number>;
}

interface Graphics {
  fill: PdfValue;
  stroke: PdfValue;
  fillPattern: string | undefined;
  strokePattern: string | undefined;
  font: FontUse | undefined;
  mode: number;
  overprintFill: boolean;
  overprintStroke: boolean;
  overprintMode: number;
}

const NONE: ReadonlySet<number> = new Set();
const GRAY = new PdfName('DeviceGray');
const MAX_DEPTH = 24;
const MAX_VISITS = 20_000;
const MAX_NESTING = 28;

const OPERATORS = new Set(
  `b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l M m MP n q Q re RG rg
   ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "`.split(/\s+/),
);
const FILLS = new Set(['f', 'F', 'f*', 'b', 'B', 'b*', 'B*']);
const STROKES = new Set(['s', 'S', 'b', 'B', 'b*', 'B*']);
const SHOWS = new Set(['Tj', 'TJ', "'", '"']);

const fresh = (): Graphics => ({
  fill: GRAY,
  stroke: GRAY,
  fillPattern: undefined,
  strokePattern: undefined,
  font: undefined,
  mode: 0,
  overprintFill: false,
  overprintStroke: false,
  overprintMode: 0,
});

/** Goes through a content stream and all that it draws. */
export function walkContent(scene: Scene, data: Buffer, frame: Frame, from: Graphics = fresh()): void {
  new Walk(scene, frame, { ...from }).run(data);
}

class Walk {
  readonly #scene: Scene;
  readonly #frame: Frame;
  #now: Graphics;
  readonly #saved: Graphics[] = [];
  /** Of each marked content open: whether it has an ActualText. */
  readonly #marked: boolean[] = [];

  constructor(scene: Scene, frame: Frame, now: Graphics) {
    this.#scene = scene;
    this.#frame = frame;
    this.#now = now;
  }

  run(data: Buffer): void {
    const { writing } = this.#scene.judging.file;
    writing.object = undefined;
    for (const operation of readContent(data, writing)) this.#take(operation);
  }

  #take(operation: Operation): void {
    const { operator, operands } = operation;
    const { judging } = this.#scene;
    const { place } = this.#frame;
    if (!OPERATORS.has(operator)) {
      judging.fault('content.operator', `${place}: ${operator.slice(0, 20)}`);
      return;
    }
    if (operation.image) {
      checkInlineImage(this.#scene, operation.image, this.#frame.resources, place);
      return;
    }
    if (FILLS.has(operator)) this.#paint(true);
    if (STROKES.has(operator)) this.#paint(false);
    if (SHOWS.has(operator)) this.#show(operator, operands);
    else this.#setState(operator, operands);
  }

  #setState(operator: string, operands: readonly PdfValue[]): void {
    const last = operands.at(-1);
    const name = last instanceof PdfName ? last.name : undefined;
    switch (operator) {
      case 'q':
        this.#saved.push({ ...this.#now });
        if (this.#saved.length > MAX_NESTING) this.#scene.judging.fault('limit.nesting', this.#frame.place);
        break;
      case 'Q':
        this.#now = this.#saved.pop() ?? this.#now;
        break;
      case 'g':
      case 'rg':
      case 'k':
        this.#now.fill = deviceOf(operator);
        break;
      case 'G':
      case 'RG':
      case 'K':
        this.#now.stroke = deviceOf(operator.toLowerCase());
        break;
      case 'cs':
        this.#now.fill = this.#space(name);
        break;
      case 'CS':
        this.#now.stroke = this.#space(name);
        break;
      case 'scn':
        this.#now.fillPattern = name;
        break;
      case 'SCN':
        this.#now.strokePattern = name;
        break;
      case 'ri':
        checkRenderingIntent(this.#scene, last, this.#frame.place);
        break;
      case 'gs':
        this.#state(this.#find('ExtGState', name));
        break;
      case 'Tr':
        if (typeof last === 'number') this.#now.mode = last;
        break;
      case 'Tf':
        this.#font(operands[0]);
        break;
      case 'Do':
        this.#draw(this.#find('XObject', name));
        break;
      case 'sh':
        this.#shading(this.#find('Shading', name));
        break;
      case 'BDC':
        this.#mark(last);
        break;
      case 'BMC':
        this.#marked.push(false);
        break;
      case 'EMC':
        this.#marked.pop();
        break;
    }
  }

  /** A named resource; those of the page stand in where a stream has none of its own, which part 2 forbids. */
  #find(category: string, name: string | undefined): PdfValue | undefined {
    if (name === undefined) return undefined;
    const found = resource(this.#scene, this.#frame.resources, category, name);
    if (found === undefined) this.#scene.judging.fault('content.undefined', `${this.#frame.place}: ${name}`);
    else if (!this.#frame.own)
      this.#scene.judging.fault('content.inherited', `${this.#frame.place}: ${name}`);
    return found;
  }

  #space(name: string | undefined): PdfValue {
    if (name === undefined) return GRAY;
    if (/^(Device(Gray|RGB|CMYK)|Pattern|G|RGB|CMYK)$/.test(name)) return new PdfName(name);
    return this.#find('ColorSpace', name) ?? GRAY;
  }

  #state(value: PdfValue | undefined): void {
    const { file } = this.#scene.judging;
    const state = file.dict(value);
    if (!state) return;
    if (checkState(this.#scene, state, this.#frame.place)) this.#scene.transparent = true;
    const [font] = file.array(state.get('Font')) ?? [];
    const dict = file.dict(font);
    if (dict) this.#now.font = noteFont(this.#scene, dict, this.#frame.place);
    const stroke = file.resolve(state.get('OP'));
    const fill = file.resolve(state.get('op'));
    if (typeof stroke === 'boolean') this.#now.overprintStroke = stroke;
    if (typeof fill === 'boolean') this.#now.overprintFill = fill;
    else if (typeof stroke === 'boolean') this.#now.overprintFill = stroke;
    this.#now.overprintMode = file.number(state.get('OPM')) ?? this.#now.overprintMode;
    const mask = file.dict(state.get('SMask'));
    const group = file.stream(mask?.get('G'));
    if (group) this.#form(group);
  }

  #paint(fill: boolean): void {
    const { fill: fillSpace, stroke, fillPattern, strokePattern } = this.#now;
    const { place, resources } = this.#frame;
    const space = fill ? fillSpace : stroke;
    checkSpace(this.#scene, space, resources, place);
    const profile = cmykProfile(this.#scene, space);
    if (profile) {
      const overprint = fill ? this.#now.overprintFill : this.#now.overprintStroke;
      if (overprint && this.#now.overprintMode === 1) this.#scene.judging.fault('icc.overprint', place);
      checkSameAsIntent(this.#scene, profile, place);
    }
    const { file } = this.#scene.judging;
    const kind = file.name(Array.isArray(space) ? space[0] : space);
    if (kind === 'Pattern') this.#pattern(this.#find('Pattern', fill ? fillPattern : strokePattern));
  }

  #pattern(value: PdfValue | undefined): void {
    const { file } = this.#scene.judging;
    const dict = file.dict(value);
    if (!dict) return;
    const state = file.dict(dict.get('ExtGState'));
    if (state && checkState(this.#scene, state, this.#frame.place)) this.#scene.transparent = true;
    if (file.number(dict.get('PatternType')) === 2) this.#shading(dict.get('Shading'));
    else if (isStream(value)) this.#inner(value, 'pattern');
  }

  #shading(value: PdfValue | undefined): void {
    const dict = this.#scene.judging.file.dict(value);
    if (dict) checkSpace(this.#scene, dict.get('ColorSpace'), this.#frame.resources, this.#frame.place);
  }

  #font(value: PdfValue | undefined): void {
    const name = value instanceof PdfName ? value.name : undefined;
    const dict = this.#scene.judging.file.dict(this.#find('Font', name));
    this.#now.font = dict && noteFont(this.#scene, dict, this.#frame.place);
    if (dict && this.#scene.judging.file.name(dict.get('Subtype')) === 'Type3') this.#type3(dict);
  }

  #type3(font: PdfDict): void {
    const { file } = this.#scene.judging;
    const own = file.dict(font.get('Resources'));
    for (const one of file.dict(font.get('CharProcs'))?.entries.values() ?? []) {
      const stream = file.stream(one);
      if (stream) this.#inner(stream, 'glyph', own ?? this.#frame.resources, own !== undefined);
    }
  }

  #show(operator: string, operands: readonly PdfValue[]): void {
    const last = operands.at(-1);
    const { font, mode } = this.#now;
    if (mode !== 3 && mode !== 7) {
      if (mode !== 1 && mode !== 5) this.#paint(true);
      if (mode === 1 || mode === 2 || mode === 5 || mode === 6) this.#paint(false);
    }
    if (!font) return;
    const texts = operator === 'TJ' && Array.isArray(last) ? last : [last];
    for (const one of texts)
      if (one instanceof PdfString) noteText(font, one.bytes, mode !== 3, this.#marked.includes(true));
  }

  #mark(value: PdfValue | undefined): void {
    const { file } = this.#scene.judging;
    const properties =
      value instanceof PdfName
        ? file.dict(resource(this.#scene, this.#frame.resources, 'Properties', value.name))
        : file.dict(value);
    const actual = file.resolve(properties?.get('ActualText'));
    if (actual instanceof PdfString && hasPrivateUse(actual.text))
      this.#scene.judging.fault('font.actualText', this.#frame.place);
    checkLanguage(this.#scene.judging, properties?.get('Lang'), this.#frame.place);
    const number = file.number(properties?.get('MCID'));
    this.#marked.push(
      actual instanceof PdfString || (number !== undefined && this.#frame.marked.has(number)),
    );
  }

  #draw(value: PdfValue | undefined): void {
    if (!isStream(value)) return;
    const { judging } = this.#scene;
    const kind = judging.file.name(value.dict.get('Subtype'));
    if (kind === 'Image') checkImage(this.#scene, value, this.#frame.resources, this.#frame.place);
    else if (kind === 'PS') judging.fault('xobject.postscript', this.#frame.place);
    else if (kind === 'Form') this.#form(value);
  }

  #form(form: PdfStream): void {
    const isGroup = checkForm(this.#scene, form, this.#frame.place);
    if (isGroup) this.#scene.transparent = true;
    const space = isGroup ? groupSpace(this.#scene, form.dict.get('Group')) : undefined;
    if (space) this.#scene.groups.push(space);
    this.#inner(form, 'form');
    if (space) this.#scene.groups.pop();
  }

  #inner(
    stream: PdfStream,
    what: string,
    resources = this.#scene.judging.file.dict(stream.dict.get('Resources')),
    own = resources !== undefined,
  ): void {
    const frame: Frame = {
      resources: resources ?? this.#frame.resources,
      own,
      place: this.#frame.place,
      depth: this.#frame.depth + 1,
      marked: what === 'form' ? actualTexts(this.#scene.judging, stream.dict.get('StructParents')) : NONE,
    };
    const { fill, stroke, mode } = this.#now;
    const state = [fill, stroke].map((one) => (one instanceof PdfName ? one.name : 'x')).join();
    const key = [what, idOf(this.#scene, stream.dict), idOf(this.#scene, frame.resources), state, mode].join(
      ' ',
    );
    const full = `${key} ${this.#scene.groups.join()} ${this.#scene.pageIntent?.space}`;
    if (frame.depth > MAX_DEPTH || this.#scene.visited.has(full)) return;
    if (this.#scene.visited.size > MAX_VISITS) {
      this.#scene.judging.unread.add('more drawings within drawings than are followed');
      return;
    }
    this.#scene.visited.add(full);
    const data = this.#scene.judging.file.data(stream);
    if (data) walkContent(this.#scene, data, frame, this.#now);
    else this.#scene.judging.unread.add(`a content stream could not be decoded (${this.#frame.place})`);
  }
}

const DEVICES: Readonly<Record<string, PdfName>> = {
  g: GRAY,
  rg: new PdfName('DeviceRGB'),
  k: new PdfName('DeviceCMYK'),
};
const deviceOf = (operator: string): PdfName => DEVICES[operator] ?? GRAY;
