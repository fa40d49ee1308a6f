import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IntakeHouse, intakeHouse } from './house.ts';

const run = promisify(execFile);
const EXAMPLES = new URL('../../examples/intake/', import.meta.url).pathname;
let all: IntakeHouse;
let env: NodeJS.ProcessEnv;
let folder: string;
beforeAll(async () => {
  all = await intakeHouse();
  const oa = await all.admitted();
  env = { ...process.env, LANTAI_URL: await all.listen(), LANTAI_TOKEN: oa.token };
  folder = join(all.folder, 'from');
  await mkdir(folder);
  await writeFile(join(folder, '正文.txt'), '正文');
  await writeFile(join(folder, '大.bin'), randomBytes(9 * 1024 * 1024));
});
afterAll(() => all?.close());

const records = async () =>
  (await all.house.filing.records(all.clerk.actor, { agencyId: all.civil, cursor: undefined, limit: 50 }))
    .items;

describe('the examples for makers of office systems', () => {
  it('in TypeScript send records with small and large files, and the second time change nothing', async () => {
    const list = join(folder, 'records.json');
    const metadata = { title: '关于年度预算的批复', date: '2025-05-06', creator: '县民政局' };
    const parts = [
      {
        id: '附1',
        part: 'annex',
        metadata: { title: '附件' },
        files: [{ path: '正文.txt', name: '附.txt' }],
      },
    ];
    await writeFile(
      list,
      JSON.stringify([
        { id: 'ts-1', metadata, files: [{ path: '正文.txt' }, { path: '大.bin' }], parts },
        { id: 'ts/2 ?', metadata: { ...metadata, title: '二' } },
      ]),
    );
    const script = join(EXAMPLES, 'send.ts');
    expect((await run(process.execPath, [script, list], { env })).stdout).toBe(
      'ts-1\ttaken\nts/2 ?\ttaken\n',
    );
    expect((await run(process.execPath, [script, list], { env })).stdout).toBe(
      'ts-1\tunchanged\nts/2 ?\tunchanged\n',
    );
    const [one] = (await records()).filter((r) => r.title === metadata.title);
    expect(one).toMatchObject({ files: 2, bytes: 9 * 1024 * 1024 + 6 });
    await writeFile(list, JSON.stringify([{ id: 'ts-3', metadata: { title: '' } }]));
    await expect(run(process.execPath, [script, list], { env })).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('metadata.title'),
    });
  });

  it('with curl send a record, and the second time change nothing', async () => {
    const order = ['-', '石民〔2025〕3号', '带"引号"的标题', '2025-05-07', join(folder, '大.bin')].slice(1);
    const first = await run(join(EXAMPLES, 'send.sh'), order, { env });
    expect(JSON.parse(first.stdout)).toMatchObject({ outcome: 'taken', senderId: '石民〔2025〕3号' });
    const again = await run(join(EXAMPLES, 'send.sh'), order, { env });
    expect(JSON.parse(again.stdout)).toMatchObject({ outcome: 'unchanged' });
    expect((await records()).filter((r) => r.title === '带"引号"的标题')).toHaveLength(1);
  });
});
