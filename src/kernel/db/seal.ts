import { createHmac, pbkdf2Sync } from 'node:crypto';
import type pg from 'pg';
import type { FilingReached, Reached, Scope } from './scope.ts';

/**
 * The seal on what a transaction is told of the asker. The settings row-level security asks may be set by any SQL of the
 * application's login, so they count only with a seal: an HMAC over all of them, the backend and the time, by a key that the
 * program and the owner of the database have (migrations/0081, 0082).
 */

/** What a transaction is told, in the order it is sealed in. */
export interface Told {
  scope: string;
  archives: string;
  reach: string;
  today: string;
  timezone: string;
}

/** @param timeZone by whose clock days begin where the scope names no day */
export function toldOf(scope: Scope, timeZone: string): Told {
  // What exists does so whatever an embargo says.
  const { archives, parts, places, units, fonds, fondsNumbers } = scope.exists;
  return {
    scope: scope.all ? 'all' : 'archives',
    archives: `{${archives.join(',')}}`,
    reach: JSON.stringify({
      exists: lists({ parts, places, units, fonds, fondsNumbers }),
      content: lists(scope.content),
      filing: lists(scope.filing ?? {}),
    }),
    today: scope.today ?? '',
    timezone: timeZone,
  };
}

/** Lists as PostgreSQL writes arrays, so that no query of its own has to take them apart. */
function lists(reached: Partial<Reached> | Partial<FilingReached>): Record<string, string> {
  const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
  return Object.fromEntries(
    Object.entries(reached).map(([name, of]) => [name, `{${of.map(quoted).join(',')}}`]),
  );
}

/**
 * @param process the backend's process, which alone the seal is good for
 * @param at seconds since 1970, by the database's clock
 * @returns `at.mac`, as `lantai.seal_fits` takes it
 */
export function sealOf(key: Buffer, told: Told, process: number, at: number): string {
  const { scope, archives, reach, today, timezone } = told;
  const fields = [scope, archives, reach, today, timezone];
  // Line ends tell the fields apart.
  if (fields.some((f) => f.includes('\n'))) throw new Error('a line end in what a transaction is told');
  const mac = createHmac('sha256', key)
    .update([at, process, ...fields].join('\n'))
    .digest('hex');
  return `${at}.${mac}`;
}

/**
 * The key, drawn from the owner's password, or where the owner's address has none from that of the application's login. So
 * every process that has the addresses has the same one. It lies in the database and its dumps, so guessing a password by
 * it is made as slow as by what PostgreSQL keeps of passwords itself.
 *
 * @returns undefined where neither address has a password
 */
export function sealKey(ownerUrl: string, appUrl?: string): Buffer | undefined {
  for (const url of [ownerUrl, appUrl]) {
    const { username, password } = new URL(url ?? 'none:');
    if (password)
      return pbkdf2Sync(
        decodeURIComponent(password),
        `lantai seal of scopes\n${decodeURIComponent(username)}`,
        4096,
        32,
        'sha256',
      );
  }
  return undefined;
}

/**
 * Gives the database the key, where it has another or none. Plans hold the key they were made with, and altering the function has
 * them made anew; in one transaction, so that no plan of the new function has the old key.
 */
export async function giveSealKey(owner: pg.ClientBase, key: Buffer): Promise<void> {
  const blocks = [block(key, 0x36), block(key, 0x5c)];
  await owner.query('begin');
  try {
    const changed = await owner.query(
      `insert into lantai.seal_key as k (inner_block, outer_block) values ($1, $2)
       on conflict (one) do update set inner_block = excluded.inner_block, outer_block = excluded.outer_block
         where k.inner_block <> excluded.inner_block`,
      blocks,
    );
    if (changed.rowCount) await owner.query('alter function lantai.seal_fits(int) stable');
    await owner.query('commit');
  } catch (e) {
    await owner.query('rollback');
    throw e;
  }
}

/** What HMAC begins its inner and its outer hash with (RFC 2104). */
function block(key: Buffer, pad: number): Uint8Array {
  const filled = Buffer.alloc(64);
  key.copy(filled);
  return filled.map((byte) => byte ^ pad);
}
