import type { EadDescription } from '#formats/ead';
import { TITLE_LIMIT } from '../../../domain/unit.ts';
import { containerText } from './containers.ts';
import { dateText } from './dates.ts';

const LONGEST_SUPPLIED = 120;

/**
 * The title of a description. EAD asks for none: what else names the component is put in square brackets, as supplied
 * titles are.
 */
export function titleOf(d: EadDescription): string {
  const given = ownTitle(d);
  if (given !== '') return given.length > TITLE_LIMIT ? shortened(given) : given;
  const notes = ['abstract', 'scopecontent', 'physdesc', 'dao'].map(
    (name) => d.elements.get(name)?.[0] ?? '',
  );
  const named = [dateText(d), d.unitIds[0]?.text ?? '', containerText(d.containers), ...notes].find(
    (x) => x !== '',
  );
  const line = (named ?? 'untitled').split('\n', 1)[0]!;
  return `[${line.length > LONGEST_SUPPLIED ? `${line.slice(0, LONGEST_SUPPLIED)}…` : line}]`;
}

function ownTitle(d: EadDescription): string {
  return (d.titles.find((t) => t.type !== 'filing') ?? d.titles[0])?.text ?? '';
}

/** Titles that no entry can hold are kept whole here, parallel and filing titles too. */
export function otherTitles(d: EadDescription): string {
  const own = ownTitle(d);
  const others = d.titles.map((t) => t.text).filter((t) => t !== own);
  if (own.length > TITLE_LIMIT) others.unshift(own);
  return [...new Set(others)].join('\n');
}

function shortened(title: string): string {
  const cut = title.lastIndexOf(' ', TITLE_LIMIT - 2);
  return `${title.slice(0, cut > TITLE_LIMIT / 2 ? cut : TITLE_LIMIT - 2).toWellFormed()} …`;
}
