import { randomBytes } from 'node:crypto';
import { copyFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { handoverFiles } from '#formats/handover';
import { createTreeWriter } from '#formats/tree';
import type { Actor, Capability } from '#kernel/actor';
import { newId } from '#kernel/ids';
import type { Checks } from '#modules/checks';
import { personAt } from '../../../../test/support/agencyPeople.ts';

const AGENCY: readonly Capability[] = ['holdings.read', 'filing.read', 'filing.write', 'filing.approve'];
const ARCHIVE: readonly Capability[] = [
  'holdings.read',
  'filing.read',
  'transfer.receive',
  'transfer.decide',
];

/** People of an agency and of the archive, each with everything their side may do: the rule of two persons keeps them apart. */
export const people = (archiveId: string, agencyId: string) => ({
  clerk: personAt(archiveId, '乔敬之', AGENCY, [agencyId]),
  officer: personAt(archiveId, '段明理', AGENCY, [agencyId]),
  stranger: personAt(archiveId, '外单位', AGENCY, [newId()]),
  receiving: personAt(archiveId, '沈接收', ARCHIVE, null),
  decider: personAt(archiveId, '陆馆长', ARCHIVE, null),
  security: personAt(archiveId, '安如山', ['secrets.handle'], null),
});

/** A whole upload of a person, as the upload server leaves it. @returns its id */
export async function uploaded(
  staging: string,
  who: Actor,
  path: string,
  name: string,
  relativePath: string | null = null,
): Promise<string> {
  const id = randomBytes(16).toString('hex');
  await copyFile(path, join(staging, id));
  const { size } = await stat(path);
  await writeFile(
    join(staging, `${id}.json`),
    JSON.stringify({ id, size, metadata: { filename: name, relativePath, person: who.id } }),
  );
  return id;
}

/** Answers everything of a check that waits for a person, as somebody accountable would who found it in order. */
export async function answerAll(checks: Checks, by: Actor, runId: string): Promise<void> {
  const { items } = await checks.report(by, runId);
  const awaited = items.filter((i) => i.standing === 'awaited' && i.mayAnswer);
  const answers = awaited.map(({ item }) => ({ slug: item.slug, verdict: 'yes' as const, reason: '已核对' }));
  if (answers.length > 0) await checks.answer(by, runId, answers);
}

export interface SentItem {
  code: string;
  title?: string;
  classification?: string;
  date?: string;
}

/** A handover folder in a ZIP. @param spoil changes one byte of a record after its digest was taken */
export async function handoverZip(
  path: string,
  items: readonly SentItem[],
  { spoil = false } = {},
): Promise<void> {
  const writer = await createTreeWriter(path, { wrapper: 'zip' });
  const record = (text: string) => ({
    name: '正文.txt',
    bytes: Buffer.byteLength(text),
    open: async () =>
      (async function* () {
        yield Buffer.from(text);
      })(),
  });
  const input = () =>
    items.map(({ code, title = `题名 ${code}`, classification = '公开', date = '20230305' }) => {
      return {
        values: {
          档号: code,
          责任者: '县民政局',
          题名: title,
          日期: date,
          保管期限: '30年',
          密级: classification,
        },
        folder: `${code.split('-')[0]}/WS/2023`,
        metadata: { 文件编号: '石民〔2023〕1号', 稿本: '正本' },
        files: [record(`正文 ${code}`)],
      };
    });
  const note = { 移交单位: '县民政局', 内容描述: '2023年度文书档案', 软硬件环境: '任意' };
  for await (const file of handoverFiles({ note, items: input, digest: 'sm3' })) {
    const isRecord = file.path.endsWith('.txt');
    if (spoil && isRecord) {
      const text = 'x'.repeat(file.bytes ?? 1);
      await writer.add({ ...file, path: `p/${file.path}`, content: Buffer.from(text) });
    } else await writer.add({ ...file, path: `p/${file.path}` });
  }
  await writer.finish();
}
