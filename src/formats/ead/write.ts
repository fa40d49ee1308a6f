import { attributes, textElement as el, xmlText } from '#formats/xml';

/** What a finding aid says of itself. */
export interface EadHead {
  recordId: string;
  title: string;
  /** Who keeps what is described. */
  agency: { code: string; name: string };
  made: Date;
  software: string;
}

/** One description to be written. */
export interface EadEntry {
  level: 'fonds' | 'series' | 'file' | 'item';
  /** Reference codes; a type such as `former` says which. */
  codes: readonly { text: string; type?: string }[];
  title: string;
  creator?: string | undefined;
  /** Days as `YYYY-MM-DD`. */
  date?: { text: string; from: string | null; to: string | null } | undefined;
  pages?: number | undefined;
  /** Elements of EAD with text of their own, such as `scopecontent`; others belong into `odd` with a heading. */
  blocks: readonly { element: string; head?: string; text: string }[];
  /** Digital objects, as paths or addresses. */
  files: readonly string[];
}

/**
 * Writes a finding aid in EAD3 piece by piece: `begin`, then descriptions opened and closed as they lie in one another, then
 * `end`. Nothing is kept.
 */
export function createEadWriter(head: EadHead) {
  return {
    begin(): string {
      const { agency, made } = head;
      const event =
        `${el('eventtype', '').replace('<eventtype>', '<eventtype value="created">')}` +
        `<eventdatetime standarddatetime="${made.toISOString()}">${made.toISOString()}</eventdatetime>` +
        `<agenttype value="machine"></agenttype>${el('agent', head.software)}`;
      return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ead xmlns="http://ead3.archivists.org/schema/">\n<control>' +
        `${el('recordid', head.recordId)}<filedesc><titlestmt>${el('titleproper', head.title)}</titlestmt></filedesc>` +
        '<maintenancestatus value="new"></maintenancestatus>' +
        `<maintenanceagency>${el('agencycode', agency.code)}${el('agencyname', agency.name)}</maintenanceagency>` +
        `<maintenancehistory><maintenanceevent>${event}</maintenanceevent></maintenancehistory></control>\n` +
        `<archdesc level="otherlevel" otherlevel="package"><did>${el('unittitle', head.title)}` +
        `<repository><corpname>${el('part', agency.name)}</corpname></repository></did>\n<dsc>\n`
      );
    },
    open: (entry: EadEntry): string => `<c level="${entry.level}">${didOf(entry)}${blocksOf(entry)}\n`,
    close: (): string => '</c>\n',
    end: (): string => '</dsc></archdesc></ead>\n',
  };
}

function didOf({ codes, title, creator, date, pages, files }: EadEntry): string {
  const said = [
    ...codes.map(({ text, type }) => `<unitid${attributes({ localtype: type })}>${xmlText(text)}</unitid>`),
    el('unittitle', title),
    date ? el('unitdate', date.text).replace('<unitdate>', `<unitdate${normal(date)}>`) : '',
    creator === undefined ? '' : `<origination><name>${el('part', creator)}</name></origination>`,
    pages === undefined ? '' : el('physdesc', `${pages} pages`),
  ];
  const objects = files.map((f) => `<dao${attributes({ daotype: 'derived', href: f })}></dao>`);
  if (objects.length > 1) said.push(`<daoset>${objects.join('')}</daoset>`);
  else said.push(...objects);
  return `<did>${said.join('')}</did>`;
}

const normal = ({ from, to }: NonNullable<EadEntry['date']>) =>
  attributes({ normal: from === null ? null : to === null || to === from ? from : `${from}/${to}` });

const blocksOf = ({ blocks }: EadEntry) =>
  blocks
    .map(({ element, head, text }) => `<${element}>${el('head', head)}${el('p', text)}</${element}>`)
    .join('');
