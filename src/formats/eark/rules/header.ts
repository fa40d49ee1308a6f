import { headerOf, type MetsAgent, type MetsHeader } from '#formats/mets';
import type { XmlElement } from '#formats/xml';
import { at, isDateTime, type Judged } from '../document.ts';
import { quoted } from '../report.ts';
import { PACKAGE_TYPES } from '../vocabularies.ts';

/** CSIP7 to CSIP16: the header. */
export function judgeHeader(doc: Judged, e: XmlElement): MetsHeader {
  const { report, facts } = doc;
  const place = at(doc, e);
  const header = headerOf(e);
  facts.header = true;
  facts.packageType = header.packageType?.trim() ?? '';
  if (header.created === undefined) report.say('CSIP7', place, { detail: 'It states none.' });
  else if (!isDateTime(header.created))
    report.say('CSIP7', place, { detail: `${quoted(header.created)} is no date and time.` });
  if (header.modified === undefined) report.say('CSIP8', place, { detail: 'It states none.' });
  else if (!isDateTime(header.modified))
    report.say('CSIP8', place, {
      detail: `${quoted(header.modified)} is no date and time.`,
      severity: 'error',
    });
  if (header.packageType === undefined) report.say('CSIP9', place, { detail: 'It states none.' });
  else if (!PACKAGE_TYPES.has(header.packageType))
    report.say('CSIP9', place, { detail: `${quoted(header.packageType)} is not in it.` });
  judgeSoftware(doc, place, header.agents);
  return header;
}

const MARKS: readonly (readonly [id: string, of: (a: MetsAgent) => string | undefined, wants: string])[] = [
  ['CSIP11', (a) => a.role, 'CREATOR'],
  ['CSIP12', (a) => a.type, 'OTHER'],
  ['CSIP13', (a) => a.otherType, 'SOFTWARE'],
];

const marksOf = (a: MetsAgent) => MARKS.filter(([, of, wants]) => of(a) === wants).length;

/** The agent that stands for the software, told by role, type and other type. */
export const isSoftware = (a: MetsAgent): boolean => marksOf(a) === MARKS.length;

function judgeSoftware({ report, of: level }: Judged, place: string, agents: readonly MetsAgent[]): void {
  if (agents.length === 0) {
    // What made a representation is what made the package, which says so.
    report.say('CSIP10', place, {
      detail: 'It names no agent.',
      severity: level === 'package' ? 'error' : 'warning',
    });
    return;
  }
  const whole = agents.filter(isSoftware);
  // Without it, whichever agents come nearest are told what they lack.
  const most = Math.max(...agents.map(marksOf));
  const meant = whole.length > 0 ? whole : agents.filter((a) => marksOf(a) === most);
  if (whole.length === 0) {
    if (most < 2) report.say('CSIP10', place, { detail: 'None of its agents is one.' });
    for (const agent of meant)
      for (const [id, of, wants] of MARKS)
        if (of(agent) !== wants)
          report.say(id, place, {
            detail: of(agent) === undefined ? 'It has none.' : `It says ${quoted(of(agent)!)}.`,
          });
  }
  if (!meant.some((a) => a.names.length === 1 && a.names[0] !== ''))
    report.say('CSIP14', place, { detail: nameFault(meant[0]!.names) });
  if (!meant.some((a) => a.notes.length === 1 && a.notes[0]!.text !== ''))
    report.say('CSIP15', place, { detail: nameFault(meant[0]!.notes.map((n) => n.text)) });
  const notes = meant.flatMap((a) => a.notes);
  if (notes.length > 0 && !notes.some((n) => n.type === 'SOFTWARE VERSION'))
    report.say('CSIP16', place, {
      detail: notes[0]!.type === undefined ? 'It has no type.' : `It says ${quoted(notes[0]!.type)}.`,
    });
}

function nameFault(values: readonly string[]): string {
  if (values.length === 0) return 'It has none.';
  return values.length > 1 ? `It has ${values.length}.` : 'It is empty.';
}
