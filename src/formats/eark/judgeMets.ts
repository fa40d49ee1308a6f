import {
  Identifiers,
  type IdFault,
  type IdRegister,
  metsStructure,
  readMets,
  STRUCTURE_CODES,
} from '#formats/mets';
import type { FileTree } from '#formats/tree';
import { attributeOf, type XmlElement } from '#formats/xml';
import { isRefusal } from '#kernel/errors';
import { at, isMets, type Judged, newFacts } from './document.ts';
import { quoted, type Report } from './report.ts';
import type { EarkVersion } from './requirements/index.ts';
import {
  closeGroup,
  judgeFile,
  judgeFileSection,
  judgeFormatsGiven,
  judgeGroup,
  type OpenGroup,
} from './rules/files.ts';
import { judgeHeader } from './rules/header.ts';
import { judgeDipHeader, judgeDipMetadata, judgeKindOfRoot, judgeSipHeader } from './rules/kinds.ts';
import { judgeMetadata } from './rules/metadata.ts';
import { judgeRoot } from './rules/root.ts';
import { StructureMaps } from './rules/structureMap.ts';
import { PROFILE } from './vocabularies.ts';

/** As what a package is judged. */
export type EarkKind = 'CSIP' | 'SIP' | 'DIP';

export interface ToJudge {
  report: Report;
  /** The folder of the document. */
  tree: FileTree;
  folder: string;
  name: string | null;
  of: 'package' | 'representation';
  referenced: IdRegister;
  /** As what, whatever it says of itself. */
  as?: EarkKind | undefined;
  version?: EarkVersion | undefined;
}

/**
 * Judges one METS document as it goes by, with the files it refers to.
 *
 * @returns what it was, or null where it could not be read to the end
 */
export async function judgeMets(given: ToJudge): Promise<(Judged & { kind: EarkKind }) | null> {
  const doc: Judged = {
    ...given,
    path: `${given.folder}METS.xml`,
    ids: new Identifiers(),
    facts: newFacts(),
  };
  const walk = new Walk(doc, given);
  const structure = metsStructure();
  try {
    for await (const e of readMets(await given.tree.open('METS.xml'), { raw: 'drop' })) {
      for (const { what, element, message } of structure.take(e))
        doc.report.add({ code: STRUCTURE_CODES[what], severity: 'error', path: at(doc, element), message });
      await walk.maps.take(e);
      if (e.kind === 'stray')
        doc.report.add({
          code: 'mets.strayText',
          severity: 'error',
          path: doc.path,
          message: 'Text stands where METS has none.',
        });
      else if (e.kind === 'close') walk.close(e.element);
      else await walk.take(e.element);
    }
    walk.end();
    return { ...doc, kind: walk.kind };
  } catch (e) {
    if (!isRefusal(e)) throw e;
    doc.report.add({ code: e.code, severity: 'error', path: doc.path, message: e.message });
    return null;
  }
}

/** What is under way while a document is read. */
class Walk {
  readonly maps: StructureMaps;
  kind: EarkKind = 'CSIP';
  readonly #doc: Judged;
  readonly #given: ToJudge;
  readonly #groups: OpenGroup[] = [];
  #root: XmlElement | undefined;
  #around: string | undefined;
  #amd: { element: XmlElement; sections: number } | undefined;

  constructor(doc: Judged, given: ToJudge) {
    this.#doc = doc;
    this.#given = given;
    this.maps = new StructureMaps(doc);
  }

  async take(e: XmlElement): Promise<void> {
    const doc = this.#doc;
    for (const fault of doc.ids.take(e)) sayFault(doc, fault);
    if (isMets(e, 'mets')) this.#open(e);
    else if (isMets(e, 'metsHdr')) this.#header(e);
    else if (isMets(e, 'dmdSec')) {
      await judgeMetadata(doc, e);
      if (this.kind === 'DIP') judgeDipMetadata(doc, e);
    } else if (isMets(e, 'amdSec')) {
      this.#around = attributeOf(e, 'ID');
      this.#amd = { element: e, sections: 0 };
      doc.facts.amdSections++;
    } else if (this.#amd && /^(?:tech|rights|source|digiprov)MD$/.test(e.name)) {
      this.#amd.sections++;
      await judgeMetadata(doc, e, this.#around);
    } else if (isMets(e, 'fileSec')) judgeFileSection(doc, e);
    else if (isMets(e, 'fileGrp')) this.#groups.push(judgeGroup(doc, e));
    else if (isMets(e, 'file')) await judgeFile(doc, e, this.#groups.at(-1));
  }

  close(e: XmlElement): void {
    if (isMets(e, 'fileGrp')) closeGroup(this.#doc, this.#groups.pop()!, this.#groups.at(-1));
    else if (isMets(e, 'amdSec')) {
      if (this.#amd?.sections === 0)
        this.#doc.report.say('CSIP31', at(this.#doc, e), { detail: 'The section describes none.' });
      this.#amd = undefined;
    }
  }

  end(): void {
    const doc = this.#doc;
    const { report, facts, path } = doc;
    for (const fault of doc.ids.end()) sayFault(doc, fault);
    if (!facts.header) {
      report.say('CSIP117', path, { detail: 'It has none.' });
      this.kind = this.#given.as ?? kindOf(doc);
      if (doc.of === 'package' && this.kind !== 'CSIP') judgeKindOfRoot(doc, this.#root!, this.kind);
    }
    if (facts.amdSections > 1)
      report.say('CSIP31', path, { detail: `There are ${facts.amdSections} sections.` });
    if (facts.fileSections !== 1) report.say('CSIP58', path, { detail: `There are ${facts.fileSections}.` });
    this.maps.end();
    if (this.kind === 'SIP' && doc.of === 'package') judgeFormatsGiven(doc);
  }

  #open(root: XmlElement): void {
    this.#root = root;
    judgeRoot(this.#doc, root);
    const named = PROFILE.exec(this.#doc.facts.profile)?.groups;
    this.#doc.report.version = this.#given.version ?? versionOf(named?.major, named?.minor);
  }

  #header(e: XmlElement): void {
    const doc = this.#doc;
    const header = judgeHeader(doc, e);
    this.kind = this.#given.as ?? kindOf(doc);
    if (doc.of !== 'package') return;
    sayUnjudged(doc, this.kind);
    if (this.kind === 'CSIP') return;
    judgeKindOfRoot(doc, this.#root!, this.kind);
    if (this.kind === 'SIP') judgeSipHeader(doc, e, header);
    else judgeDipHeader(doc, e);
  }
}

/** Until 2.1 the address of the profile names no version, and what it asks hardly differs. */
function versionOf(major?: string, minor?: string): EarkVersion {
  if (major === undefined) return '2.1';
  if (major !== '2') return '2.2';
  return minor === '0' ? '2.0' : minor === '1' ? '2.1' : '2.2';
}

/** A submission or dissemination package with the profile of CSIP is judged by that alone. */
function sayUnjudged({ report, facts, path }: Judged, kind: EarkKind): void {
  const stated = facts.packageType;
  if (kind !== 'CSIP' || (stated !== 'SIP' && stated !== 'DIP')) return;
  const detail = `It is that of CSIP, by which alone the package was judged, though it calls itself ${stated}.`;
  report.say(`${stated}2`, path, { detail, severity: 'info' });
}

/**
 * What the package claims to be: by its profile, or by the kind of package it states unless its profile is CSIP's own,
 * which leaves all further rules to the two who exchange it.
 */
function kindOf({ facts }: Judged): EarkKind {
  const of = PROFILE.exec(facts.profile)?.groups?.of?.toUpperCase();
  if (of === 'SIP' || of === 'DIP') return of;
  if (of === 'CSIP') return 'CSIP';
  const stated = facts.packageType;
  return stated === 'SIP' || stated === 'DIP' ? stated : 'CSIP';
}

const TWICE: Readonly<Record<string, string>> = {
  dmdSec: 'CSIP18',
  digiprovMD: 'CSIP33',
  rightsMD: 'CSIP46',
  fileSec: 'CSIP59',
  fileGrp: 'CSIP65',
  file: 'CSIP67',
  structMap: 'CSIP83',
  div: 'CSIP85',
};
const REFERENCE: Readonly<Record<string, string>> = {
  'fileGrp ADMID': 'CSIP61',
  'file ADMID': 'CSIP74',
  'file DMDID': 'CSIP75',
};

function sayFault(doc: Judged, { fault, id, attribute, element }: IdFault): void {
  const place = at(doc, element);
  if (fault === 'twice') {
    const requirement = TWICE[element.name];
    const detail = `${quoted(id)} is the identifier of something else already.`;
    if (requirement) doc.report.say(requirement, place, { detail });
    else doc.report.add({ code: 'mets.duplicateId', severity: 'error', path: place, message: detail });
    return;
  }
  const requirement = REFERENCE[`${element.name} ${attribute}`];
  const detail = `${attribute} names ${quoted(id)}, which is no such section of the document.`;
  if (requirement) doc.report.say(requirement, place, { detail, severity: 'warning' });
  // Divisions and their pointers have requirements of their own.
  else if (element.name !== 'div' && element.name !== 'fptr')
    doc.report.add({ code: 'mets.danglingId', severity: 'error', path: place, message: detail });
}
