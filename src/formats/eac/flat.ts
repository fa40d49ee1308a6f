import { attributeOf, type XmlChild, type XmlElement } from '#formats/xml';

const XML = 'http://www.w3.org/XML/1998/namespace';
/** Elements that stand on lines of their own. */
const LINES = new Set(
  (
    'p item level list outline citation term placeEntry placeRole addressLine address function functions legalStatus legalStatuses mandate ' +
    'mandates occupation occupations place places language languageUsed languagesUsed conventionDeclaration source sources sourceEntry ' +
    'chronItem chronList event dateRange dateSet date descriptiveNote abstract head languageDeclaration script'
  ).split(' '),
);

/** The plain text of an element: one line for each block in it, white space runs as one blank. */
export function flat(of: XmlElement): string {
  /** `exact` where the document says that white space is to stay. */
  const lines = [{ text: '', exact: false }];
  const last = () => lines[lines.length - 1] ?? { text: '', exact: false };
  const begin = () => lines.push({ text: '', exact: false });
  const walk = (child: XmlChild, within: XmlElement): void => {
    if ('raw' in child) return;
    if ('text' in child) {
      const exact = attributeOf(within, 'space', XML) === 'preserve';
      last().exact ||= exact;
      last().text += exact ? child.text : child.text.replace(/\s+/g, ' ');
      return;
    }
    const isBlock = LINES.has(child.name);
    if (isBlock && last().text.trim() !== '') begin();
    else if (!isBlock && /\S$/.test(last().text)) last().text += ' ';
    for (const c of child.children) walk(c, child);
    // An empty paragraph is an empty line.
    if (isBlock && (child.name === 'p' || last().text.trim() !== '')) begin();
  };
  for (const c of of.children) walk(c, of);
  return lines
    .map(({ text, exact }) => (text.trim() === '' ? '' : exact ? text : text.trim()))
    .join('\n')
    .trim();
}

/** Text in one line. */
export function line(of: XmlElement | undefined): string {
  return of === undefined
    ? ''
    : flat(of)
        .replace(/\s*\n\s*/g, ' ')
        .trim();
}

/** Whether two texts say the same, however the white space around them and their accents are written. */
export function same(a: string | null | undefined, b: string | null | undefined): boolean {
  const plain = (t: string | null | undefined) => (t ?? '').normalize('NFC').trim();
  return plain(a) === plain(b);
}
