/** How far to both sides of a page's end a phrase is found that runs over it, in UTF-16 units of the text. */
const REACH = 32;

/** A page number alone on its line, as it stands below one page or above the next: 3, — 3 —, 第3页, 3/20. */
const NUMBER = String.raw`[-—–·•.\s/第页頁共\d]{1,16}`;
const LAST_LINE = new RegExp(`\\n${NUMBER}$`, 'u');
const FIRST_LINE = new RegExp(`^${NUMBER}\\n`, 'u');
const HAN = String.raw`\p{Script=Han}`;
/** Part of a word that a cut may have left; Chinese is cut anywhere. */
const LEFT_OVER_AT_START = new RegExp(`^(?:(?!${HAN})[\\p{L}\\p{N}\\p{M}])+`, 'u');
const LEFT_OVER_AT_END = new RegExp(`(?:(?!${HAN})[\\p{L}\\p{N}\\p{M}])+$`, 'u');

/** The end of a page and the beginning of the next as one text. */
export interface Bridge {
  text: string;
  /** Where in it the next page begins. */
  at: number;
}

/** What a phrase that runs over from one page to the next stands in; null where there is nothing on one side. */
export function bridgeOf(page: string, next: string): Bridge | null {
  const before = endOf(page.trimEnd().replace(LAST_LINE, '').trimEnd());
  const after = startOf(next.trimStart().replace(FIRST_LINE, '').trimStart());
  if (before === '' || after === '') return null;
  // Chinese goes on without a blank.
  const joint = new RegExp(`${HAN}$`, 'u').test(before) && new RegExp(`^${HAN}`, 'u').test(after) ? '' : '\n';
  return { text: before + joint + after, at: before.length };
}

function endOf(text: string): string {
  if (text.length <= REACH) return text;
  const cut = text.slice(-REACH).replace(/^[\udc00-\udfff]/, '');
  return cut.replace(LEFT_OVER_AT_START, '').trimStart();
}

function startOf(text: string): string {
  if (text.length <= REACH) return text;
  const cut = text.slice(0, REACH).replace(/[\ud800-\udbff]$/, '');
  return cut.replace(LEFT_OVER_AT_END, '').trimEnd();
}
