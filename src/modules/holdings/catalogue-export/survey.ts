import type { Tx } from '#kernel/db';
import type { Used } from './sheets/columns.ts';
import { longestValues, surveyed, type Within } from './store/described.ts';

/** Elements and headings a list is made of; a workbook takes 16,384 columns. */
const MOST = 8_000;

export interface Survey extends Used {
  units: number;
}

/** How many entries are to leave, and what they say in all. */
export async function survey(tx: Tx, scope: Within): Promise<Survey> {
  const found = await surveyed(tx, scope, MOST);
  return { ...found, longest: await longestValues(tx, scope) };
}
