import { type SpecVersion, versionNumber } from '../inventory.ts';
import type { Say } from './say.ts';

/** The names of all versions and the head: from 1 without gaps, one convention, the head the highest. */
export function checkVersionNames(
  names: readonly string[],
  head: unknown,
  spec: SpecVersion | null,
  where: string,
  say: Say,
): void {
  if (names.length === 0) {
    say.error('E008', where, 'The object has no version.');
    return;
  }
  const numbered: { name: string; n: number }[] = [];
  for (const name of names) {
    const n = versionNumber(name);
    if (n === null) {
      say.error('E046', where, `"${name}" does not name a version directory.`);
      if (spec !== '1.0' && !name.startsWith('v'))
        say.error('E104', where, `"${name}" does not begin with "v".`);
      else if (spec !== '1.0')
        say.error('E105', where, `"${name}" does not number a version 1, 2, 3 and so on.`);
    } else numbered.push({ name, n });
  }
  numbered.sort((a, b) => a.n - b.n);
  const first = numbered[0];
  const last = numbered.at(-1);
  if (!first || !last) return;
  if (first.n !== 1) say.error('E009', where, 'The versions do not begin with 1.');
  for (let i = 1; i < numbered.length; i++) {
    const [before, here] = [numbered[i - 1]!, numbered[i]!];
    if (here.n === before.n)
      say.error('E012', where, `${before.name} and ${here.name} are the same version.`);
    else if (here.n !== before.n + 1)
      say.error('E010', where, `Versions are missing between ${before.name} and ${here.name}.`);
  }
  checkPadding(
    numbered.map((v) => v.name),
    where,
    say,
  );
  if (head !== undefined && head !== last.name)
    say.error('E040', where, `The head is not the highest version, ${last.name}.`);
}

function checkPadding(names: readonly string[], where: string, say: Say): void {
  const first = names[0]!;
  const padded = first.startsWith('v0');
  if (padded) say.warning('W001', where, 'Version numbers are padded with zeros.');
  for (const name of names.slice(1)) {
    if (padded ? name.startsWith('v0') && name.length === first.length : !name.startsWith('v0')) continue;
    if (padded && !name.startsWith('v0'))
      say.error('E011', where, `${name} does not begin with v0 as ${first} does.`);
    else say.error('E012', where, `${name} is not written as ${first} is.`);
    say.error('E013', where, `${name} breaks the convention the first version set.`);
  }
}
