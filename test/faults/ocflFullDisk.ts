/**
 * Writes versions onto a small file system that is filled up at random, and checks after each failure that nothing is
 * half there. Started by the test beside it, in a mount of its own. Says what it did in one line of JSON.
 */
import { readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createStorageRoot, filesystemStore, openRepository, validateRoot } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';

const [disk = '', sources = '', rounds = '0'] = process.argv.slice(2);
const pool = createDigestPool(1);
const filler = join(disk, 'filler');
const faults: string[] = [];
const codes = new Set<string>();
let failures = 0;
let acknowledgements = 0;

const codeOf = (e: unknown) => (e instanceof Error && 'code' in e ? String(e.code) : String(e));

/** Leaves so many bytes free. */
async function leaveFree(bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(disk);
  const size = bavail * bsize - bytes;
  if (size > 0) await writeFile(filler, Buffer.alloc(size));
}

async function makeRoot(flush: 'file' | 'filesystem') {
  for (const name of ['root', 'staging']) await rm(join(disk, name), { recursive: true, force: true });
  const store = filesystemStore({ root: join(disk, 'root'), staging: join(disk, 'staging'), pool, flush });
  await createStorageRoot(store);
  return { store, repository: await openRepository({ store }), known: new Map<string, string>() };
}
type Root = Awaited<ReturnType<typeof makeRoot>>;

/** Writes until something fails. */
async function writeOn({ repository, known }: Root, round: number): Promise<void> {
  for (let n = 0; n < 40; n++) {
    const count = `${round}/${n}`;
    const size = Math.floor(Math.random() * 90_000);
    const source = join(sources, 'source.bin');
    await writeFile(source, Buffer.alloc(size, n));
    const list = [0, 1, 2].slice(0, 1 + (n % 3)).map((k) => ({
      objectId: `urn:test:${(n + k) % 4}`,
      next: {
        files: [
          { logicalPath: 'count.txt', source: { bytes: Buffer.from(count) } },
          { logicalPath: `pages/${k}.bin`, source: { path: source } },
          { logicalPath: 'pages/small.bin', source: { bytes: Buffer.alloc(size % 9000, n) } },
        ],
        message: count,
        user: { name: 'Fault test', address: 'urn:test:faults' },
        created: new Date(),
      },
    }));
    let failed = false;
    const note = (e: unknown) => {
      failed = true;
      failures++;
      codes.add(codeOf(e));
    };
    try {
      for (const outcome of await repository.putVersions(list)) {
        if ('error' in outcome) note(outcome.error);
        else {
          acknowledgements++;
          known.set(`${outcome.result.objectId} ${outcome.result.version}`, count);
        }
      }
    } catch (e) {
      note(e);
    }
    if (failed) return;
  }
}

async function check({ store, repository, known }: Root): Promise<void> {
  for (const what of ['drafts', 'locks'])
    for (const left of await readdir(join(disk, 'staging', what)).catch(() => []))
      faults.push(`${what} has ${left}`);
  for (const [which, count] of known) {
    const [id = '', version] = which.split(' ');
    const { stream } = await repository.openFile(id, 'count.txt', { version, verify: true });
    if ((await text(stream)) !== count) faults.push(`${which} is not ${count}`);
  }
  await repository.sweepStaging();
  for (const f of (await validateRoot(store)).findings)
    if (f.severity !== 'info') faults.push(`${f.code} ${f.path}: ${f.message}`);
}

let root = await makeRoot('file');
for (let round = 0; round < Number(rounds) && faults.length === 0; round++) {
  if (round % 8 === 7) root = await makeRoot(round % 16 === 7 ? 'filesystem' : 'file');
  await leaveFree(Math.floor(Math.random() * 400_000));
  await writeOn(root, round);
  await rm(filler, { force: true });
  await check(root);
}
process.stdout.write(`${JSON.stringify({ failures, acknowledgements, codes: [...codes], faults })}\n`);
await pool.close();
