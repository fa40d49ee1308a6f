import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { auditActor, systemActor } from '#kernel/actor';
import { dayIn } from '#kernel/calendar';
import { syncFile, syncFolder, writeDurably } from '#kernel/durably';
import { Refusal } from '#kernel/errors';
import type { JobKind, JobRun } from '#kernel/jobs';
import type { Archive } from '#modules/holdings';
import { condemnedAmong } from '../disposal/store/units.ts';
import { insertEvents } from '../store/events.ts';
import type { MediaDeps } from './deps.ts';
import { csvCell, readmeOf } from './domain/readme.ts';
import { WORK } from './names.ts';
import { filesOf } from './objectFiles.ts';
import { mediumFolder, namesIn } from './places.ts';
import { changeMedium, type Medium, mediumById } from './store/media.ts';
import { type MediaPlan, type PlannedObject, planById, plannedPage } from './store/plans.ts';
import { verifyWritten } from './verify.ts';

export const WRITE_JOB = 'write-medium';
const TOGETHER = 200;
const SYSTEM = systemActor('lantai');

interface Order {
  id: string;
  folder: string;
  by: { id: string | null; name: string };
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Writes a medium into a folder: an OCFL storage root with some of the objects, and what explains it. An object is there
 * whole or not at all, so a killed run goes on where it was. Only when every file was read back and found to be what the
 * inventories say is the manifest written and the medium said to be so.
 */
export function writeJob(deps: MediaDeps): JobKind<Order> {
  return {
    name: WRITE_JOB,
    async run(job) {
      const medium = await mediumById(deps.db.owner, job.data.id);
      const plan = medium && (await planById(deps.db.owner, medium.planId));
      if (!medium || !plan || medium.state !== 'writing') return undefined;
      try {
        return await write(deps, plan, medium, job);
      } catch (e) {
        // Given up or not: what was in the way stands at the medium.
        await changeMedium(deps.db.owner, medium.id, { trouble: e instanceof Error ? e.message : String(e) });
        throw e;
      }
    },
  };
}

async function write(deps: MediaDeps, plan: MediaPlan, medium: Medium, job: JobRun<Order>): Promise<object> {
  const folder = await mediumFolder(deps.folders, job.data.folder);
  await claim(folder, plan, medium);
  const archive = (await deps.holdings.archives()).find((a) => a.id === medium.archiveId)!;
  await copyRootFiles(deps, folder);
  let [done, after] = [0, ''];
  const skipped = new Set<string>();
  for (;;) {
    const objects = await plannedPage(deps.db.owner, plan.id, {
      medium: medium.mediumNo,
      after,
      limit: TOGETHER,
    });
    if (objects.length === 0) break;
    after = objects.at(-1)!.objectId;
    const condemned = await condemnedAmong(
      deps.db.owner,
      objects.map((o) => o.objectId),
    );
    for (const o of objects) {
      job.signal.throwIfAborted();
      if (condemned.has(o.objectId)) skipped.add(o.objectId);
      else await copyObject(deps, folder, o);
      job.progress({ step: 'writing', done: ++done, total: medium.objects });
    }
  }
  await explain(deps, folder, plan, medium, archive, skipped);
  const proof = await verifyWritten(deps, { folder, plan, medium, skipped, job });
  // Before it is said to be written: nobody comes back to clear up on a medium that is.
  await rm(join(folder, WORK), { recursive: true, force: true });
  await finish(deps, plan, medium, job.data.by, proof, skipped);
  return { ...proof, skipped: skipped.size };
}

/** Takes an empty folder, or the one this medium was begun in. */
async function claim(folder: string, plan: MediaPlan, medium: Medium): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = (await namesIn(folder)) ?? [];
  const note = join(folder, 'medium.json');
  if (names.length > 0) {
    const there = await readFile(note, 'utf8').catch(() => '{}');
    let number: unknown;
    try {
      number = (JSON.parse(there) as { number?: unknown }).number;
    } catch {
      number = undefined;
    }
    if (number !== medium.number)
      throw new Refusal('media.notEmpty', 'The folder holds something else. Give an empty medium.', {
        found: typeof number === 'string' ? number : names[0],
      });
  }
  await mkdir(join(folder, WORK), { recursive: true });
  // What a killed run was about to put in place.
  for (const name of await readdir(folder))
    if (/^\.(README\.txt|medium\.json)\.[0-9a-f]+\.tmp$/.test(name)) await rm(join(folder, name));
  const text = {
    format: 'lantai medium',
    version: 1,
    number: medium.number,
    id: medium.id,
    plan: plan.number,
    purpose: medium.purpose,
    no: medium.mediumNo,
    of: plan.media,
    kind: medium.kind,
    objects: medium.objects,
  };
  await writeDurably(note, `${JSON.stringify(text, null, 2)}\n`);
}

/** Declaration, layout and its settings: so that the part is a storage root of its own. */
async function copyRootFiles(deps: MediaDeps, folder: string): Promise<void> {
  for (const e of (await deps.root.list('')) ?? []) {
    if (e.kind === 'file') await copyFile(deps, e.name, join(folder, 'ocfl', e.name));
    if (e.kind === 'folder' && e.name === 'extensions')
      for await (const f of filesOf(deps.root, 'extensions'))
        await copyFile(deps, `extensions/${f.path}`, join(folder, 'ocfl/extensions', f.path));
  }
}

async function copyFile(deps: MediaDeps, from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await pipeline(await deps.root.open(from), createWriteStream(to, { mode: 0o644 }));
  await syncFile(to);
}

/**
 * An object as it was planned: its versions up to that one, with that version's inventory as the object's own, as OCFL has
 * it. So all sets of a plan are alike, whenever they are written.
 */
async function copyObject(deps: MediaDeps, folder: string, o: PlannedObject): Promise<void> {
  const path = deps.pathOf(o.objectId);
  const to = join(folder, 'ocfl', path);
  if (await isThere(to)) return;
  const aside = join(folder, WORK, createHash('sha256').update(o.objectId).digest('hex').slice(0, 32));
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  const head = Number(o.head.slice(1));
  let files = 0;
  for await (const f of filesOf(deps.root, path)) {
    const [first = ''] = f.path.split('/');
    const version = /^v0*(\d+)$/.exec(first);
    if (version && f.path.includes('/') && Number(version[1]) > head) continue;
    const from = /^inventory\.json/.test(f.path) ? `${o.head}/${f.path}` : f.path;
    await copyFile(deps, `${path}/${from}`, join(aside, f.path));
    files++;
  }
  if (files === 0)
    throw new Refusal('media.objectMissing', `The storage root lacks ${o.objectId}. Mend it, then go on.`, {
      objectId: o.objectId,
    });
  await mkdir(dirname(to), { recursive: true });
  await rename(aside, to);
  await syncFolder(dirname(to));
}

/** README and register. */
async function explain(
  deps: MediaDeps,
  folder: string,
  plan: MediaPlan,
  medium: Medium,
  archive: Pick<Archive, 'code' | 'name'>,
  skipped: ReadonlySet<string>,
): Promise<void> {
  await writeDurably(
    join(folder, 'README.txt'),
    readmeOf({
      number: medium.number,
      archiveName: archive.name,
      archiveCode: archive.code,
      purpose: medium.purpose,
      plan: plan.number,
      no: medium.mediumNo,
      of: plan.media,
      writtenOn: dayIn(deps.clock.now(), deps.timeZone),
      objects: medium.objects - skipped.size,
    }),
  );
  const aside = join(folder, WORK, 'register.csv');
  const file = await open(aside, 'w', 0o644);
  try {
    await file.writeFile('\uFEFFobject,reference code,title,version,files,bytes,inventory sha512\r\n');
    for (let after = ''; ; ) {
      const objects = await plannedPage(deps.db.owner, plan.id, {
        medium: medium.mediumNo,
        after,
        limit: TOGETHER,
      });
      if (objects.length === 0) break;
      after = objects.at(-1)!.objectId;
      const names = await deps.db.system((tx) =>
        deps.holdings.names(
          tx,
          objects.flatMap((o) => o.unitId ?? []),
        ),
      );
      for (const o of objects) {
        if (skipped.has(o.objectId)) continue;
        const name = o.unitId ? names.get(o.unitId) : undefined;
        const cells = [
          o.objectId,
          name?.referenceCode ?? '',
          name?.title ?? '',
          o.head,
          o.files,
          o.bytes,
          o.inventoryDigest,
        ];
        await file.writeFile(`${cells.map(csvCell).join(',')}\r\n`);
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, join(folder, 'register.csv'));
}

async function finish(
  deps: MediaDeps,
  plan: MediaPlan,
  medium: Medium,
  by: Order['by'],
  proof: { files: number; bytes: number; manifestSha512: string },
  skipped: ReadonlySet<string>,
): Promise<void> {
  const at = deps.clock.now();
  await deps.db.system(async (tx) => {
    await changeMedium(tx, medium.id, {
      state: 'written',
      condition: 'good',
      files: proof.files,
      manifestSha512: proof.manifestSha512,
      writtenAt: at,
      writtenBy: by.name,
      trouble: null,
    });
    for (let after = ''; ; ) {
      const objects = await plannedPage(tx, plan.id, { medium: medium.mediumNo, after, limit: 1_000 });
      if (objects.length === 0) break;
      after = objects.at(-1)!.objectId;
      await insertEvents(
        tx,
        objects
          .filter((o) => !skipped.has(o.objectId))
          .map((o) => ({
            id: deps.newId(),
            objectId: o.objectId,
            archiveId: medium.archiveId,
            storeId: null,
            at,
            type: 'replication',
            outcome: 'success' as const,
            detail: { medium: medium.number, purpose: medium.purpose, version: o.head },
            actorId: by.id,
            actorName: by.name,
          })),
      );
    }
    await deps.audit.append(tx, {
      actor: auditActor(SYSTEM),
      archiveId: medium.archiveId,
      act: 'medium.written',
      target: { type: 'medium', id: medium.id },
      detail: {
        number: medium.number,
        objects: medium.objects - skipped.size,
        files: proof.files,
        sha512: proof.manifestSha512,
        orderedBy: by.name,
      },
    });
  });
}
