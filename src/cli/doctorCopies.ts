import { foreignLocks } from '#formats/ocfl';
import type { Database } from '#kernel/db';
import { copiesHealth, type StoreHealth, storeFolders } from '#modules/preservation';
import type { CliContext } from './command.ts';
import type { HealthCheck } from './doctorChecks.ts';

const day = (at: Date | null) => at?.toISOString().slice(0, 16).replace('T', ' ') ?? 'never';

/** How the stores are, and what is to be done about them. */
export async function checkCopies(db: Database, { config, clock }: CliContext): Promise<HealthCheck[]> {
  const { copiesWanted, cycleDays } = config.copies;
  const { stores, openAlarms } = await copiesHealth(db, { cycleDays, now: clock.now() });
  return [
    ...stores.flatMap((s) => judgeStore(s, cycleDays)),
    judgeNumber(stores.length, copiesWanted),
    judgeAlarms(openAlarms),
    ...(await checkLocks(await storeFolders(db))),
  ];
}

/** Locks of other machines: of one that is gone they stand for ever, and the objects can not be written. */
export async function checkLocks(
  folders: readonly { name: string; staging: string }[],
): Promise<HealthCheck[]> {
  const checks: HealthCheck[] = [];
  for (const { name, staging } of folders)
    for (const [machine, locks] of await foreignLocks(staging).catch(() => new Map<string, number>()))
      checks.push({
        name: `store ${name}`,
        state: 'warning',
        message: `${locks} objects are being written by ${machine}. Is that machine gone, or has it another name now: ./lantai locks --release ${machine}`,
      });
  return checks;
}

export function judgeNumber(stores: number, wanted: number): HealthCheck {
  const name = 'copies';
  if (stores < wanted)
    return {
      name,
      state: 'problem',
      message: `LANTAI_COPIES_WANTED asks for ${wanted} copies, and there ${stores === 1 ? 'is one store' : `are ${stores} stores`}: add one on the preservation page`,
    };
  if (stores === 1)
    return {
      name,
      state: 'warning',
      message:
        'everything is held once, in the storage root alone: what breaks there can not be mended. Add a store on another disk or machine',
    };
  return { name, state: 'ok', message: `${stores} stores, ${wanted} copies wanted` };
}

export function judgeAlarms(open: number): HealthCheck {
  return open === 0
    ? { name: 'alarms', state: 'ok', message: 'none open' }
    : { name: 'alarms', state: 'problem', message: `${open} open: see “my work” or the preservation page` };
}

export function judgeStore(s: StoreHealth, cycleDays: number): HealthCheck[] {
  const name = `store ${s.name}`;
  const checks: HealthCheck[] = [];
  if (s.reach === 'unreachable' || s.reach === 'foreign')
    return [
      {
        name,
        state: 'problem',
        message: `can not be used since ${day(s.unreachableSince)} (${s.trouble ?? s.reach}): bring it back, and copying goes on by itself; or say on the preservation page that it is lost`,
      },
    ];
  if (s.damaged + s.missing > 0)
    checks.push({
      name,
      state: 'problem',
      message: `${s.damaged} copies damaged, ${s.missing} missing: ./lantai fixity --all --repair mends them from good copies`,
    });
  if (s.behind + s.wanted > 0)
    checks.push({
      name,
      state: 'warning',
      message: `${s.wanted} copies still to be made, ${s.behind} to be brought on; this goes on while a server or worker runs`,
    });
  if (s.late + s.neverChecked > 0)
    checks.push({
      name,
      state: 'warning',
      message: `${s.late}${s.atLeast ? ' or more' : ''} copies not verified within ${cycleDays} days, ${s.neverChecked} never; give LANTAI_FIXITY_MB_PER_SECOND more, or run ./lantai fixity --all`,
    });
  if (checks.length === 0)
    checks.push({
      name,
      state: 'ok',
      message: `${s.sound} copies, the oldest check of ${day(s.oldestCheck)}`,
    });
  return checks;
}
