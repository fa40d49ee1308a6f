import { asBuffer, type Held } from '../source.ts';
import { CLAIMS } from './documents.ts';

/** What a PDF says of itself, and where. */
export interface Claim {
  readonly puid: string;
  readonly at: number;
}

/** Small enough to stay in the processor's cache while it is read and looked through. */
const PIECE = 1 << 18;
/** Looked through from each end, beyond the windows. */
const REACH = 4 << 20;
const AROUND = 4096;
/** Of pieces, so that no sign is cut in two. */
const OVERLAP = 64;
/** A packet of metadata may name the scheme long before it uses it. */
const PACKET = 1 << 16;
const MARKERS = ['aid:part', 'GTS_PDFX'];
/** Without these no claim of them is one: the scheme's name has to be declared. Long words are found sooner. */
const SIGNS = ['http://www.aiim.org/pdf', 'GTS_PDFXVersion'];

/** A property of XMP, written as an attribute or as an element. */
const property = (name: string, value: string) =>
  new RegExp(`${name}\\s*(?:=\\s*["']\\s*(${value})\\s*["']|[^<>=]{0,200}>\\s*(${value})\\s*<)`);
const PART = property('pdfaid:part', '\\d');
const LEVEL = property('pdfaid:conformance', '[A-Za-z]{1,2}');
const UNIVERSAL = property('pdfuaid:part', '\\d');
const EXCHANGE = /GTS_PDFXVersion\s*(?:=\s*["']|[^<>()=]{0,80}[>(])\s*PDF\/(X-[\da-z:]{1,8})/;
/** PDF/X-1a and -3 of 2001 and 2002 tell their level in a property of its own. */
const EXCHANGE_LEVEL = /GTS_PDFXConformance\s*(?:=\s*["']|[^<>()=]{0,80}[>(])\s*PDF\/(X-[\da-z:]{1,8})/;

/**
 * What a PDF claims in its XMP metadata (ISO 19005: the part and level of PDF/A; ISO 14289: PDF/UA) or its document
 * information (ISO 15930: PDF/X). A claim is a claim: nothing is checked here.
 */
export async function claimsOf(source: Held): Promise<Claim[]> {
  const { head, tail, bytes } = source.windows;
  const claims = new Map<string, number>();
  const look = (piece: Buffer, from: number) => {
    for (const marker of MARKERS) {
      const at = piece.indexOf(marker);
      if (at < 0) continue;
      const text = piece.toString('latin1', Math.max(0, at - AROUND), at + AROUND);
      for (const claim of read(text)) if (!claims.has(claim)) claims.set(claim, from + at);
    }
  };
  look(head, 0);
  if (tail !== head) look(tail, bytes - tail.length);
  if (claims.size === 0 && tail !== head) {
    const to = bytes - tail.length;
    for await (const at of signsIn(source, between(head.length, to))) {
      const start = Math.max(0, at - AROUND);
      look(asBuffer(await source.read(start, PACKET + AROUND)), start);
      if (claims.size > 0) break;
    }
  }
  return [...claims].flatMap(([claim, at]) => {
    const row = CLAIMS[claim];
    return row ? [{ puid: row.puid, at }] : [];
  });
}

/** Where something stands that a claim can not do without. */
async function* signsIn(source: Held, ranges: [number, number][]): AsyncGenerator<number> {
  const room = Buffer.allocUnsafe(PIECE);
  for (const [from, end] of ranges)
    for (let at = from; at < end; at += PIECE - OVERLAP) {
      const piece = asBuffer(await source.read(at, Math.min(PIECE, end - at + OVERLAP), room));
      for (const sign of SIGNS) {
        const found = piece.indexOf(sign);
        if (found >= 0) yield at + found;
      }
    }
}

function between(from: number, to: number): [number, number][] {
  if (to - from <= 2 * REACH) return [[from, to]];
  return [
    [from, from + REACH],
    [to - REACH, to],
  ];
}

function read(text: string): string[] {
  const value = (pattern: RegExp) => {
    const found = pattern.exec(text);
    return found?.[1] ?? found?.[2];
  };
  const part = value(PART);
  const universal = value(UNIVERSAL);
  const exchange = value(EXCHANGE_LEVEL) ?? value(EXCHANGE);
  return [
    ...(part ? [`A-${part}${(value(LEVEL) ?? '').toLowerCase()}`] : []),
    ...(universal ? [`UA-${universal}`] : []),
    ...(exchange ? [exchange] : []),
  ];
}
