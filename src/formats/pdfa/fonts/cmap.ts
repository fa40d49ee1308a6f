import { isDict, PdfName, PdfString, type PdfValue, readContent } from '#formats/pdf-objects';

interface Range {
  low: number;
  high: number;
  length: number;
}

/** A CMap (ISO 32000-1, 9.7.5 and 9.10.3) as far as it is written out. */
export interface CMap {
  spaces: Range[];
  /** First code, last code, and the CID of the first. */
  cids: (Range & { cid: number })[];
  /** Unicode text by code, for ranges by its first; of ranges the last character counts up. */
  texts: (Range & { text: string; list: string[] | undefined })[];
  name: string | undefined;
  mode: number | undefined;
  system: { registry: string; ordering: string; supplement: number } | undefined;
  uses: string | undefined;
}

const MAX_RANGES = 300_000;

export function readCMap(data: Buffer): CMap {
  const map: CMap = {
    spaces: [],
    cids: [],
    texts: [],
    name: undefined,
    mode: undefined,
    system: undefined,
    uses: undefined,
  };
  for (const { operator, operands } of readContent(data)) {
    if (map.texts.length + map.cids.length > MAX_RANGES) break;
    if (operator === 'def') define(map, operands);
    else if (operator === 'usecmap') map.uses = lastName(operands);
    else if (operator === 'endcodespacerange') eachRange(operands, 2, (range) => map.spaces.push(range));
    else if (operator === 'endcidrange' || operator === 'endcidchar')
      eachRange(operands, operator === 'endcidrange' ? 3 : 2, (range, value) => {
        if (typeof value === 'number') map.cids.push({ ...range, cid: value });
      });
    else if (operator === 'endbfrange' || operator === 'endbfchar')
      eachRange(operands, operator === 'endbfrange' ? 3 : 2, (range, value) => addText(map, range, value));
  }
  return map;
}

function define(map: CMap, operands: readonly PdfValue[]): void {
  const value = operands.at(-1);
  const key = operands.at(-2);
  // `/CIDSystemInfo 3 dict dup begin … def` comes in single entries.
  const name = key instanceof PdfName ? key.name : undefined;
  const text = value instanceof PdfString ? value.text : '';
  const system = map.system ?? { registry: '', ordering: '', supplement: 0 };
  if (name === 'CMapName' && value instanceof PdfName) map.name = value.name;
  else if (name === 'WMode' && typeof value === 'number') map.mode = value;
  else if (name === 'Registry') map.system = { ...system, registry: text };
  else if (name === 'Ordering') map.system = { ...system, ordering: text };
  else if (name === 'Supplement' && typeof value === 'number') map.system = { ...system, supplement: value };
  else if (name === 'CIDSystemInfo' && isDict(value)) {
    const own = (entry: string) => {
      const found = value.get(entry);
      return found instanceof PdfString ? found.text : '';
    };
    const supplement = value.get('Supplement');
    map.system = {
      registry: own('Registry'),
      ordering: own('Ordering'),
      supplement: typeof supplement === 'number' ? supplement : 0,
    };
  }
}

const lastName = (operands: readonly PdfValue[]) => {
  const last = operands.at(-1);
  return last instanceof PdfName ? last.name : undefined;
};

function eachRange(
  operands: readonly PdfValue[],
  width: number,
  take: (range: Range, value: PdfValue | undefined) => void,
): void {
  // The number of ranges stands before `begin…`, which clears what is before it.
  for (let i = 0; i + width <= operands.length; i += width) {
    const low = operands[i];
    const high = width === 2 && !(operands[i + 1] instanceof PdfString) ? low : operands[i + 1];
    if (!(low instanceof PdfString) || low.bytes.length === 0 || low.bytes.length > 4) continue;
    const top = high instanceof PdfString && high.bytes.length === low.bytes.length ? high : low;
    const range = { low: number(low), high: number(top), length: low.bytes.length };
    take(range, operands[i + width - 1]);
  }
}

const number = ({ bytes }: PdfString) => (bytes.length === 0 ? 0 : bytes.readUIntBE(0, bytes.length));

function addText(map: CMap, range: Range, value: PdfValue | undefined): void {
  if (value instanceof PdfString) map.texts.push({ ...range, text: utf16(value.bytes), list: undefined });
  else if (Array.isArray(value))
    map.texts.push({
      ...range,
      text: '',
      list: value.map((one) => (one instanceof PdfString ? utf16(one.bytes) : '')),
    });
}

const utf16 = (bytes: Buffer) =>
  bytes.length === 1
    ? String.fromCharCode(bytes[0]!)
    : new TextDecoder('utf-16be', { ignoreBOM: true }).decode(bytes);

/** Parts a string into codes; undefined where the lengths of codes are not known. */
export function codesOf(text: string, spaces: readonly Range[]): { code: number; length: number }[] {
  const bytes = Buffer.from(text, 'latin1');
  const found: { code: number; length: number }[] = [];
  for (let at = 0; at < bytes.length; ) {
    let length = 0;
    for (let n = 1; n <= 4 && at + n <= bytes.length && length === 0; n++)
      if (spaces.some((space) => space.length === n && within(bytes, at, space))) length = n;
    const step = length || Math.min(bytes.length - at, spaces[0]?.length ?? 1);
    found.push({ code: bytes.readUIntBE(at, step), length: step });
    at += step;
  }
  return found;
}

/** Every byte of the code lies between those of the range (ISO 32000-1, 9.7.6.2). */
function within(bytes: Buffer, at: number, { low, high, length }: Range): boolean {
  for (let i = 0; i < length; i++) {
    const shift = 256 ** (length - 1 - i);
    const byte = bytes[at + i]!;
    if (byte < Math.floor(low / shift) % 256 || byte > Math.floor(high / shift) % 256) return false;
  }
  return true;
}

export function cidOf(map: CMap, code: number, length: number): number {
  for (const range of map.cids)
    if (range.length === length && code >= range.low && code <= range.high)
      return range.cid + code - range.low;
  return 0;
}

/** The Unicode text of a code; undefined where the map has none. */
export function textOf(map: CMap, code: number): string | undefined {
  for (const range of map.texts) {
    if (code < range.low || code > range.high) continue;
    if (range.list) return range.list[code - range.low];
    const rise = code - range.low;
    if (rise === 0) return range.text;
    const head = range.text.slice(0, -1);
    return head + String.fromCharCode((range.text.charCodeAt(range.text.length - 1) + rise) & 0xffff);
  }
  return undefined;
}

/** The predefined CMaps (ISO 32000-1, table 118). */
export const PREDEFINED = new Set(
  `Identity-H Identity-V GB-EUC-H GB-EUC-V GBpc-EUC-H GBpc-EUC-V GBK-EUC-H GBK-EUC-V GBKp-EUC-H GBKp-EUC-V GBK2K-H
   GBK2K-V UniGB-UCS2-H UniGB-UCS2-V UniGB-UTF16-H UniGB-UTF16-V B5pc-H B5pc-V HKscs-B5-H HKscs-B5-V ETen-B5-H
   ETen-B5-V ETenms-B5-H ETenms-B5-V CNS-EUC-H CNS-EUC-V UniCNS-UCS2-H UniCNS-UCS2-V UniCNS-UTF16-H UniCNS-UTF16-V
   83pv-RKSJ-H 90ms-RKSJ-H 90ms-RKSJ-V 90msp-RKSJ-H 90msp-RKSJ-V 90pv-RKSJ-H Add-RKSJ-H Add-RKSJ-V EUC-H EUC-V
   Ext-RKSJ-H Ext-RKSJ-V H V UniJIS-UCS2-H UniJIS-UCS2-V UniJIS-UCS2-HW-H UniJIS-UCS2-HW-V UniJIS-UTF16-H
   UniJIS-UTF16-V KSC-EUC-H KSC-EUC-V KSCms-UHC-H KSCms-UHC-V KSCms-UHC-HW-H KSCms-UHC-HW-V KSCpc-EUC-H UniKS-UCS2-H
   UniKS-UCS2-V UniKS-UTF16-H UniKS-UTF16-V`.split(/\s+/),
);

/** The character collection a predefined CMap belongs to. */
export function orderingOf(name: string): string | undefined {
  if (/^(GB|UniGB)/.test(name)) return 'GB1';
  if (/^(B5|HKscs|ETen|CNS|UniCNS)/.test(name)) return 'CNS1';
  if (/^(KSC|UniKS)/.test(name)) return 'Korea1';
  if (/^(83pv|90|Add|EUC|Ext|H$|V$|UniJIS)/.test(name)) return 'Japan1';
  return undefined;
}
