import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { JobKind, JobRun } from '#kernel/jobs';
import { insertEvents } from '../store/events.ts';
import type { MediaDeps } from './deps.ts';
import { MANIFEST } from './names.ts';
import { mediumFolder } from './places.ts';
import {
  changeMedium,
  insertLosses,
  insertTest,
  type Medium,
  type MediumTest,
  mediumById,
} from './store/media.ts';
import { plannedPage } from './store/plans.ts';

export const TEST_JOB = 'test-medium';
const MOST_FINDINGS = 200;

export interface TestOrder {
  id: string;
  folder: string;
  scope: 'sample' | 'all';
  by: { id: string | null; name: string };
}

type Finding = MediumTest['findings'][number];

interface Examined {
  files: number;
  bytes: number;
  bad: Finding[];
  /** Folders of objects that were looked into. */
  objects: Set<string>;
  manifestFits: boolean;
}

/** Whether a file is drawn: by its path and a seed nobody chose, about so many in a hundred. */
export function isDrawn(seed: string, path: string, share: number): boolean {
  const n = createHash('sha256').update(`${seed}\n${path}`).digest().readUInt32BE(0);
  return n % 10_000 < share * 100;
}

/**
 * Tests a medium that was fetched: whether it is the one it claims to be, whether every file of its manifest is there, and
 * whether those drawn, or all, are what they were. What it has lost is entered for each object.
 */
export function testJob(deps: MediaDeps): JobKind<TestOrder> {
  return {
    name: TEST_JOB,
    async run(job) {
      const medium = await mediumById(deps.db.owner, job.data.id);
      if (!medium?.manifestSha512) return undefined;
      const folder = await mediumFolder(deps.folders, job.data.folder);
      const seed = randomUUID();
      const found = await examine(deps, medium, folder, seed, job);
      return enterTest(deps, medium, job.data, seed, found);
    },
  };
}

async function examine(
  deps: MediaDeps,
  medium: Medium,
  folder: string,
  seed: string,
  job: JobRun<TestOrder>,
): Promise<Examined> {
  const found: Examined = { files: 0, bytes: 0, bad: [], objects: new Set(), manifestFits: false };
  const manifest = join(folder, MANIFEST);
  const digest = await deps.digests.digestFile(manifest, ['sha512']).catch(() => null);
  found.manifestFits = digest?.digests.sha512 === medium.manifestSha512;
  if (!found.manifestFits) {
    found.bad.push({ path: MANIFEST, code: digest ? 'altered' : 'missing' });
    return found;
  }
  let seen = 0;
  for await (const line of createInterface({
    input: createReadStream(manifest),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    job.signal.throwIfAborted();
    const [wanted = '', path = ''] = [line.slice(0, 128), line.slice(130)];
    if (path === '') continue;
    seen++;
    job.progress({ step: 'testing', done: seen, ...(medium.files ? { total: medium.files } : {}) });
    const there = await stat(join(folder, path)).catch(() => null);
    if (!there?.isFile()) {
      found.bad.push({ path, code: 'missing' });
      continue;
    }
    if (job.data.scope === 'sample' && seen > 1 && !isDrawn(seed, path, deps.rules.testShare)) continue;
    found.files++;
    found.bytes += there.size;
    found.objects.add(path);
    const got = await deps.digests.digestFile(join(folder, path), ['sha512']).catch(() => null);
    if (got?.digests.sha512 !== wanted) found.bad.push({ path, code: got ? 'altered' : 'unreadable' });
  }
  return found;
}

/** Which objects of a medium have files among these paths: the folders above each path are tried. */
function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    let at = path;
    while (at.includes('/')) {
      at = at.slice(0, at.lastIndexOf('/'));
      folders.add(at);
    }
  }
  return folders;
}

async function enterTest(
  deps: MediaDeps,
  medium: Medium,
  order: TestOrder,
  seed: string,
  found: Examined,
): Promise<object> {
  const at = deps.clock.now();
  const outcome = found.bad.length === 0 ? 'passed' : 'failed';
  const test: MediumTest = {
    id: deps.newId(),
    at,
    byName: order.by.name,
    scope: order.scope,
    seed,
    files: found.files,
    bytes: found.bytes,
    bad: found.bad.length,
    outcome,
    findings: found.bad.slice(0, MOST_FINDINGS),
  };
  const bad = foldersOf(found.bad.map((b) => b.path));
  const tested = foldersOf(found.objects);
  let lost = 0;
  await deps.db.system(async (tx) => {
    await insertTest(tx, medium, test);
    for (let after = ''; ; ) {
      const objects = await plannedPage(tx, medium.planId, { medium: medium.mediumNo, after, limit: 1_000 });
      if (objects.length === 0) break;
      after = objects.at(-1)!.objectId;
      const isBad = (id: string) => !found.manifestFits || bad.has(`ocfl/${deps.pathOf(id)}`);
      const losses = objects.map((o) => o.objectId).filter(isBad);
      await insertLosses(tx, medium, test.id, losses);
      lost += losses.length;
      await insertEvents(
        tx,
        objects
          .filter((o) => isBad(o.objectId) || tested.has(`ocfl/${deps.pathOf(o.objectId)}`))
          .map((o) => ({
            id: deps.newId(),
            objectId: o.objectId,
            archiveId: medium.archiveId,
            storeId: null,
            at,
            type: 'fixity check',
            outcome: isBad(o.objectId) ? ('failure' as const) : ('success' as const),
            detail: { medium: medium.number, scope: order.scope, test: test.id },
            actorId: order.by.id,
            actorName: order.by.name,
          })),
      );
    }
    await changeMedium(tx, medium.id, {
      testedAt: at,
      testOutcome: outcome,
      condition: outcome === 'passed' ? 'good' : 'damaged',
    });
    await deps.audit.append(tx, {
      actor: order.by,
      archiveId: medium.archiveId,
      act: outcome === 'passed' ? 'medium.testPassed' : 'medium.testFailed',
      target: { type: 'medium', id: medium.id },
      detail: { number: medium.number, files: found.files, bad: found.bad.length, objects: lost },
    });
  });
  return { outcome, files: found.files, bad: found.bad.length, lost };
}
