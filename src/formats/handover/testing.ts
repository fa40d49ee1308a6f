import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTreeWriter, type FileTree, openTree, packageRoot, type WrittenWrapper } from '#formats/tree';
import type { HandoverProfile } from './profile.ts';
import type { HandoverItemInput } from './writing/item.ts';
import { type HandoverInput, handoverFiles } from './writing/write.ts';

export const NOTE = {
  移交单位: '云州县人民政府办公室',
  内容描述: '2023年度文书档案',
  软硬件环境: '任意文本、PDF阅读软件',
  载体编号: 'G-2024-01',
  保管单位: '云州县档案馆',
  制作单位: '云州县人民政府办公室',
  检查单位: '云州县档案馆',
};

export const REGISTER = {
  交接工作名称: '云州县人民政府2023年度第1批',
  内容描述: '2023年度文书档案',
  载体起止顺序号: '1至1',
  '移交载体类型、规格': '在线',
  准确性检验: '合格',
  完整性检验: '合格',
  可用性检验: '合格',
  安全性检验: '合格',
  载体外观检验: '合格',
  移交单位填表人: '韩志远',
  移交单位填表日期: '20240612',
  移交单位审核人: '苏文渊',
  移交单位审核日期: '20240612',
  接收单位审核人: '邵明远',
  接收单位审核日期: '20240613',
};

const once = (bytes: Uint8Array) => async () =>
  (async function* pieces() {
    yield bytes;
  })();

export function testItem(
  number: number,
  files: readonly (readonly [string, Uint8Array])[],
  values: Record<string, string> = {},
): HandoverItemInput {
  return {
    values: {
      档号: `0001-WS·2023·Y-${String(number).padStart(4, '0')}`,
      责任者: '云州县人民政府办公室',
      题名: `关于第${number}号工作的通知`,
      日期: '20230305',
      保管期限: '永久',
      密级: '公开',
      ...values,
    },
    folder: '0001/WS/2023',
    files: files.map(([name, bytes]) => ({ name, bytes: bytes.length, open: once(bytes) })),
  };
}

/** Columns of 2012 have no retention period. */
export const valuesFor = (profile: HandoverProfile, item: HandoverItemInput): HandoverItemInput => {
  const { 保管期限: _period, 页数: _pages, ...rest } = item.values;
  return profile.id === '2012' ? { ...item, values: rest } : item;
};

/** Writes a handover, and opens what was written. */
export async function withHandover<T>(
  input: HandoverInput,
  wrapper: WrittenWrapper,
  use: (tree: FileTree, path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-handover-'));
  try {
    const path = join(folder, 'package');
    const writer = await createTreeWriter(path, { wrapper });
    for await (const file of handoverFiles(input)) await writer.add(file);
    await writer.finish();
    const tree = await openTree(path);
    try {
      return await use(await packageRoot(tree), path);
    } finally {
      await tree.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
