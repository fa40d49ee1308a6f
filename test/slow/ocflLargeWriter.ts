/** One step on a large object, in a process of its own, whose memory is what is measured. Started by the test beside it. */
import { join } from 'node:path';
import { filesystemReader, filesystemStore, openRepository, validateObject } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';

const [step = '', home = '', id = '', amount = '0', source = ''] = process.argv.slice(2);
const pool = createDigestPool();
const root = join(home, 'root');
const store = filesystemStore({ root, staging: join(home, 'staging'), pool, flush: 'filesystem' });
const repository = await openRepository({ store });
const many = (count: number, text: string) =>
  Array.from({ length: count }, (_, i) => ({
    logicalPath: `pages/${Math.floor(i / 1000)}/${String(i).padStart(6, '0')}.txt`,
    source: { bytes: Buffer.from(`${text} ${i}`) },
  }));
const put = (files: Parameters<typeof repository.putVersion>[1]['files']) =>
  repository.putVersion(id, {
    files,
    message: step,
    user: { name: 'Slow test', address: 'urn:test:slow' },
    created: new Date(),
  });
const steps: Readonly<Record<string, () => Promise<unknown>>> = {
  files: () => put(many(Number(amount), 'page')),
  more: () => put(many(Number(amount), 'page anew')),
  /** Many versions, one file each. */
  async versions() {
    for (let n = 0; n < Number(amount); n++)
      await put([{ logicalPath: 'count.txt', source: { bytes: Buffer.from(`number ${n}`) } }]);
  },
  large: () => put([{ logicalPath: 'film.mkv', source: { path: source } }]),
  async read() {
    const object = await repository.getObject(id);
    if (object.files().length === 0) throw new Error('the object has no files');
  },
  async check() {
    const path = join(root, repository.pathOf(id));
    const { findings } = await validateObject(filesystemReader(path, pool));
    if (findings.length > 0) throw new Error(JSON.stringify(findings.slice(0, 3)));
  },
};
const from = performance.now();
await steps[step]?.();
const seconds = Math.round((performance.now() - from) / 100) / 10;
const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1000);
process.stdout.write(`${JSON.stringify({ step, amount: Number(amount), seconds, peakMegabytes })}\n`);
await pool.close();
