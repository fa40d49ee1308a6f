import {
  bytesOf,
  isRef,
  isStream,
  PdfDict,
  PdfFile,
  type PdfStream,
  PdfString,
  type PdfValue,
} from '#formats/pdf-objects';
import type { Judging } from '../report.ts';

/** Optional content, alternate presentations, requirements, permissions, embedded files. */
export function checkDocument(judging: Judging): void {
  const { file } = judging;
  const { catalogue } = file;
  if (catalogue.has('OCProperties')) judging.fault('optional.present');
  if (judging.part > 1) checkOptionalContent(judging);
  if (file.dict(catalogue.get('Names'))?.has('AlternatePresentations'))
    judging.fault('alternate.presentations');
  if (catalogue.has('Requirements')) judging.fault('requirements');
  checkPermissions(judging);
  checkEmbedded(judging);
}

function checkOptionalContent(judging: Judging): void {
  const { file } = judging;
  const properties = file.dict(file.catalogue.get('OCProperties'));
  if (!properties) return;
  const groups = (file.array(properties.get('OCGs')) ?? []).filter(isRef).map((one) => one.number);
  const configurations = [properties.get('D'), ...(file.array(properties.get('Configs')) ?? [])];
  const names = new Set<string>();
  for (const one of configurations) {
    const configuration = file.dict(one);
    if (!configuration) continue;
    const name = file.resolve(configuration.get('Name'));
    const text = name instanceof PdfString ? name.text : '';
    if (text === '' && (judging.part < 4 || !(name instanceof PdfString))) judging.fault('optional.name');
    if (text !== '' && names.has(text)) judging.fault('optional.names', text);
    names.add(text);
    if (configuration.has('AS')) judging.fault('optional.as', text);
    const order = file.array(configuration.get('Order'));
    if (!order) continue;
    const listed = new Set<number>();
    collect(judging, order, listed, 0);
    if (groups.some((group) => !listed.has(group))) judging.fault('optional.order', text);
  }
}

function collect(judging: Judging, order: readonly PdfValue[], into: Set<number>, depth: number): void {
  if (depth > 64) return;
  for (const one of order) {
    const found = isRef(one) ? judging.file.resolve(one) : one;
    if (Array.isArray(found)) collect(judging, found, into, depth + 1);
    else if (isRef(one)) into.add(one.number);
  }
}

function checkPermissions(judging: Judging): void {
  const { file } = judging;
  const permissions = file.dict(file.catalogue.get('Perms'));
  if (!permissions) return;
  if (permissions.keys().some((key) => key !== 'UR3' && key !== 'DocMDP')) judging.fault('permissions.keys');
  if (!permissions.has('DocMDP')) return;
  for (const number of file.numbers()) {
    const signature = file.dict(file.object(number));
    for (const one of file.array(signature?.get('Reference')) ?? []) {
      const reference = file.dict(one);
      if (!reference?.has('TransformMethod')) continue;
      if (['DigestLocation', 'DigestMethod', 'DigestValue'].some((key) => reference.has(key)))
        judging.fault('permissions.digest', `object ${number}`);
    }
  }
}

const MIME = /^[-\w+.]+\/[-\w+.]+$/;

function checkEmbedded(judging: Judging): void {
  const { file } = judging;
  const hasNames = file.dict(file.catalogue.get('Names'))?.has('EmbeddedFiles') ?? false;
  if (hasNames) judging.fault('embedded.names');
  else judging.fault('embedded.none');
  const associated = judging.part === 3 ? associatedFiles(judging) : new Set<PdfDict>();
  const seen = new Set<PdfDict>();
  for (const number of file.numbers()) {
    const value = file.object(number);
    for (const specification of specificationsIn(judging, isStream(value) ? value.dict : value, 0)) {
      if (seen.has(specification)) continue;
      seen.add(specification);
      checkSpecification(judging, specification, associated, `object ${number}`);
    }
  }
}

/** File specifications with embedded files, wherever they stand directly in an object. */
function* specificationsIn(judging: Judging, value: PdfValue, depth: number): Generator<PdfDict> {
  if (depth > 20) return;
  if (Array.isArray(value)) for (const one of value) yield* specificationsIn(judging, one, depth + 1);
  if (!(value instanceof PdfDict)) return;
  if (value.has('EF') && judging.file.dict(value.get('EF'))) yield value;
  for (const one of value.entries.values()) yield* specificationsIn(judging, one, depth + 1);
}

function checkSpecification(
  judging: Judging,
  specification: PdfDict,
  associated: ReadonlySet<PdfDict>,
  place: string,
): void {
  const { file } = judging;
  judging.fault('embedded.file', place);
  if (!specification.has('F') || !specification.has('UF')) judging.fault('embedded.fAndUf', place);
  if (!specification.has('AFRelationship')) judging.fault('embedded.relationship', place);
  if (!associated.has(specification)) judging.fault('embedded.associated', place);
  for (const one of file.dict(specification.get('EF'))?.entries.values() ?? []) {
    const stream = file.stream(one);
    if (!stream) continue;
    if (!MIME.test(file.name(stream.dict.get('Subtype')) ?? '')) judging.fault('embedded.mime', place);
    if (judging.part === 2 || judging.part === 4) checkInner(judging, stream, place);
  }
}

const MOST_INNER = 32 * 1024 * 1024;

/** Embedded files are to be PDF/A themselves, of parts 1 and 2, or of part 4 within part 4. */
function checkInner(judging: Judging, stream: PdfStream, place: string): void {
  const data = judging.file.data(stream);
  if (!data || data.length > MOST_INNER) {
    judging.unread.add(`an embedded file was not looked into (${place})`);
    return;
  }
  const isPdf = data.subarray(0, 1029).includes('%PDF-');
  if (!isPdf || judging.judgeInner(new PdfFile(bytesOf(data))).verdict !== 'noFaultFound')
    judging.fault('embedded.notPdfA', place);
}

/** What any AF array names. */
function associatedFiles({ file }: Judging): Set<PdfDict> {
  const found = new Set<PdfDict>();
  for (const number of file.numbers()) {
    const dict = file.dict(file.object(number));
    const list = file.resolve(dict?.get('AF'));
    for (const one of Array.isArray(list) ? list : [list]) {
      const specification = file.dict(one);
      if (specification) found.add(specification);
    }
  }
  return found;
}
