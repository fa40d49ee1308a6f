import { csipAttribute } from '#formats/mets';
import { attributeOf, type XmlElement } from '#formats/xml';
import { at, type Judged } from '../document.ts';
import { quoted } from '../report.ts';
import { asTerm, CONTENT_CATEGORIES, CONTENT_INFORMATION_TYPES } from '../vocabularies.ts';

/** CSIP1 to CSIP6: the root element. */
export function judgeRoot(doc: Judged, root: XmlElement): void {
  const { report, facts } = doc;
  const place = at(doc, root);
  facts.objid = attributeOf(root, 'OBJID')?.trim() ?? '';
  facts.profile = attributeOf(root, 'PROFILE')?.trim() ?? '';
  if (facts.objid === '') report.say('CSIP1', place, { detail: 'It gives none.' });
  else if (doc.name !== null && doc.name !== facts.objid)
    report.say('CSIP1', place, {
      detail: `It says ${quoted(facts.objid)}; the folder is ${quoted(doc.name)}.`,
      severity: 'warning',
    });
  judgeCategory(doc, root);
  judgeContentType(doc, root, { type: 'CSIP4', other: 'CSIP5' }, 'warning');
  if (facts.profile === '') report.say('CSIP6', place, { detail: 'It states none.' });
  else if (!/^(?:https?|urn|info):\S+$/i.test(facts.profile))
    report.say('CSIP6', place, { detail: `${quoted(facts.profile)} is no address.` });
}

function judgeCategory({ report, path }: Judged, root: XmlElement): void {
  const place = `${path}:${root.line}`;
  const type = attributeOf(root, 'TYPE');
  const other = csipAttribute(root, 'OTHERTYPE');
  const isOther = /^other$/i.test(type?.trim() ?? '');
  if (type === undefined || type.trim() === '') report.say('CSIP2', place, { detail: 'It states none.' });
  else if (!CONTENT_CATEGORIES.has(asTerm(type)))
    report.say('CSIP2', place, { detail: `${quoted(type)} is not in it.` });
  const say = (detail: string) => report.say('CSIP3', place, { detail, severity: 'error' });
  if (isOther && (other === undefined || other.trim() === '')) say('None is stated.');
  if (other === undefined || other.trim() === '') return;
  if (!isOther) say(`It says ${quoted(other)}, and the type is not "OTHER".`);
  else if (CONTENT_CATEGORIES.has(asTerm(other)) && !/^other$/i.test(other))
    say(`${quoted(other)} is in the vocabulary, and so a type.`);
}

/** CSIP4, CSIP5 and CSIP62, CSIP63: the content information type. @param absent null where it may be left out */
export function judgeContentType(
  { report, path }: Judged,
  e: XmlElement,
  ids: { type: string; other: string },
  absent: 'error' | 'warning' | null,
): void {
  const place = `${path}:${e.line}`;
  const type = csipAttribute(e, 'CONTENTINFORMATIONTYPE');
  const other = csipAttribute(e, 'OTHERCONTENTINFORMATIONTYPE');
  if (type === undefined) {
    if (absent !== null) report.say(ids.type, place, { detail: 'It states none.', severity: absent });
  } else if (!CONTENT_INFORMATION_TYPES.has(asTerm(type)))
    report.say(ids.type, place, { detail: `${quoted(type)} is not in it.`, severity: 'error' });
  const say = (detail: string) => report.say(ids.other, place, { detail, severity: 'error' });
  if (type === 'OTHER' && (other === undefined || other.trim() === '')) say('None is stated.');
  if (other === undefined) return;
  if (type !== 'OTHER') say(`It says ${quoted(other)}, and the type is not "OTHER".`);
  else if (CONTENT_INFORMATION_TYPES.has(asTerm(other)))
    say(`${quoted(other)} is in the vocabulary, and so a type.`);
}
