import { createKeySet, type KeySet } from '#kernel/signing/keyset';
import type { EepInput } from './model.ts';
import { eepNode, eepText } from './model.ts';
import { documentsNode } from './writing/documents.ts';

const bytesOf = (bytes: Uint8Array) => async () =>
  (async function* pieces() {
    yield bytes;
  })();

/** A file for a package, from memory. */
export const memoryFile = (name: string, bytes: Uint8Array) => ({
  name,
  bytes: bytes.length,
  open: bytesOf(bytes),
});

/** Keys of an invented archive, valid from 2024 on. */
export const sampleKeys = (
  statementAlgorithm: 'sm2' | 'ed25519' = 'sm2',
  pdfAlgorithm: 'p256' | 'rsa' = 'p256',
): Promise<KeySet> =>
  createKeySet({
    archiveCode: '970121',
    archiveName: '云州县档案馆',
    statementAlgorithm,
    pdfAlgorithm,
    now: new Date('2024-01-01T00:00:00Z'),
    years: 10,
  });

export interface SampleWish {
  layer?: number;
  title?: string;
  abstract?: string;
  createdAt?: string;
  files?: readonly (readonly [string, Uint8Array])[];
}

/** A whole package of invented records, for tests. */
export function sampleInput(wish: SampleWish = {}): EepInput {
  const {
    layer = 0,
    title = '关于印发云州县档案馆工作计划的通知',
    createdAt = '2024-03-05T09:30:00+08:00',
  } = wish;
  const files = wish.files ?? [['正文.pdf', Buffer.from('%PDF-1.7 words of a page')]];
  return {
    createdAt,
    createdBy: '云州县人民政府办公室',
    record: eepNode('文件实体', [
      eepText('聚合层次', '文件'),
      eepNode('来源', [
        eepText('全宗名称', '云州县人民政府'),
        eepText('立档单位名称', '云州县人民政府办公室'),
      ]),
      eepText('电子文件号', '970121-2024-0007'),
      eepNode('档号', [
        eepText('全宗号', '0001'),
        eepText('年度', '2023'),
        eepText('保管期限', '永久'),
        eepText('室编件号', '7'),
      ]),
      eepNode('内容描述', [
        eepText('题名', title),
        eepText('主题词', '计划', { 主题词表名称: '综合电子政务主题词表' }),
        ...(wish.abstract === undefined ? [] : [eepText('摘要', wish.abstract)]),
        eepText('责任者', '云州县人民政府办公室'),
        eepText('日期', '20230305'),
        eepText('密级', '公开'),
      ]),
      eepNode('形式特征', [eepText('文件组合类型', '单件'), eepText('页数', '3')]),
      eepNode('存储位置', [eepText('脱机载体编号', 'G-2024-01')]),
      eepNode('权限管理', [eepNode('授权', [eepText('授权对象', '公众'), eepText('授权行为', '查阅')])]),
      eepText('附注', '两份'),
      documentsNode(layer, [
        { isMain: true, title, files: files.map(([name, bytes]) => memoryFile(name, bytes)) },
      ]),
    ]),
    recordRelations: [
      eepNode('文件实体关系', [
        eepText('文件标识符', '970121-2024-0007'),
        eepText('被关联文件标识符', '970121-2024-0006'),
        eepText('关系类型', '前后关系'),
      ]),
    ],
    events: [
      eepNode('业务实体', [
        eepText('业务标识符', `Y${layer + 1}`),
        eepText('机构人员标识符', 'J1'),
        eepText('文件标识符', '970121-2024-0007'),
        eepText('业务状态', '历史行为'),
        eepText('业务行为', layer === 0 ? '归档' : '修改封装'),
        eepText('行为时间', createdAt),
      ]),
    ],
    agents: [
      eepNode('机构人员实体', [
        eepText('机构人员标识符', 'J1'),
        eepText('机构人员类型', '单位'),
        eepText('机构人员名称', '云州县人民政府办公室'),
      ]),
      eepNode('机构人员实体', [
        eepText('机构人员标识符', 'J2'),
        eepText('机构人员类型', '个人'),
        eepText('机构人员名称', '甲某'),
      ]),
    ],
    agentRelations: [
      eepNode('机构人员实体关系', [
        eepText('机构人员标识符', 'J2'),
        eepText('被关联机构人员标识符', 'J1'),
        eepText('关系', '属于'),
      ]),
    ],
  };
}

export async function gathered(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
