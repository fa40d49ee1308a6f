import { attributes, textElement as el, xmlText } from '#formats/xml';
import { OWN_ELEMENT } from './capture.ts';

/** What a finding aid says of itself. */
export interface EadHead {
  recordId: string;
  title: string;
  /** Who keeps what is described. */
  agency: { code: string; name: string };
  made: Date;
  software: string;
}

/** A text under the name of an element. */
export interface EadNote {
  element: string;
  text: string;
}

/** One description to be written. */
export interface EadEntry {
  /** A level of EAD, or any other word. */
  level: string;
  /** An XML name, unique in the document. */
  id?: string | undefined;
  /** Reference codes; a type such as `former` says which. */
  codes: readonly { text: string; type?: string }[];
  /** The first is the title, the others stand beside it. */
  titles: readonly string[];
  creators?: readonly string[];
  /** @property normal for machines: `1958`, `1958-03/1960` */
  dates?: readonly { text: string; normal?: string; bulk?: boolean }[];
  /** @property within which of them, counted from 0, it lies in, where that is said */
  containers?: readonly { type: string; text: string; within?: number }[];
  /** Other elements of the did (`physdesc`, `langmaterial`, `repository` …). */
  did?: readonly EadNote[];
  /** Elements of controlled access, a name each. */
  access?: readonly EadNote[];
  /** Elements of EAD with text of their own, such as `scopecontent`. */
  blocks: readonly EadNote[];
  /** What EAD has no element for, by its name: it is read again as it was. */
  own?: readonly { name: string; head: string; text: string }[];
  /** Digital objects, as paths or addresses. */
  objects?: readonly { href: string; text?: string }[];
}

const LEVELS = new Set(
  'class collection file fonds item recordgrp series subfonds subgrp subseries'.split(' '),
);

/**
 * Writes a finding aid in EAD3 piece by piece: `begin` with what the whole is, then descriptions opened and closed as they lie in
 * one another, then `end`. Nothing is kept.
 */
export function createEadWriter(head: EadHead) {
  return {
    /** @param whole what the finding aid describes. Default: a package named as the document */
    begin(whole?: EadEntry): string {
      const { agency } = head;
      const repository = `<repository><corpname>${el('part', agency.name || agency.code || '?')}</corpname></repository>`;
      const described = whole
        ? `<archdesc${levelOf(whole.level)}>${didOf(whole, repository)}${notesOf(whole)}`
        : `<archdesc level="otherlevel" otherlevel="package"><did>${el('unittitle', head.title)}${repository}</did>`;
      return `${controlOf(head)}${described}\n<dsc>\n`;
    },
    open: (entry: EadEntry): string =>
      `<c${levelOf(entry.level)}${attributes({ id: entry.id })}>${didOf(entry)}${notesOf(entry)}\n`,
    close: (): string => '</c>\n',
    end: (): string => '</dsc></archdesc></ead>\n',
  };
}

function controlOf({ recordId, title, agency, made, software }: EadHead): string {
  const at = made.toISOString();
  const event =
    `<eventtype value="created"></eventtype>` +
    `<eventdatetime standarddatetime="${at}">${at}</eventdatetime>` +
    `<agenttype value="machine"></agenttype>${el('agent', software)}`;
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<ead xmlns="http://ead3.archivists.org/schema/">\n<control>' +
    `${el('recordid', recordId)}<filedesc><titlestmt>${el('titleproper', title)}</titlestmt></filedesc>` +
    '<maintenancestatus value="new"></maintenancestatus>' +
    `<maintenanceagency>${el('agencycode', agency.code)}${el('agencyname', agency.name)}</maintenanceagency>` +
    `<maintenancehistory><maintenanceevent>${event}</maintenanceevent></maintenancehistory></control>\n`
  );
}

const levelOf = (level: string) =>
  LEVELS.has(level) ? ` level="${level}"` : attributes({ level: 'otherlevel', otherlevel: level });

const named = (name: string) => `<name>${el('part', name)}</name>`;

function didOf(e: EadEntry, more = ''): string {
  const said = [
    ...e.codes.map(({ text, type }) => `<unitid${attributes({ localtype: type })}>${xmlText(text)}</unitid>`),
    ...e.titles.map((title) => el('unittitle', title)),
    ...(e.dates ?? []).map(
      ({ text, normal, bulk }) =>
        `<unitdate${attributes({ unitdatetype: bulk ? 'bulk' : undefined, normal: normal || undefined })}>${xmlText(text)}</unitdate>`,
    ),
    ...(e.creators ?? []).map((name) => `<origination>${named(name)}</origination>`),
    ...containersOf(e),
    ...(e.did ?? []).map(didNote),
    objectsOf(e.objects ?? []),
  ];
  return `<did>${said.join('')}${more}</did>`;
}

function containersOf({ id, containers = [] }: EadEntry): string[] {
  const idOf = (n: number) => `${id ?? 'lantai'}-c${n + 1}`;
  const around = new Set(containers.map((c) => c.within));
  return containers.map(({ type, text, within }, n) => {
    const said = {
      id: id !== undefined && around.has(n) ? idOf(n) : undefined,
      localtype: type || undefined,
      parent: id === undefined || within === undefined ? undefined : idOf(within),
    };
    return `<container${attributes(said)}>${xmlText(text)}</container>`;
  });
}

function didNote({ element, text }: EadNote): string {
  if (element === 'langmaterial') return `<langmaterial>${el('language', text)}</langmaterial>`;
  if (element === 'repository') return `<repository><corpname>${el('part', text)}</corpname></repository>`;
  return `<${element}>${text.split('\n').map(xmlText).join('<lb></lb>')}</${element}>`;
}

function objectsOf(objects: NonNullable<EadEntry['objects']>): string {
  const all = objects.map(({ href, text }) => {
    const note = text ? `<descriptivenote>${paragraphs(text)}</descriptivenote>` : '';
    return `<dao${attributes({ daotype: 'unknown', href: href || undefined })}>${note}</dao>`;
  });
  return all.length > 1 ? `<daoset>${all.join('')}</daoset>` : all.join('');
}

const paragraphs = (text: string) => {
  const lines = text.split(/\r\n|[\r\n]/).filter((line) => line.trim() !== '');
  return lines.map((line) => el('p', line)).join('') || '<p></p>';
};

function notesOf({ blocks, access = [], own = [] }: EadEntry): string {
  const controlled = access.map(({ element, text }) => `<${element}>${el('part', text)}</${element}>`);
  return [
    ...blocks.map(({ element, text }) => `<${element}>${paragraphs(text)}</${element}>`),
    controlled.length > 0 ? `<controlaccess>${controlled.join('')}</controlaccess>` : '',
    ...own.map(
      ({ name, head, text }) =>
        `<odd${attributes({ localtype: `${OWN_ELEMENT}${name}` })}>${el('head', head)}${paragraphs(text)}</odd>`,
    ),
  ].join('');
}
