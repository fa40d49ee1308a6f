import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Database, sql } from '#kernel/db';
import type { AppLogin } from '#kernel/db/login';
import { messageOf } from '#kernel/errors';
import { embeddedVersion } from '#kernel/postgres';
import type { CliContext } from './command.ts';

export interface HealthCheck {
  name: string;
  state: 'ok' | 'warning' | 'problem' | 'notPerformed';
  message: string;
}

const GB = 1024 ** 3;

export function checkNode(version: string): HealthCheck {
  const fits = Number.parseInt(version, 10) >= 24;
  return {
    name: 'node',
    state: fits ? 'ok' : 'problem',
    message: fits ? `Node ${version}` : `Node ${version} is too old; start through ./lantai`,
  };
}

export function checkUser(uid: number | undefined): HealthCheck {
  return uid === 0
    ? { name: 'user', state: 'warning', message: 'runs as root; a user of its own is safer for service' }
    : { name: 'user', state: 'ok', message: 'an ordinary user' };
}

/** A folder we write in; not being there yet is no fault, it is made at the first start. */
export function checkFolder(name: string, path: string): HealthCheck {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat && !stat.isDirectory()) return { name, state: 'problem', message: `${path} is not a folder` };
  try {
    accessSync(stat ? path : nearest(path), constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return { name, state: 'problem', message: `this user may not write in ${path}` };
  }
  if (!stat) return { name, state: 'ok', message: `${path} (made at the first start)` };
  const open = (stat.mode & 0o044) !== 0;
  return open
    ? { name, state: 'warning', message: `${path} can be listed by other users of this machine (chmod go-r)` }
    : { name, state: 'ok', message: path };
}

function nearest(path: string): string {
  let at = path;
  while (!existsSync(at)) at = dirname(at);
  return at;
}

export function checkRoom(path: string): HealthCheck {
  const { bavail, blocks, bsize } = statfsSync(nearest(path));
  return judgeRoom(bavail * bsize, blocks * bsize);
}

/** @param free bytes */
export function judgeRoom(free: number, total: number): HealthCheck {
  const share = total > 0 ? free / total : 0;
  const message = `${(free / GB).toFixed(1)} GB free of ${(total / GB).toFixed(0)} GB`;
  const state = free < 0.5 * GB ? 'problem' : free < 5 * GB || share < 0.05 ? 'warning' : 'ok';
  return { name: 'disk', state, message };
}

/** @param further what else is looked at while the database is open */
export async function checkDatabase(
  ctx: CliContext,
  further: (db: Database) => Promise<HealthCheck[]> = async () => [],
): Promise<HealthCheck[]> {
  const name = 'database';
  const { databaseUrl, dataDir } = ctx.config;
  const there = ['postgresql', 'postgresql.location'].some((entry) => existsSync(join(dataDir, entry)));
  try {
    if (!databaseUrl && !there) {
      return [
        {
          name,
          state: 'ok',
          message: `none yet; PostgreSQL ${embeddedVersion()} makes it at the first start`,
        },
      ];
    }
    return await ctx.withDatabase(async ({ db, embedded, login }) => {
      const { rows } = await sql<{
        version: string;
      }>`select current_setting('server_version') as version`.execute(db.owner);
      const version = rows[0]?.version;
      return [
        {
          name,
          state: 'ok',
          message: `PostgreSQL ${version}, ${embedded ? 'built in' : 'by LANTAI_DATABASE_URL'}`,
        },
        judgeLogin(login),
        ...(await further(db)),
      ];
    });
  } catch (e) {
    return [{ name, state: 'problem', message: messageOf(e) }];
  }
}

/** Whether SQL smuggled into a request would meet a role that can become nothing else. */
export function judgeLogin(login: AppLogin): HealthCheck {
  const name = 'database login';
  if (login.kind !== 'none')
    return {
      name,
      state: 'ok',
      message: `the application is logged in as ${login.name} and can not leave it`,
    };
  return {
    name,
    state: 'warning',
    message: `the application has no login of its own (${login.reason}): SQL smuggled into a request could become the owner. Let the owner make roles, or set LANTAI_DATABASE_APP_URL`,
  };
}
