import { attributeOf, type ElementEvent, type XmlElement } from '#formats/xml';
import { at, isMets, type Judged } from '../document.ts';
import { quoted } from '../report.ts';
import {
  closeDivision,
  judgeMetsPointer,
  judgeNamed,
  judgePointer,
  LABELS,
  type OpenDivision,
  openDivision,
} from './division.ts';
import { isFor, judgeId } from './files.ts';

/** Follows the structural maps of a document; only that of CSIP is judged (CSIP80 to CSIP119). */
export class StructureMaps {
  readonly #doc: Judged;
  #map: XmlElement | null = null;
  #isCsip = false;
  #depth = 0;
  #mains = 0;
  #division: OpenDivision | null = null;
  readonly #counts = new Map<string, number>();
  /** Maps in all; the label of the first without the right one. */
  #all = 0;
  #first: XmlElement | null = null;

  constructor(doc: Judged) {
    this.#doc = doc;
  }

  async take(e: ElementEvent): Promise<void> {
    if (e.kind === 'stray') return;
    const { element } = e;
    if (isMets(element, 'structMap')) await this.#takeMap(e.kind, element);
    else if (this.#map && this.#isCsip && isMets(element, 'div')) await this.#takeDivision(e.kind, element);
    else if (this.#division && isMets(element, 'fptr'))
      judgePointer(this.#doc, element, this.#division, this.#depth - 2);
    else if (this.#division && isMets(element, 'mptr') && this.#depth === 2)
      await judgeMetsPointer(this.#doc, element, this.#division);
  }

  async #takeMap(kind: string, e: XmlElement): Promise<void> {
    if (kind === 'close') {
      this.#map = null;
      if (this.#isCsip && this.#mains !== 1)
        this.#doc.report.say('CSIP84', at(this.#doc, e), { detail: `It has ${this.#mains}.` });
      return;
    }
    this.#map = e;
    this.#all++;
    this.#first ??= e;
    this.#isCsip = attributeOf(e, 'LABEL') === 'CSIP';
    if (!this.#isCsip) return;
    this.#depth = this.#mains = 0;
    this.#doc.facts.maps++;
    judgeType(this.#doc, e);
    judgeId(this.#doc, e, 'CSIP83');
  }

  async #takeDivision(kind: string, e: XmlElement): Promise<void> {
    if (kind === 'close') {
      this.#depth--;
      if (this.#depth === 1 && this.#division) {
        await closeDivision(this.#doc, this.#division);
        this.#division = null;
      }
      return;
    }
    this.#depth++;
    if (this.#depth === 1) {
      this.#mains++;
      judgeMain(this.#doc, e);
    } else if (this.#depth === 2) this.#division = openDivision(this.#doc, e, this.#counts);
  }

  /** What is missing or twice, when the document is over. */
  end(): void {
    const { report, facts, path } = this.#doc;
    if (this.#all === 0) {
      report.say('CSIP80', path, { detail: 'It has none.' });
      return;
    }
    if (facts.maps === 0) {
      const label = attributeOf(this.#first!, 'LABEL');
      const place = at(this.#doc, this.#first!);
      report.say('CSIP82', place, {
        detail: label === undefined ? 'No map has a label.' : `It says ${quoted(label)}.`,
      });
      judgeType(this.#doc, this.#first!);
      return;
    }
    if (facts.maps > 1) report.say('CSIP80', path, { detail: `It has ${facts.maps}.` });
    this.#judgeCounts();
  }

  #judgeCounts(): void {
    const { report, facts, path } = this.#doc;
    const metadata = this.#counts.get('Metadata') ?? 0;
    // A representation without metadata has nothing to divide.
    const needless = this.#doc.of === 'representation' && facts.dmd.length + facts.amd.length === 0;
    if (metadata > facts.maps || (metadata === 0 && !needless))
      report.say('CSIP88', path, { detail: `There are ${metadata}.` });
    judgeNamed(this.#doc);
    for (const kind of ['Documentation', 'Schemas', 'Representations'] as const) {
      const ids = LABELS[kind];
      const n = this.#counts.get(kind) ?? 0;
      const groups = facts.groups.filter((g) => isFor(g.use, kind));
      const left = groups.filter((g) => !g.pointedAt && g.holds > 0);
      if (n > facts.maps) report.say(ids.once, path, { detail: `There are ${n}.`, severity: 'error' });
      else if (n === 0 && left.length > 0)
        report.say(ids.once, path, {
          detail: `There is none, and there is a group for ${quoted(left[0]!.use)}.`,
        });
      if (n === 0) continue;
      for (const g of left) {
        const detail = `The group ${quoted(g.id)} is pointed at by none.`;
        report.say(ids.pointers!, `${path}:${g.line}`, { detail });
        report.say(ids.pointer!, `${path}:${g.line}`, { detail });
      }
    }
  }
}

function judgeType(doc: Judged, e: XmlElement): void {
  const type = attributeOf(e, 'TYPE');
  if (type !== 'PHYSICAL')
    doc.report.say('CSIP81', at(doc, e), {
      detail: type === undefined ? 'It says none.' : `It says ${quoted(type)}.`,
    });
}

/** CSIP85, CSIP86: the main division. */
function judgeMain(doc: Judged, e: XmlElement): void {
  judgeId(doc, e, 'CSIP85');
  const label = attributeOf(e, 'LABEL');
  if (doc.report.version !== '2.2' && label !== doc.facts.objid)
    doc.report.say('CSIP86', at(doc, e), {
      detail: label === undefined ? 'It has none.' : `It says ${quoted(label)}.`,
    });
}
