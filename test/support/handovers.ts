import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { handoverFiles } from '#formats/handover';
import { createTreeWriter } from '#formats/tree';
import { sql } from '#kernel/db';
import { ALL, deskOf } from '../../src/modules/transfer/testing/desk.ts';
import type { KeptHouse } from './keptHouse.ts';
import { stageFile } from './staged.ts';

/** A record that goes over: its code, and what its files hold. */
export interface Sent {
  code: string;
  files: readonly { name: string; bytes: Buffer }[];
}

/** A file's bytes, so many of them and like no other's. */
export const someBytes = (bytes: number): Buffer =>
  Buffer.from(randomBytes(Math.ceil(bytes / 2)).toString('hex'));

/** Writes a handover folder, or a ZIP of one. @returns its paths below `path`, for a folder */
export async function writeHandover(
  path: string,
  wrapper: 'zip' | 'folder',
  items: readonly Sent[],
): Promise<string[]> {
  const writer = await createTreeWriter(path, { wrapper });
  const paths: string[] = [];
  const input = () =>
    items.map(({ code, files }) => ({
      values: {
        档号: code,
        责任者: '县民政局',
        题名: `关于${code}号救济款发放的通知`,
        日期: '20230305',
        保管期限: '30年',
        密级: '公开',
      },
      folder: `${code.split('-')[0]}/WS/2023`,
      metadata: { 文件编号: '石民〔2023〕1号', 稿本: '正本' },
      files: files.map(({ name, bytes }) => ({
        name,
        bytes: bytes.length,
        open: async () =>
          (async function* () {
            yield bytes;
          })(),
      })),
    }));
  const note = { 移交单位: '县民政局', 内容描述: '2023年度文书档案', 软硬件环境: '任意' };
  for await (const file of handoverFiles({ note, items: input, digest: 'sm3' })) {
    paths.push(`p/${file.path}`);
    await writer.add({ ...file, path: `p/${file.path}` });
  }
  await writer.finish();
  return paths;
}

/** An agency of a kept house with its people and the archive's, and batches from one to the other. */
export async function handovers(kept: KeptHouse) {
  const { house } = kept;
  const { agencyId, who, out, act, answered, begin: beginEmpty } = await deskOf(kept);
  let made = 0;

  /** Uploads a package, a file or a folder, as the person who prepares it. */
  async function uploads(items: readonly Sent[], wrapper: 'zip' | 'folder'): Promise<string[]> {
    const path = join(out, wrapper === 'zip' ? `${++made}.zip` : String(++made));
    const paths = await writeHandover(path, wrapper, items);
    const stage = (at: string, metadata: Record<string, string>) =>
      stageFile(house.staging.folder, at, { ...metadata, person: who.clerk.id });
    if (wrapper === 'zip') return [await stage(path, { filename: '2023年移交.zip' })];
    const ids: string[] = [];
    for (const p of paths)
      ids.push(await stage(join(path, p), { filename: p.split('/').at(-1) ?? '', relativePath: p }));
    return ids;
  }

  async function begin(items: readonly Sent[], wrapper: 'zip' | 'folder' = 'zip'): Promise<string> {
    const id = await beginEmpty();
    await house.transfers.give(who.clerk, id, await uploads(items, wrapper));
    return id;
  }

  /** What a person does next with a batch that waits for one; on the way to being accepted whole. */
  async function nextByHand(id: string): Promise<string> {
    const { state } = await house.transfers.one(who.clerk, id);
    if (state === 'preparing') await act(who.clerk, id, 'precheck');
    if (state === 'checked') await act(who.officer, id, 'send');
    if (state === 'received') await act(who.receiving, id, 'register');
    if (state === 'reviewing') await answered(id);
    if (state === 'reviewing') await act(who.receiving, id, 'propose', ALL);
    if (state === 'proposed') await act(who.decider, id, 'accept');
    return state;
  }

  return { agencyId, who, out, uploads, begin, act, answered, nextByHand };
}
export type Handovers = Awaited<ReturnType<typeof handovers>>;

const sha512 = (bytes: Buffer) => createHash('sha512').update(bytes).digest('hex');

/**
 * What is not as it should be with records that went over: each is here once, its files byte for byte, its object sound and of
 * one version.
 */
export async function faultsOf({ house, db, archive }: KeptHouse, sent: readonly Sent[]): Promise<string[]> {
  const faults: string[] = [];
  const { repository } = house.preservation;
  const rows = await sql<{ code: string; id: string; digests: string[] | null }>`
    select u.reference_code as code, u.id,
      (select array_agg(c.sha512 order by c.ordinal) from preservation.content c where c.unit_id = u.id) as digests
    from holdings.unit u where u.archive_id = ${archive} and u.level = 'item'`.execute(db.owner);
  const here = Map.groupBy(rows.rows, (r) => r.code);
  for (const { code, files } of sent) {
    const [unit, ...more] = here.get(code) ?? [];
    here.delete(code);
    if (!unit || more.length > 0) {
      faults.push(`${code} is here ${unit ? more.length + 1 : 0} times`);
      continue;
    }
    // Beside them the item's own metadata, which the package has as a file.
    const wanted = new Set(files.map((f) => sha512(f.bytes)));
    const held = unit.digests ?? [];
    if (held.length !== files.length + 1 || held.filter((d) => wanted.has(d)).length !== wanted.size)
      faults.push(`${code} holds other files than were sent`);
    const object = `urn:uuid:${unit.id}`;
    for (const f of await repository.verify(object)) faults.push(`${code}: ${JSON.stringify(f)}`);
    if ((await repository.listVersions(object)).length !== 1)
      faults.push(`${code} has more than one version`);
  }
  for (const code of here.keys()) faults.push(`${code} is here and was not sent`);
  return faults;
}
