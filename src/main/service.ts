import { setTimeout as pause } from 'node:timers/promises';
import { type Actor, auditActor, type Capability, can, systemActor } from '#kernel/actor';
import { beginServing, whileNobodyServes } from '#kernel/db/presence';
import { Refusal } from '#kernel/errors';
import { newId } from '#kernel/ids';
import type { CliContext } from '../cli/command.ts';
import type { CliHouse, Service } from '../cli/house.ts';
import { startDatabase } from './database.ts';
import { rebuildHouse } from './rebuilding.ts';
import { listen, prepareQueues, work } from './serve.ts';
import { type House, openHouse } from './wire.ts';

type Base = Pick<
  CliContext,
  'config' | 'log' | 'home' | 'signal' | 'onHurriedExit' | 'actingAs' | 'actingAsGiven'
>;

/** The address people reach this install under: as set, else what it listens on. */
function publicUrlOf({ config }: Base): string {
  if (config.publicUrl) return config.publicUrl;
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  return `${config.tlsCert ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${config.port}`;
}

/** A command's use of the whole house; see CliContext. */
export async function withHouse<T>(ctx: Base, use: (house: CliHouse) => Promise<T>): Promise<T> {
  const database = await startDatabase({ ...ctx, lifetime: 'command' });
  const forget = ctx.onHurriedExit(() => database.stop());
  try {
    await prepareQueues(database.db, ctx.log);
    const house = await openHouse({ ...ctx, db: database.db, publicUrl: publicUrlOf(ctx) });
    try {
      return await use(cliHouse(house, await actorOf(ctx, house)));
    } finally {
      await house.close();
    }
  } finally {
    forget();
    await database.stop();
  }
}

/** Starts the server, the workers or both; see CliContext. */
export async function startService(ctx: Base, parts: { web: boolean; workers: boolean }): Promise<Service> {
  const database = await startDatabase({ ...ctx, lifetime: 'service' });
  const ends: (() => Promise<unknown>)[] = [() => database.stop()];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  const forget = ctx.onHurriedExit(() => database.stop());
  try {
    await prepareQueues(database.db, ctx.log);
    const house = await openHouse({ ...ctx, db: database.db, publicUrl: publicUrlOf(ctx) });
    ends.push(() => house.close());
    ends.push(await beginServing(database.db));
    let setupUrl: string | undefined;
    if (parts.web) {
      const app = await listen(house);
      ends.push(() => app.close());
      if (await house.identity.setupNeeded()) {
        setupUrl = `${house.publicUrl}/console/setup#${await house.identity.newSetupToken()}`;
      }
    }
    if (parts.workers) await work(house);
    return {
      house: cliHouse(house, await actorOf(ctx, house)),
      url: parts.web ? house.publicUrl : undefined,
      setupUrl,
      stop: async () => {
        await stop();
        forget();
      },
    };
  } catch (e) {
    await stop();
    forget();
    throw e;
  }
}

async function actorOf(ctx: Base, house: House): Promise<Actor> {
  return ctx.actingAsGiven ? house.identity.actorNamed(ctx.actingAs) : systemActor(ctx.actingAs);
}

/** Archives at the top of the tree: who looks after all of them looks after the installation. */
async function topsOf({ holdings }: House): Promise<string[]> {
  return (await holdings.archives()).filter((a) => a.parentId === null).map((a) => a.id);
}

/** @throws Refusal actor.forbidden for an account named with `--as` that may not do this in all of them */
function demandIn(actor: Actor, capability: Capability, archives: readonly string[]): void {
  if (archives.every((id) => can(actor, capability, id)) && (actor.kind === 'system' || archives.length > 0))
    return;
  throw new Refusal('actor.forbidden', `The roles of ${actor.name} do not include this.`, { capability });
}

/** The modules as commands use them, acting as somebody. */
export function cliHouse(house: House, actor: Actor): CliHouse {
  return {
    db: house.db,
    jobs: house.jobs,
    identity: house.identity,
    holdings: house.holdings,
    imports: house.imports,
    catalogue: house.catalogue,
    digitisation: house.digitisation,
    access: house.access,
    accessions: house.accessions,
    authorities: house.authorities,
    backups: house.backups,
    copies: house.copies,
    segments: house.segments,
    media: house.media,
    disposals: house.disposals,
    packages: house.packages,
    filing: house.filing,
    transfers: house.transfers,
    intake: house.intake,
    checks: house.checks,
    async fixity(order) {
      demandIn(actor, 'preservation.manage', await topsOf(house));
      return house.copies.verifyNow(order);
    },
    async rebuild(order) {
      demandIn(actor, 'preservation.manage', await topsOf(house));
      const done = await whileNobodyServes(house.db, () =>
        rebuildHouse({ ...house, newId }, { ...order, actor: auditActor(actor) }),
      );
      if (!done)
        throw new Refusal(
          'rebuild.serving',
          'A server or worker of this installation is running. Stop it first: people would see a catalogue that is half there.',
        );
      return done.value;
    },
    counts: {
      async verify() {
        demandIn(actor, 'preservation.manage', await topsOf(house));
        return house.holdings.verifyCounts();
      },
      async mend() {
        demandIn(actor, 'preservation.manage', await topsOf(house));
        await house.holdings.mendCounts(actor);
      },
    },
    actor,
    verifyAudit: () => house.verifyAudit(auditActor(actor)),
    auditKeeping: {
      async plan(keepMonths) {
        demandIn(actor, 'audit.report', await topsOf(house));
        await house.sequencer.place();
        return house.retention.plan(keepMonths);
      },
      async prune(keepMonths, reason) {
        demandIn(actor, 'audit.report', await topsOf(house));
        return house.retention.prune(auditActor(actor), keepMonths, reason);
      },
    },
    async rotateDataKeys(archiveId, reason) {
      const archives = archiveId ? [archiveId] : (await house.holdings.archives()).map((a) => a.id);
      demandIn(actor, 'rights.manage', archives);
      const order = { actor: auditActor(actor), reason, ...(archiveId ? { archiveId } : {}) };
      return house.personal.rotate(house.jobs, order);
    },
    workHere: () => work(house),
    async finishJobs(kinds, onWait) {
      for (;;) {
        const left = await house.jobs.pending(kinds);
        if (left === 0) return;
        onWait?.(left);
        await pause(300);
      }
    },
  };
}
