import pg from 'pg';
import { Refusal } from '#kernel/errors';

/** What the database refuses of the order of the holdings, in words. */
const REFUSED: Readonly<Record<string, Refusal>> = {
  LT176: new Refusal('unit.parent', 'The entry above is not in this fonds.'),
  LT177: new Refusal('fonds.closed', 'This fonds is closed: it is part of another now.'),
};

/** A failure of a change of the order as what it means to who asked; others as they are. */
export function translated(e: unknown): Error {
  if (!(e instanceof pg.DatabaseError)) return e instanceof Error ? e : new Error(String(e));
  const known = e.code ? REFUSED[e.code] : undefined;
  if (known) return new Refusal(known.code, known.message, {}, { cause: e });
  if (e.code === '23505' && e.constraint === 'unit_reference_code')
    return new Refusal('unit.duplicate', 'Two entries would bear one reference code.', {}, { cause: e });
  return e;
}
