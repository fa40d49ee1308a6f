import { attributeOf, childrenOf, type XmlElement } from '#formats/xml';
import { type Finding, Refusal } from '#kernel/errors';
import { Identifiers, type IdFault } from './identifiers.ts';
import { METS, XLINK } from './names.ts';
import { readMets } from './read.ts';
import { metsStructure, STRUCTURE_CODES } from './structure.ts';
import { isMetadata } from './view.ts';

/** Findings kept of one code; the rest is counted. */
const KEPT = 200;
/** Characters that stand in a URI only encoded (RFC 3986). Those beyond ASCII are let pass, as in an IRI. */
const NOT_IN_A_URI = /[\s<>"{}|\\^`]|%(?![0-9a-f]{2})|[[\]]/i;

export interface MetsReport {
  findings: Finding[];
  counts: { files: number; dmdSec: number; amdSec: number; divisions: number };
}

/**
 * Judges a METS document by itself: sound XML, elements in their order, attributes and their values, identifiers and
 * references between them, locations. Codes are `mets.*`, places are lines. What the references lead to is not looked at.
 */
export async function validateMets(bytes: AsyncIterable<Buffer>, path: string): Promise<MetsReport> {
  const counts = { files: 0, dmdSec: 0, amdSec: 0, divisions: 0 };
  const found = new Findings(path);
  const ids = new Identifiers();
  const structure = metsStructure();
  try {
    for await (const e of readMets(bytes, { raw: 'drop' })) {
      for (const { what, element, message } of structure.take(e))
        found.add(STRUCTURE_CODES[what], element.line, message);
      if (e.kind === 'stray') found.add('mets.strayText', 0, 'Text stands where METS has none.');
      if (e.kind === 'stray' || e.kind === 'close') continue;
      const { element } = e;
      if (element.space !== METS) continue;
      if (element.name === 'dmdSec') counts.dmdSec++;
      else if (element.name === 'amdSec') counts.amdSec++;
      else if (element.name === 'div') counts.divisions++;
      for (const fault of ids.take(element)) found.fault(fault);
      for (const each of within(element)) {
        if (each.name === 'file') counts.files++;
        judge(each, found);
      }
    }
    for (const fault of ids.end()) found.fault(fault);
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    found.add(e.code, 0, e.message);
  }
  return { findings: found.all(), counts };
}

function* within(e: XmlElement): Generator<XmlElement> {
  yield e;
  for (const child of childrenOf(e)) if (child.space === METS) yield* within(child);
}

/** Elements that the schema gives an identifier. */
const IDENTIFIED = new Set(['file', 'transformFile']);

function judge(e: XmlElement, found: Findings): void {
  if ((IDENTIFIED.has(e.name) || isMetadata(e)) && e.name !== 'transformFile' && !attributeOf(e, 'ID'))
    found.add('mets.noId', e.line, `A "${e.name}" has no identifier.`);
  if (!['FLocat', 'mdRef', 'mptr'].includes(e.name)) return;
  const href = attributeOf(e, 'href', XLINK);
  if (!attributeOf(e, 'LOCTYPE'))
    found.add('mets.noLocator', e.line, `A "${e.name}" does not say how it locates.`);
  if (href === undefined || href === '')
    found.add('mets.noHref', e.line, `A "${e.name}" does not say where the file is.`);
  else if (/^[a-z][a-z0-9+.-]*:\/\//i.test(href) && !URL.canParse(href))
    found.add('mets.badHref', e.line, `"${href.slice(0, 200)}" is no address that could be followed.`);
  else if (NOT_IN_A_URI.test(href))
    found.add('mets.badHref', e.line, `"${href.slice(0, 200)}" is no reference as a URI has it.`, 'warning');
}

class Findings {
  readonly #path: string;
  readonly #kept: Finding[] = [];
  readonly #counts = new Map<string, number>();

  constructor(path: string) {
    this.#path = path;
  }

  add(code: string, line: number, message: string, severity: Finding['severity'] = 'error'): void {
    const n = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, n);
    const path = line > 0 ? `${this.#path}:${line}` : this.#path;
    if (n <= KEPT) this.#kept.push({ code, severity, path, message });
  }

  fault({ fault, id, attribute, element }: IdFault): void {
    const named = `"${id.slice(0, 100)}"`;
    if (fault === 'twice')
      this.add('mets.duplicateId', element.line, `The identifier ${named} is given twice.`);
    else if (fault === 'nothing')
      this.add('mets.danglingId', element.line, `${attribute} names ${named}, which is not in the document.`);
    else this.add('mets.otherId', element.line, `${attribute} names ${named}, which is something else.`);
  }

  all(): Finding[] {
    const more = [...this.#counts].filter(([, n]) => n > KEPT);
    return [
      ...this.#kept,
      ...more.map(
        ([code, n]): Finding => ({
          code,
          severity: this.#kept.find((f) => f.code === code)?.severity ?? 'error',
          path: this.#path,
          message: `${n - KEPT} more of these.`,
        }),
      ),
    ];
  }
}
