import { type Finding, Refusal } from '#kernel/errors';
import type { ReadIdentifier, ReadPremisEntity } from './entity.ts';
import { premisStructure, STRUCTURE_CODES } from './grammar/structure.ts';
import { type PremisRead, premisElements, readOf } from './readDocument.ts';

/** Findings kept of one document; the rest is counted. */
const KEPT = 1000;
const DATE =
  /^[-+]?\d{4}(?:-?\d{2}(?:-?\d{2}(?:T\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?[~?]?$/;

export interface PremisReport {
  findings: Finding[];
  counts: { object: number; event: number; agent: number; rights: number };
  /** Versions of PREMIS that occur. */
  versions: (1 | 2 | 3)[];
}

/**
 * Judges a document: sound XML, in versions 2 and 3 the elements, their order, obligations, attributes and values, in all of them what
 * the data dictionary makes mandatory. Codes are `premis.*`, places are lines.
 */
export async function validatePremis(bytes: AsyncIterable<Buffer>, path: string): Promise<PremisReport> {
  const counts = { object: 0, event: 0, agent: 0, rights: 0 };
  const versions = new Set<1 | 2 | 3>();
  const findings: Finding[] = [];
  const structure = premisStructure();
  let more = 0;
  const say = (code: string, line: number, message: string) => {
    const place = line > 0 ? `${path}:${line}` : path;
    if (findings.length < KEPT) findings.push({ code, severity: 'error', path: place, message });
    else more++;
  };
  try {
    for await (const e of premisElements(bytes)) {
      const isEnd = e.kind === 'close';
      let isLacking = false;
      for (const { what, element, message } of structure.take(e)) {
        // A document that holds nothing is told so once.
        if (isEnd && counts.object + counts.event + counts.agent + counts.rights === 0) continue;
        isLacking ||= what === 'lacks';
        say(STRUCTURE_CODES[what], element.line, message);
      }
      if (e.kind !== 'whole') continue;
      for (const read of readOf(e.element)) {
        counts[read.entity.kind]++;
        versions.add(read.version);
        // What its version's elements lack is said already; here, what is there and empty.
        if (!isLacking) for (const message of lacking(read)) say('premis.lacks', read.element.line, message);
      }
    }
    if (counts.object + counts.event + counts.agent + counts.rights === 0)
      say('premis.empty', 0, 'The document holds no entity of PREMIS.');
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    say(e.code, 0, e.message);
  }
  if (more > 0)
    findings.push({
      code: 'premis.more',
      severity: 'error',
      path,
      message: `There are ${more} more findings of this kind.`,
    });
  return { findings, counts, versions: [...versions].sort() };
}

function* lacking({ entity }: PremisRead): Generator<string> {
  const named =
    'identifiers' in entity ? entity.identifiers : entity.statements.flatMap((s) => s.identifiers);
  if (entity.kind !== 'rights') {
    if (!named.some(isWhole)) yield `The ${entity.kind} has no identifier with type and value.`;
  }
  yield* OF_KIND[entity.kind](entity);
}

const isWhole = (i: ReadIdentifier) => i.type !== '' && i.value !== '';

const OF_KIND: Readonly<Record<ReadPremisEntity['kind'], (e: ReadPremisEntity) => string[]>> = {
  object: (e) => {
    if (e.kind !== 'object') return [];
    if (e.category === undefined) return ['The object does not say which of the four categories it is of.'];
    const wants = e.category === 'file' || e.category === 'bitstream';
    const out = wants && e.characteristics.length === 0 ? ['The object has no characteristics.'] : [];
    for (const c of e.characteristics) {
      if (c.formats.length === 0) out.push('The characteristics of the object name no format.');
      if (c.size !== undefined && !/^\d+$/.test(c.size)) out.push(`"${c.size.slice(0, 40)}" is no size.`);
      for (const f of c.fixity)
        if (!f.algorithm || !f.digest) out.push('A fixity lacks its algorithm or its digest.');
    }
    return out;
  },
  event: (e) => {
    if (e.kind !== 'event') return [];
    const out = e.type ? [] : ['The event has no type.'];
    if (!e.at) out.push('The event has no date.');
    else if (!DATE.test(e.at) && !/\d{4}/.test(e.at)) out.push(`"${e.at.slice(0, 40)}" is no date.`);
    return out;
  },
  agent: () => [],
  rights: (e) =>
    e.kind === 'rights'
      ? e.statements.filter((s) => !s.basis).map(() => 'A statement of rights has no basis.')
      : [],
};
