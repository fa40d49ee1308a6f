import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './place.ts';
import { isAlive, startTicks } from './processes.ts';

/** `service`: runs until told to stop (serve, worker). `command`: needs the server only for a task. */
export type Lifetime = 'service' | 'command';

/** One use of the server by one process. Its name says which process, for good: number, start, and a mark. */
export interface Tenant {
  token: string;
  lifetime: Lifetime;
}

/** Whether the process of a tenant still runs. */
export function tenantLives(token: string): boolean {
  const [pid, ticks] = token.split('_');
  return isAlive(Number(pid)) && startTicks(Number(pid)) === ticks;
}

/** Writes down that this process uses the server. */
export function moveIn(place: Place, lifetime: Lifetime): Tenant {
  const token = `${process.pid}_${startTicks(process.pid)}_${lifetime}_${randomUUID()}`;
  mkdirSync(place.tenants, { recursive: true });
  writeFileSync(join(place.tenants, token), '');
  return { token, lifetime };
}

export function moveOut(place: Place, tenant: Tenant): void {
  rmSync(join(place.tenants, tenant.token), { force: true });
}

/** The tenants whose processes run, services first. What dead ones left is swept. */
export function livingTenants(place: Place): string[] {
  let tokens: string[];
  try {
    tokens = readdirSync(place.tenants);
  } catch {
    return [];
  }
  const living = tokens.filter((token) => {
    const lives = tenantLives(token);
    if (!lives) rmSync(join(place.tenants, token), { force: true });
    return lives;
  });
  const isCommand = (token: string) => (token.split('_')[2] === 'command' ? 1 : 0);
  return living.sort((a, b) => isCommand(a) - isCommand(b));
}

/** Whose task it is to stop the server; undefined when nobody's, or that process is dead. */
export function currentOwner(place: Place): string | undefined {
  try {
    const token = readFileSync(place.owner, 'utf8').trim();
    return tenantLives(token) ? token : undefined;
  } catch {
    return undefined;
  }
}

export function giveTo(place: Place, token: string): void {
  const aside = `${place.owner}.${process.pid}`;
  writeFileSync(aside, `${token}\n`);
  renameSync(aside, place.owner);
}

/**
 * What a leaving tenant has to do.
 *
 * - `leave`: someone else will stop the server.
 * - `stop`: it is this tenant's task. A service stops what it started even if a command still uses it.
 * - a token: a command that started the server leaves it to whoever still uses it.
 */
export function dutyOf(
  tenant: Tenant,
  owner: string | undefined,
  others: readonly string[],
): 'leave' | 'stop' | { heir: string } {
  if (owner !== undefined && owner !== tenant.token) return 'leave';
  const heir = others[0];
  if (heir === undefined) return 'stop';
  return owner === tenant.token && tenant.lifetime === 'service' ? 'stop' : { heir };
}
