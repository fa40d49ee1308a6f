import type { MetsAgent, MetsHeader } from '#formats/mets';
import { attributeOf, type XmlElement } from '#formats/xml';
import { at, type Judged } from '../document.ts';
import { quoted } from '../report.ts';
import { PROFILE, RECORD_STATUSES } from '../vocabularies.ts';
import { isSoftware } from './header.ts';

/** SIP1 and SIP2, DIP1 and DIP2: the root of a submission or dissemination package. */
export function judgeKindOfRoot(doc: Judged, root: XmlElement, kind: 'SIP' | 'DIP'): void {
  const { report, facts } = doc;
  const place = at(doc, root);
  if (PROFILE.exec(facts.profile)?.groups?.of?.toUpperCase() !== kind)
    report.say(`${kind}2`, place, { detail: `It says ${quoted(facts.profile)}.` });
  if (kind === 'DIP') {
    if (facts.objid === '') report.say('DIP1', place, { detail: 'It gives none.' });
    return;
  }
  const label = attributeOf(root, 'LABEL');
  if (label === undefined) report.say('SIP1', place, { detail: 'None is given.' });
  else if (label.trim() === '') report.say('SIP1', place, { detail: 'It is empty.' });
}

/** DIP3: the header of a dissemination package. */
export function judgeDipHeader(doc: Judged, e: XmlElement): void {
  if (doc.facts.packageType !== 'DIP')
    doc.report.say('DIP3', at(doc, e), { detail: `It says ${quoted(doc.facts.packageType)}.` });
}

/** DIP4: a section of descriptive metadata in a dissemination package. */
export function judgeDipMetadata(doc: Judged, e: XmlElement): void {
  const status = attributeOf(e, 'STATUS');
  if (status !== 'CURRENT')
    doc.report.say('DIP4', at(doc, e), {
      detail: status === undefined ? 'It states no status.' : `It says ${quoted(status)}.`,
    });
}

/** SIP3 to SIP31: the header of a submission package. */
export function judgeSipHeader(doc: Judged, e: XmlElement, header: MetsHeader): void {
  const { report, facts } = doc;
  const place = at(doc, e);
  const status = header.recordStatus;
  if (status === undefined) report.say('SIP3', place, { detail: 'None is given.' });
  else if (!RECORD_STATUSES.has(status))
    report.say('SIP3', place, { detail: `${quoted(status)} is not in it.` });
  if (facts.packageType !== 'SIP')
    report.say('SIP4', place, { detail: `It says ${quoted(facts.packageType)}.` });
  for (const [id, type, most] of RECORD_IDS) {
    const found = header.alternativeIds.filter((a) => a.type === type);
    if (found.length === 0) report.say(id, place, { detail: 'None is given.' });
    if (found.length > most) report.say(id, place, { detail: `There are ${found.length}.` });
    if (found.some((f) => f.text === '')) report.say(id, place, { detail: 'One is empty.' });
  }
  const others = header.agents.filter((a) => !isSoftware(a));
  judgeAgents(
    doc,
    place,
    ARCHIVIST,
    others.filter((a) => a.role === 'ARCHIVIST'),
  );
  judgeAgents(doc, place, SUBMITTER, others.filter(isSubmitter));
  judgeAgents(
    doc,
    place,
    CONTACT,
    others.filter((a) => a.role === 'CREATOR' && a.type === 'INDIVIDUAL'),
  );
  judgeAgents(
    doc,
    place,
    PRESERVER,
    others.filter((a) => a.role === 'PRESERVATION'),
  );
}

const RECORD_IDS = [
  ['SIP5', 'SUBMISSIONAGREEMENT', 1],
  ['SIP6', 'PREVIOUSSUBMISSIONAGREEMENT', Number.POSITIVE_INFINITY],
  ['SIP7', 'REFERENCECODE', 1],
  ['SIP8', 'PREVIOUSREFERENCECODE', Number.POSITIVE_INFINITY],
] as const;

const isSubmitter = (a: MetsAgent) =>
  a.role === 'CREATOR' || (a.role === 'OTHER' && a.otherRole === 'SUBMITTER');

/** Requirements of one agent a submission package names. */
interface AgentIds {
  agent: string;
  type: string;
  types: readonly string[];
  name: string;
  note: string;
  /** undefined where notes are free. */
  noteType?: string;
}

const ARCHIVIST: AgentIds = {
  agent: 'SIP9',
  type: 'SIP11',
  types: ['ORGANIZATION', 'INDIVIDUAL'],
  name: 'SIP12',
  note: 'SIP13',
  noteType: 'SIP14',
};
const SUBMITTER: AgentIds = {
  agent: 'SIP15',
  type: 'SIP17',
  types: ['ORGANIZATION', 'INDIVIDUAL'],
  name: 'SIP18',
  note: 'SIP19',
  noteType: 'SIP20',
};
const CONTACT: AgentIds = {
  agent: 'SIP21',
  type: 'SIP23',
  types: ['INDIVIDUAL'],
  name: 'SIP24',
  note: 'SIP25',
};
const PRESERVER: AgentIds = {
  agent: 'SIP26',
  type: 'SIP28',
  types: ['ORGANIZATION'],
  name: 'SIP29',
  note: 'SIP30',
  noteType: 'SIP31',
};

function judgeAgents({ report }: Judged, place: string, ids: AgentIds, agents: readonly MetsAgent[]): void {
  if (agents.length === 0) {
    report.say(ids.agent, place, { detail: 'None is.' });
    return;
  }
  for (const a of agents) {
    if (!ids.types.includes(a.type ?? ''))
      report.say(ids.type, place, { detail: `It says ${quoted(a.type ?? '')}.` });
    if (!a.names.some((n) => n !== '')) report.say(ids.name, place, { detail: 'It has none.' });
    // A person who submits may also be the one to ask, whose notes are free.
    const free = ids.noteType === undefined || (ids === SUBMITTER && a.type === 'INDIVIDUAL');
    if (!free && a.notes.length > 0 && !a.notes.some((n) => n.type === 'IDENTIFICATIONCODE'))
      report.say(ids.noteType!, place, { detail: 'It is of another type or of none.' });
  }
  if (agents.every((a) => a.notes.length === 0)) report.say(ids.note, place, { detail: 'None is given.' });
}
