import type { EadDescription } from '#formats/ead';
import { type LevelWord, readLevel } from '../../rows/values.ts';

const LEVELS: Readonly<Record<string, LevelWord>> = {
  class: 'series',
  collection: 'series',
  fonds: 'series',
  recordgrp: 'series',
  series: 'series',
  subfonds: 'series',
  subgrp: 'series',
  subseries: 'series',
  file: 'file',
  item: 'item',
};

/**
 * The level of a description: of an archdesc always the fonds, whatever part of one it calls itself, because nothing
 * stands above it; of a component by its `level`, else by its own word for it, else by whether anything lies under it.
 */
export function levelOf(d: EadDescription): LevelWord {
  if (d.depth === 1) return 'fonds';
  const named = LEVELS[d.level.toLowerCase()];
  if (named) return named;
  const own = d.otherLevel === '' ? undefined : readLevel(d.otherLevel);
  if (own && own !== 'fonds') return own;
  return d.hasParts ? 'series' : 'file';
}

/** The document's word where the level above does not say all of it. */
export function wordForLevel(d: EadDescription): string {
  const word = d.otherLevel !== '' ? d.otherLevel : d.level === 'otherlevel' ? '' : d.level;
  return word.toLowerCase() === levelOf(d) ? '' : word;
}
