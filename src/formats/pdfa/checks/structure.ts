import {
  isDict,
  isStream,
  nameOf,
  PdfDict,
  PdfRef,
  type PdfStream,
  PdfString,
  type PdfValue,
} from '#formats/pdf-objects';
import type { Judging } from '../report.ts';

/** Header, trailer, cross-reference, objects, streams and their filters, and the limits of numbers and names. */
export function checkStructure(judging: Judging): void {
  checkHeader(judging);
  checkTrailer(judging);
  checkXref(judging);
  checkObjects(judging);
  checkLimits(judging);
}

const HEADERS: Readonly<Record<number, RegExp>> = {
  1: /^%PDF-\d\.\d/,
  2: /^%PDF-1\.[0-7]$/,
  3: /^%PDF-1\.[0-7]$/,
  4: /^%PDF-2\.\d$/,
};

function checkHeader(judging: Judging): void {
  const { header } = judging.file;
  if (header.offset !== 0 || !HEADERS[judging.part]!.test(header.line)) judging.fault('header.form');
  if (!header.binaryMark) judging.fault('header.binaryMark');
  const version = judging.file.name(judging.file.catalogue.get('Version'));
  if (version !== undefined && !/^2\.\d$/.test(version)) judging.fault('catalogue.version', version);
}

function checkTrailer(judging: Judging): void {
  const { file } = judging;
  if (file.encrypted) judging.fault('trailer.encrypt');
  if (file.bytesAfterEnd === undefined || file.bytesAfterEnd > 0) judging.fault('trailer.afterEnd');
  const linearized = isLinearized(judging);
  // What stands first in a linearized file is read first; the last trailer is then the one farthest back.
  const ids = [...file.sections].sort((a, b) => a.offset - b.offset).map((s) => idOf(judging, s.trailer));
  const wanted = linearized ? ids[0] : idOf(judging, file.sections[0]?.trailer ?? file.trailer);
  const needed = wanted ?? (judging.part > 1 || !linearized ? idOf(judging, file.trailer) : undefined);
  if (needed === undefined || (judging.part > 1 && needed === '')) judging.fault('trailer.id');
  const [first, last] = [ids[0], ids.at(-1)];
  if (linearized && first !== undefined && last !== undefined && first !== last)
    judging.fault('trailer.idsDiffer');
  const info = file.resolve(file.trailer.get('Info'));
  if (!isDict(info)) return;
  if (!file.catalogue.has('PieceInfo')) judging.fault('trailer.info');
  if (info.keys().some((key) => key !== 'ModDate') || !info.has('ModDate'))
    judging.fault('trailer.infoModDate');
}

function idOf({ file }: Judging, trailer: PdfDict): string | undefined {
  const id = file.array(trailer.get('ID'));
  if (!id) return undefined;
  return id
    .map((one) => (one instanceof PdfString ? one.bytes.toString('hex') : ''))
    .join(' ')
    .trim();
}

/** The first object says so, and its length is still that of the file. */
function isLinearized({ file }: Judging): boolean {
  const head = file.bytes.read(0, 1024).toString('latin1');
  if (!/\/Linearized\b/.test(head)) return false;
  const length = /\/L\s+(\d+)/.exec(head)?.[1];
  return length !== undefined && Number(length) === file.bytes.size;
}

function checkXref(judging: Judging): void {
  const { file } = judging;
  if (file.repaired) judging.fault('xref.broken');
  for (const section of file.sections) {
    if (section.kind === 'stream') judging.fault('xref.stream', `offset ${section.offset}`);
    if (!section.markerRight) judging.fault('xref.marker', `offset ${section.offset}`);
    if (!section.spacesRight) judging.fault('xref.subsectionSpace', `offset ${section.offset}`);
  }
}

function checkObjects(judging: Judging): void {
  const { file } = judging;
  for (const number of file.numbers()) {
    const value = file.object(number);
    const place = `object ${number}`;
    if (file.spacingRight(number) === false && !file.repaired) judging.fault('object.spacing', place);
    if (isStream(value)) checkStream(judging, value, place);
    checkNames(judging, value, place, 0);
  }
}

const STANDARD = new Set([
  ...['ASCIIHexDecode', 'ASCII85Decode', 'FlateDecode', 'RunLengthDecode', 'CCITTFaxDecode', 'JBIG2Decode'],
  ...['DCTDecode', 'JPXDecode'],
]);

function checkStream(judging: Judging, stream: PdfStream, place: string): void {
  const { lengthRight, endUnmarked, keywordRight } = stream.place;
  if (!lengthRight) judging.fault('stream.length', place);
  if (endUnmarked || !keywordRight) judging.fault('stream.keywords', place);
  if (['F', 'FFilter', 'FDecodeParms'].some((key) => stream.dict.has(key)))
    judging.fault('stream.external', place);
  for (const { name, parameters } of judging.file.filters(stream.dict)) {
    if (name === 'LZWDecode') judging.fault('filter.lzw', place);
    else if (!STANDARD.has(name) && !(name === 'Crypt' && isIdentity(judging, parameters)))
      judging.fault('filter.unknown', `${place}: ${name}`);
  }
}

function isIdentity({ file }: Judging, parameters: PdfDict | undefined): boolean {
  return (file.name(parameters?.get('Name')) ?? 'Identity') === 'Identity';
}

const MAX_DEPTH = 40;

/** Names that people read: of fonts, colourants and structure types. */
function checkNames(judging: Judging, value: PdfValue, place: string, depth: number): void {
  if (judging.part === 1 || depth > MAX_DEPTH) return;
  const dict = isStream(value) ? value.dict : value;
  if (dict instanceof PdfDict) {
    const type = nameOf(dict.get('Type'));
    if (type === 'Font' || type === 'FontDescriptor')
      for (const key of ['BaseFont', 'FontName']) checkUtf8(judging, nameOf(dict.get(key)), place);
    if (type === 'StructElem') checkUtf8(judging, nameOf(dict.get('S')), place);
    if (type === 'StructTreeRoot')
      for (const [from, to] of judging.file.dict(dict.get('RoleMap'))?.entries ?? []) {
        checkUtf8(judging, from, place);
        checkUtf8(judging, nameOf(to), place);
      }
    for (const one of dict.entries.values()) checkNames(judging, one, place, depth + 1);
  } else if (Array.isArray(dict)) {
    const kind = nameOf(dict[0]);
    if (kind === 'Separation') checkUtf8(judging, nameOf(dict[1]), place);
    if (kind === 'DeviceN')
      for (const one of judging.file.array(dict[1]) ?? []) checkUtf8(judging, nameOf(one), place);
    for (const one of dict) if (!(one instanceof PdfRef)) checkNames(judging, one, place, depth + 1);
  }
}

function checkUtf8(judging: Judging, name: string | undefined, place: string): void {
  if (name === undefined) return;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(name, 'latin1'));
  } catch {
    judging.fault('name.utf8', place);
  }
}

/** After everything has been read, content streams included. */
export function checkLimits(judging: Judging): void {
  const { file, part } = judging;
  const { writing } = file;
  const beyond = (kind: Parameters<typeof writing.of>[0], most: number) => {
    const met = writing.of(kind);
    return met && met.value > most
      ? met.object === undefined
        ? 'content stream'
        : `object ${met.object}`
      : undefined;
  };
  const limits = [
    ['limit.integer', 'integer', 2_147_483_647],
    ['limit.real', 'real', part === 1 ? 32_767 : 3.403e38],
    ['limit.string', 'string', part === 1 ? 65_535 : 32_767],
    ['limit.name', 'name', 127],
    ['limit.array', 'array', 8_191],
    ['limit.dictionary', 'dictionary', 4_095],
    ['string.hexOdd', 'oddHex', 0],
    ['string.hexSigns', 'badHex', 0],
  ] as const;
  for (const [rule, kind, most] of limits) {
    const place = beyond(kind, most);
    if (place !== undefined) judging.fault(rule, place);
  }
  const small = writing.of('smallReal');
  if (small && small.value < 1.175e-38) judging.fault('limit.smallReal');
  if (file.objectCount > 8_388_607) judging.fault('limit.objects');
}
