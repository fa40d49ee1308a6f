import { type Capture, OWN_ELEMENT, ownName } from './capture.ts';
import { datesOf } from './dates.ts';
import { oneLine } from './flat-text.ts';
import type { EadDescription } from './types.ts';

/** Names that mean the same in different editions. */
const SAME: Readonly<Record<string, string>> = {
  physdescstructured: 'physdesc',
  daogrp: 'dao',
  daoset: 'dao',
  admininfo: 'descgrp',
  add: 'descgrp',
};

/** Writes what one element says into the description it belongs to. */
export function describe(d: EadDescription, c: Capture): void {
  d.internalNotes.push(...c.hidden);
  const { text, attributes: a } = c;
  const type = a.type ?? a.localtype ?? '';
  const own = ownName(c.name, a.localtype);
  if (own !== undefined) {
    if (text !== '') put(d, `${OWN_ELEMENT}${own}`, text);
    return;
  }
  if (c.internal && !d.internal) {
    if (text !== '') d.internalNotes.push(`${c.name}: ${text}`);
    return;
  }
  switch (c.name) {
    case 'recordId':
      if (d.recordId === '') d.recordId = oneLine(text);
      break;
    case 'unitid':
      if (text !== '') d.unitIds.push({ text: oneLine(text), type });
      break;
    case 'unittitle':
      if (text !== '') d.titles.push({ text: oneLine(text), type });
      d.dates.push(...datesOf(c.dates, false));
      for (const link of c.links) put(d, 'extref', link);
      break;
    case 'unitdate':
    case 'unitdatestructured':
      d.dates.push(...datesOf(c.dates, (a.type ?? a.unitdatetype) === 'bulk'));
      break;
    case 'container':
      if (text !== '' || a.label !== undefined)
        d.containers.push({
          type: type === '' && text !== '' ? (a.label ?? '') : type,
          text: text === '' ? (a.label ?? '') : oneLine(text),
          id: a.id ?? '',
          within: a.parent ?? '',
        });
      break;
    default: {
      const said = c.name === 'dao' && text === '' ? (a.title ?? '') : text;
      if (said !== '') put(d, SAME[c.name] ?? c.name, said);
    }
  }
}

function put(d: EadDescription, name: string, text: string): void {
  const list = d.elements.get(name);
  if (list) list.push(text);
  else d.elements.set(name, [text]);
}

export function emptyDescription(about: Pick<EadDescription, 'number' | 'above' | 'depth'>): EadDescription {
  return {
    ...about,
    level: '',
    otherLevel: '',
    hasParts: false,
    id: '',
    internal: false,
    recordId: '',
    unitIds: [],
    titles: [],
    dates: [],
    containers: [],
    elements: new Map(),
    internalNotes: [],
  };
}
