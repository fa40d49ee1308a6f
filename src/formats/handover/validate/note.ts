import type { FileTree } from '#formats/tree';
import { isRefusal, messageOf } from '#kernel/errors';
import type { HandoverProfile } from '../profile.ts';
import { keyedLines, readText } from '../text.ts';
import type { CatalogueFacts } from './catalogue.ts';
import type { Owners } from './owners.ts';
import { quoted, type Say } from './say.ts';

/** Judges the explanatory file 说明文件. @returns what it says, by key */
export async function checkNote(
  tree: FileTree,
  path: string,
  profile: HandoverProfile,
  facts: CatalogueFacts | undefined,
  owners: Owners,
  say: Say,
): Promise<ReadonlyMap<string, string> | undefined> {
  let decoded: Awaited<ReturnType<typeof readText>>;
  try {
    decoded = await readText(tree, path);
  } catch (e) {
    if (!isRefusal(e)) throw e;
    say('error', 'noteUnreadable', path, `The explanatory file can not be read: ${messageOf(e)}`);
    return undefined;
  }
  const { text, encoding, isCut, isDamaged } = decoded;
  if (isDamaged)
    say(
      'error',
      'noteEncoding',
      path,
      `The explanatory file holds bytes that are no text (read as ${encoding}).`,
    );
  if (isCut) say('warning', 'noteLength', path, 'Only the first mebibyte of the explanatory file was read.');
  const keys = keyedLines(text);
  if (keys.size === 0) {
    say('error', 'noteForm', path, 'The explanatory file has no line such as “移交单位：…”.');
    return keys;
  }
  for (const { name, need } of profile.note.keys)
    if (need !== 'may' && (keys.get(name)?.trim() ?? '') === '')
      say(
        need === 'must' ? 'error' : 'warning',
        'noteKey',
        path,
        `The explanatory file does not say “${name}”.`,
      );
  const range = keys.get('起止档号')?.trim() ?? '';
  if (range !== '' && facts && facts.rows > 0) checkRange(range, owners, path, say);
  return keys;
}

/** First and last reference code, between them a dash or 至. A code may hold dashes: each is tried. */
function checkRange(range: string, owners: Owners, path: string, say: Say): void {
  for (const match of range.matchAll(/\s*(?:至|—+|～|~|-+|到|\.\.+)\s*/g)) {
    const [first, last] = [range.slice(0, match.index), range.slice(match.index + match[0].length)];
    if (owners.hasCode(first.trim()) && owners.hasCode(last.trim())) return;
  }
  if (owners.hasCode(range)) return;
  say(
    'error',
    'noteRange',
    path,
    `“起止档号” says ${quoted(range)}; the catalogue does not have both of them.`,
  );
}
