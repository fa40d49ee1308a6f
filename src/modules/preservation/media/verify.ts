import { createHash } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { filesystemReader, parseInventory } from '#formats/ocfl';
import { syncFolder } from '#kernel/durably';
import { Refusal } from '#kernel/errors';
import type { JobRun } from '#kernel/jobs';
import type { MediaDeps } from './deps.ts';
import { MANIFEST, WORK } from './names.ts';
import { filesOf } from './objectFiles.ts';
import type { Medium } from './store/media.ts';
import { type MediaPlan, type PlannedObject, plannedPage } from './store/plans.ts';

interface Written {
  folder: string;
  plan: MediaPlan;
  medium: Medium;
  skipped: ReadonlySet<string>;
  job: Pick<JobRun<object>, 'signal' | 'progress'>;
}

const differs = (path: string) =>
  new Refusal('media.differs', `What was written to ${path} is not what was read back. Use another medium.`, {
    path,
  });

/**
 * Reads every file of a written medium back, compares it with the inventories, and writes the manifest.
 *
 * @returns files and bytes read, and the digest of the manifest
 * @throws Refusal media.differs for the first file that is not what it should be
 */
export async function verifyWritten(
  deps: MediaDeps,
  { folder, plan, medium, skipped, job }: Written,
): Promise<{ files: number; bytes: number; manifestSha512: string }> {
  const aside = join(folder, WORK, MANIFEST);
  const manifest = await open(aside, 'w', 0o644);
  const all = createHash('sha512');
  let [files, bytes, done] = [0, 0, 0];
  /** Digests a file and enters it. */
  const enter = async (path: string): Promise<string> => {
    const { size, digests } = await deps.digests.digestFile(join(folder, path), ['sha512']);
    const digest = digests.sha512 ?? '';
    const line = `${digest}  ${path}\n`;
    all.update(line);
    await manifest.writeFile(line);
    files++;
    bytes += size;
    return digest;
  };
  const reader = filesystemReader(join(folder, 'ocfl'), deps.digests);

  async function object(o: PlannedObject): Promise<void> {
    const path = deps.pathOf(o.objectId);
    const text = await readFile(join(folder, 'ocfl', path, 'inventory.json'));
    const inventory = parseInventory(text, path);
    const left = new Set(inventory.manifest.keys());
    for await (const f of filesOf(reader, path)) {
      const at = `ocfl/${path}/${f.path}`;
      const digest = await enter(at);
      const content = inventory.manifest.get(f.path);
      left.delete(f.path);
      if (content !== undefined && inventory.digestAlgorithm === 'sha512' && content !== digest)
        throw differs(at);
      if (f.path === 'inventory.json' && digest !== o.inventoryDigest) throw differs(at);
      if (f.path.endsWith('/inventory.json')) {
        const beside = await readFile(`${join(folder, at)}.sha512`, 'utf8').catch(() => '');
        if (beside !== '' && !beside.startsWith(digest)) throw differs(at);
      }
    }
    for (const missing of left) throw differs(`ocfl/${path}/${missing}`);
  }

  try {
    for (const name of ['README.txt', 'medium.json', 'register.csv']) await enter(name);
    for (const e of ((await reader.list('')) ?? [])
      .filter((x) => x.kind === 'file')
      .sort((a, b) => (a.name < b.name ? -1 : 1)))
      await enter(`ocfl/${e.name}`);
    for await (const f of filesOf(reader, 'extensions')) await enter(`ocfl/extensions/${f.path}`);
    for (let after = ''; ; ) {
      const objects = await plannedPage(deps.db.owner, plan.id, {
        medium: medium.mediumNo,
        after,
        limit: 200,
      });
      if (objects.length === 0) break;
      after = objects.at(-1)!.objectId;
      for (const o of objects) {
        job.signal.throwIfAborted();
        if (!skipped.has(o.objectId)) await object(o);
        job.progress({ step: 'verifying', done: ++done, total: medium.objects });
      }
    }
    await manifest.sync();
  } finally {
    await manifest.close();
  }
  await rename(aside, join(folder, MANIFEST));
  await syncFolder(folder);
  return { files, bytes, manifestSha512: all.digest('hex') };
}
