import { isDict, nameOf, type PdfStream, PdfString } from '#formats/pdf-objects';
import type { Judging } from '../report.ts';
import { type Defined, readExtensions } from '../xmp/extension.ts';
import { plain, property, readPacket, type XmpPacket, type XmpProperty } from '../xmp/packet.ts';
import { NS, predefinedType } from '../xmp/schemas.ts';
import { fitsType } from '../xmp/types.ts';

/** Metadata streams, the claim in them, and their agreement with the Info dictionary. */
export function checkMetadata(judging: Judging): void {
  const { file } = judging;
  const main = mainMetadata(judging);
  const packet = main && checkPacket(judging, main, 'the metadata of the document', undefined);
  if (main && !packet) judging.fault('claim.missing');
  if (packet) {
    checkClaim(judging, packet);
    checkInfo(judging, packet);
  }
  const own = packet && readExtensions(packet).defined;
  const inherited = judging.part > 1 ? own : undefined;
  for (const number of file.numbers()) {
    const stream = file.stream(file.object(number));
    if (!stream || stream === main || nameOf(stream.dict.get('Type')) !== 'Metadata') continue;
    if (file.name(stream.dict.get('Subtype')) === 'XML')
      checkPacket(judging, stream, `object ${number}`, inherited);
  }
}

function mainMetadata(judging: Judging): PdfStream | undefined {
  const { file } = judging;
  const stream = file.stream(file.catalogue.get('Metadata'));
  const isMetadata =
    stream &&
    file.name(stream.dict.get('Type')) === 'Metadata' &&
    file.name(stream.dict.get('Subtype')) === 'XML';
  if (!stream || !isMetadata) judging.fault('xmp.missing');
  if (stream && file.filters(stream.dict).length > 0) judging.fault('xmp.filter');
  return stream;
}

function checkPacket(
  judging: Judging,
  stream: PdfStream,
  place: string,
  inherited: Defined | undefined,
): XmpPacket | undefined {
  const data = judging.file.data(stream);
  if (!data) {
    judging.unread.add(`${place} could not be decoded`);
    return undefined;
  }
  let packet: XmpPacket;
  try {
    packet = readPacket(data);
  } catch {
    judging.fault('xmp.broken', place);
    return undefined;
  }
  if (!packet.isUtf8) judging.fault('xmp.encoding', place);
  if (packet.hasBytes) judging.fault('xmp.packetBytes', place);
  if (packet.hasEncoding) judging.fault('xmp.packetEncoding', place);
  if (judging.part < 4) checkProperties(judging, packet, inherited);
  return packet;
}

function checkProperties(judging: Judging, packet: XmpPacket, inherited: Defined | undefined): void {
  const extensions = readExtensions(packet);
  for (const field of extensions.strangeFields) judging.fault('xmp.extensionFields', field);
  for (const field of extensions.wrong) judging.fault('xmp.extension', field);
  const own = (uri: string, local: string) =>
    extensions.defined.get(uri)?.get(local) ?? inherited?.get(uri)?.get(local);
  for (const one of packet.properties) {
    const name = `${one.prefix}:${one.local}`;
    const type = predefinedType(one.uri, one.local, judging.part) ?? own(one.uri, one.local);
    if (type === undefined) judging.fault('xmp.unknownProperty', name);
    else if (!fitsType(one.value, type)) judging.fault('xmp.valueType', name);
  }
}

function checkClaim(judging: Judging, packet: XmpPacket): void {
  const claims = packet.properties.filter((p) => p.uri === NS.pdfaid);
  if (claims.length === 0) {
    judging.fault('claim.missing');
    return;
  }
  for (const claim of claims) if (claim.prefix !== 'pdfaid') judging.fault('claim.prefix', claim.prefix);
  const value = (local: string) => plain(property(packet, NS.pdfaid, local)?.value);
  if (Number(value('part')) !== judging.part) judging.fault('claim.part', value('part'));
  const level = value('conformance');
  if (!levelsAccepted(judging).includes(level ?? '')) judging.fault('claim.level', level);
  if (!/^\d{4}$/.test(value('rev') ?? '')) judging.fault('claim.revision', value('rev'));
}

/** A file of a higher level is one of the lower levels too. */
function levelsAccepted({ flavour: { part, level } }: Judging): readonly string[] {
  if (part === 4) return [level?.toUpperCase() ?? ''];
  if (level === 'a') return ['A'];
  if (level === 'u') return ['U', 'A'];
  return part === 1 ? ['A', 'B'] : ['A', 'B', 'U'];
}

const TEXTS: readonly [key: string, uri: string, local: string][] = [
  ['Title', NS.dc, 'title'],
  ['Subject', NS.dc, 'description'],
  ['Keywords', NS.pdf, 'Keywords'],
  ['Creator', NS.xmp, 'CreatorTool'],
  ['Producer', NS.pdf, 'Producer'],
];

function checkInfo(judging: Judging, packet: XmpPacket): void {
  const { file } = judging;
  const info = file.resolve(file.trailer.get('Info'));
  if (!isDict(info)) return;
  const entry = (key: string) => {
    const value = file.resolve(info.get(key));
    return value instanceof PdfString ? trimmed(value.text) : undefined;
  };
  for (const [key, uri, local] of TEXTS) {
    const said = entry(key);
    if (said !== undefined && said !== trimmed(plain(property(packet, uri, local)?.value)))
      judging.fault('info.text', key);
  }
  const author = entry('Author');
  if (author !== undefined && !isOnlyCreator(property(packet, NS.dc, 'creator'), author))
    judging.fault('info.text', 'Author');
  for (const [key, local] of [
    ['CreationDate', 'CreateDate'],
    ['ModDate', 'ModifyDate'],
  ] as const) {
    const said = entry(key);
    if (said !== undefined && !sameTime(said, plain(property(packet, NS.xmp, local)?.value)))
      judging.fault('info.date', key);
  }
}

/** Some writers end strings with a nought. */
const trimmed = (text: string | undefined) => text?.replace(/\0+$/, '');

function isOnlyCreator(creator: XmpProperty | undefined, author: string): boolean {
  if (creator?.value.kind !== 'seq') return false;
  const [only, ...more] = creator.value.items;
  return more.length === 0 && trimmed(plain(only)) === author;
}

/** `D:20150310171921+01'00'` and `2015-03-10T17:19:21+01:00`. */
function sameTime(pdf: string, xmp: string | undefined): boolean {
  const p = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(?:(\d\d)'?)?)?/.exec(
    pdf.trim(),
  );
  const x =
    /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(?:(Z)|([+-])(\d\d):(\d\d))?$/.exec(
      xmp?.trim() ?? '',
    );
  return !!p && !!x && instant(p) === instant(x);
}

function instant(m: RegExpExecArray): number {
  const [
    ,
    year,
    month = '01',
    day = '01',
    hour = '00',
    minute = '00',
    second = '00',
    ,
    sign,
    hours = '0',
    minutes = '0',
  ] = m;
  const at = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '+' ? at - offset : sign === '-' ? at + offset : at;
}
