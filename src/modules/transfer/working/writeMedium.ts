import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type NewFile, writeZip } from '#formats/tree';
import { dayIn } from '#kernel/calendar';
import type { TransferDeps } from '../deps.ts';
import type { MediaSet, Medium } from '../domain/media.ts';
import { gigabytes } from '../domain/register.ts';
import type { Batch } from '../store/batches.ts';
import { listedLines } from '../store/listed.ts';
import { outgoing } from './folders.ts';

interface Order {
  batch: Batch;
  archiveName: string;
  set: MediaSet;
  medium: Medium;
}

/**
 * Writes one medium of a set as a ZIP: an explanation, its lines of the signed list, and the files by their paths.
 *
 * @returns where it lies; its reader takes it away
 */
export async function writeMedium(deps: TransferDeps, order: Order): Promise<string> {
  await mkdir(deps.scratch, { recursive: true });
  const target = join(deps.scratch, `handover-medium-${randomUUID()}.zip`);
  try {
    await writeZip(target, filesOf(deps, order), { modified: deps.clock.now() });
  } catch (e) {
    await rm(target, { force: true });
    throw e;
  }
  return target;
}

async function* filesOf(deps: TransferDeps, order: Order): AsyncGenerator<NewFile> {
  const { batch, medium } = order;
  const root = medium.number;
  const place = outgoing(deps.folder, batch);
  yield { path: `${root}/说明文件.TXT`, content: noteOf(order, dayIn(deps.clock.now(), deps.timeZone)) };
  yield { path: `${root}/files.jsonl`, content: bytesOf(linesOf(deps, batch.id, medium)) };
  for await (const { file } of linesOf(deps, batch.id, medium))
    yield {
      path: `${root}/content/${file.path}`,
      bytes: file.bytes,
      content: createReadStream(join(place, file.path)),
    };
}

async function* linesOf(deps: TransferDeps, batchId: string, { first, files }: Medium) {
  let n = 0;
  for await (const line of listedLines(deps.db.owner, batchId)) {
    if (n >= first + files) return;
    if (n++ >= first) yield line;
  }
}

async function* bytesOf(lines: AsyncIterable<{ text: string }>): AsyncGenerator<Buffer> {
  for await (const { text } of lines) yield Buffer.from(text);
}

/** The explanatory file of a carrier (annex 2 of 2012 [S:T2012]), with the mark of UTF-8 that old editors want. */
function noteOf({ batch, archiveName, set, medium }: Order, day: string): string {
  const lines = [
    ['载体编号', medium.number],
    ['载体数量', `${set.media.length}（本张为第${medium.no}张）`],
    ['载体容量', `${gigabytes(set.mediumBytes)} GB`],
    ['交接工作名称', batch.title],
    ['内容描述', batch.content || batch.title],
    ['移交单位', batch.agencyName],
    ['接收单位', archiveName],
    ['制作单位', batch.agencyName],
    ['制作日期', day],
    ['文件数量', String(medium.files)],
    ['数据量', `${gigabytes(medium.bytes)} GB`],
    ['数字摘要', `SHA-256 ${medium.sha256}（本张的 files.jsonl）`],
    ['软硬件环境', 'files.jsonl逐行列出本张各文件的路径、字节数和SHA-256；content文件夹下为文件本身'],
  ];
  return `\ufeff${lines.map(([name, value]) => `${name}：${value}\r\n`).join('')}`;
}
