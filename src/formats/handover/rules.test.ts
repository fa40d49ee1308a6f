import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTree } from '#formats/tree';
import { encodeGb18030 } from '#kernel/gb18030';
import { HANDOVER_2012, HANDOVER_2022, type HandoverProfile, validateHandover } from './index.ts';
import { NOTE, REGISTER, testItem, valuesFor, withHandover } from './testing.ts';

const items = [1, 2].map((n) =>
  testItem(
    n,
    [
      ['正文.pdf', Buffer.from(`%PDF-1.7 ${n}`)],
      ['附件.txt', Buffer.from('words')],
    ],
    { 页数: '3' },
  ),
);

const ITEM = '0001/WS/2023/0001-WS·2023·Y-0001';
const METADATA = `${ITEM}/元数据.XML`;
const CATALOGUE = '目录文件.XML';
const CATALOGUE_2012 = '文件目录.XML';
const REGISTER_FILE = '其他/电子档案移交与接收登记表.XML';
const DIGESTS = '其他/数字摘要清单.XML';

type Change = (root: string) => Promise<unknown>;
const replaced =
  (path: string, from: string | RegExp, to: string): Change =>
  async (root) => {
    const before = await readFile(join(root, path), 'utf8');
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    await writeFile(join(root, path), after);
  };
const removed =
  (path: string): Change =>
  (root) =>
    rm(join(root, path), { recursive: true });
const added =
  (path: string, content = 'words'): Change =>
  async (root) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  };
const all =
  (...changes: Change[]): Change =>
  async (root) => {
    for (const change of changes) await change(root);
  };
/** The list of digests would say of any change that there is one. */
const unlisted = (change: Change) => all(removed(DIGESTS), change);

async function codes(profile: HandoverProfile, change?: Change): Promise<string[]> {
  const input = {
    profile,
    note: NOTE,
    register: REGISTER,
    items: () => items.map((i) => valuesFor(profile, i)),
  };
  return withHandover(input, 'folder', async (_tree, path) => {
    await change?.(path);
    const tree = await openTree(path);
    const { findings } = await validateHandover(tree);
    await tree.close();
    return [...new Set(findings.map((f) => f.code.replace('handover.', '')))].sort();
  });
}

describe('handover folder rules', () => {
  it('folders as written have nothing against them', async () => {
    expect(await codes(HANDOVER_2022)).toEqual([]);
    expect(await codes(HANDOVER_2012)).toEqual([]);
  });

  const cases: [name: string, change: Change, code: string | string[]][] = [
    ['no explanatory file', unlisted(removed('说明文件.TXT')), 'noNote'],
    ['an explanatory file without lines', unlisted(added('说明文件.TXT', 'words')), 'noteForm'],
    ['an explanatory file without a key', unlisted(replaced('说明文件.TXT', /移交单位：.*/, '')), 'noteKey'],
    ['another count of items', unlisted(replaced('说明文件.TXT', '2件', '3件')), 'noteCount'],
    ['another range of codes', unlisted(replaced('说明文件.TXT', 'Y-0001至', 'Y-0009至')), 'noteRange'],
    [
      'bytes that are no text',
      unlisted((root) => appendFile(join(root, '说明文件.TXT'), Buffer.from([0xff, 0xff, 0x20, 0xff]))),
      'noteEncoding',
    ],
    ['no catalogue', unlisted(removed(CATALOGUE)), ['noCatalogue', 'noRow', 'noteCount', 'registerCount']],
    ['a catalogue of another root', unlisted(replaced(CATALOGUE, /文件目录>/g, '目录>')), 'catalogueRoot'],
    [
      'something among the rows',
      unlisted(replaced(CATALOGUE, '</文件目录>', '<说明>x</说明></文件目录>')),
      'catalogueElement',
    ],
    ['XML that breaks off', unlisted(replaced(CATALOGUE, '</文件目录>', '')), 'catalogueXml'],
    [
      'a document type',
      unlisted(replaced(CATALOGUE, '<文件目录>', '<!DOCTYPE a [<!ENTITY b "c">]><文件目录>')),
      ['catalogueEmpty', 'catalogueXml', 'noRow', 'noteCount', 'registerCount'],
    ],
    [
      'an empty catalogue',
      unlisted(added(CATALOGUE, '<文件目录/>')),
      ['catalogueEmpty', 'noRow', 'noteCount', 'registerCount'],
    ],
    ['a column is missing', unlisted(replaced(CATALOGUE, /<日期>.*?<\/日期>/g, '')), 'columnMissing'],
    [
      'a column nobody knows',
      unlisted(replaced(CATALOGUE, '<密级>', '<盒号>1</盒号><密级>')),
      'columnUnknown',
    ],
    [
      'columns in another order',
      unlisted(replaced(CATALOGUE, /(<责任者>.*?<\/责任者>)(<题名>.*?<\/题名>)/, '$2$1')),
      'columnOrder',
    ],
    [
      'a required value is empty',
      unlisted(replaced(CATALOGUE, /<保管期限>永久/, '<保管期限>')),
      'valueMissing',
    ],
    ['another sequence', unlisted(replaced(CATALOGUE, '<顺序号>2', '<顺序号>7')), 'sequence'],
    ['no date', unlisted(replaced(CATALOGUE, '<日期>20230305', '<日期>20231345')), 'date'],
    ['a retention period nobody knows', unlisted(replaced(CATALOGUE, '>永久<', '>很久<')), 'retention'],
    [
      'pages that are no number',
      unlisted(replaced(CATALOGUE, '<页数>3', '<页数>三')),
      ['countForm', 'pages'],
    ],
    [
      'a code twice',
      unlisted(replaced(CATALOGUE, 'Y-0002', 'Y-0001')),
      ['duplicateCode', 'noRow', 'noteRange'],
    ],
    ['a row without files', unlisted(removed(ITEM)), 'noFiles'],
    ['a file without row', unlisted(added('0001/WS/2023/0001-WS·2023·Y-0003/正文.pdf')), 'noRow'],
    ['no metadata', unlisted(removed(METADATA)), 'noMetadata'],
    [
      'metadata alone',
      unlisted(all(removed(`${ITEM}/正文.pdf`), removed(`${ITEM}/附件.txt`))),
      ['metadataFile', 'noContent'],
    ],
    ['metadata that can not be read', unlisted(replaced(METADATA, '</元数据>', '')), 'metadataXml'],
    ['metadata of another code', unlisted(replaced(METADATA, 'Y-0001', 'Y-0002')), 'metadataCode'],
    ['metadata of another title', unlisted(replaced(METADATA, '<题名>关于', '<题名>对于')), 'metadataTitle'],
    ['metadata of other pages', unlisted(replaced(METADATA, '<页数>3', '<页数>4')), 'pages'],
    ['a file the metadata speaks of is missing', unlisted(removed(`${ITEM}/附件.txt`)), 'metadataFile'],
    ['another size', unlisted(added(`${ITEM}/附件.txt`, 'other words')), 'size'],
    [
      'an empty file',
      unlisted(all(added(`${ITEM}/附件.txt`, ''), replaced(METADATA, '大小>5<', '大小>0<'))),
      'emptyFile',
    ],
    ['a packed file', unlisted(added(`${ITEM}/原件.zip`)), 'packed'],
    ['a file in the root', unlisted(added('附件.txt')), 'stray'],
    ['no register', unlisted(removed(REGISTER_FILE)), 'noRegister'],
    ['a register without a field', unlisted(replaced(REGISTER_FILE, />在线</, '><')), 'registerField'],
    ['a register of another count', unlisted(replaced(REGISTER_FILE, '2件', '9件')), 'registerCount'],
    ['a register of another volume', unlisted(replaced(REGISTER_FILE, '0.000', '7.000')), 'registerVolume'],
    [
      'a volume without three decimals',
      unlisted(replaced(REGISTER_FILE, '0.000', '0.00')),
      'registerVolumeForm',
    ],
    [
      'a register that one side has not signed',
      unlisted(replaced(REGISTER_FILE, /<接收单位.*?>.*?<\/接收单位.*?>/g, '')),
      'registerUnsignedByArchive',
    ],
    ['a signature without its day', unlisted(replaced(REGISTER_FILE, '20240613', '')), 'registerUndated'],
    [
      'a register that breaks off',
      unlisted(replaced(REGISTER_FILE, '</电子档案移交与接收登记表>', '')),
      'registerUnreadable',
    ],
    [
      'a register that was scanned',
      unlisted((root) => rename(join(root, REGISTER_FILE), join(root, '其他/登记表.jpg'))),
      'registerScan',
    ],
    ['one byte of a file changed', added(`${ITEM}/附件.txt`, 'WORDS'), 'digest'],
    [
      'a digest of what is not there',
      replaced(DIGESTS, `${ITEM}/附件.txt`, `${ITEM}/别.txt`),
      ['digestMissing', 'digestNoFile'],
    ],
    [
      'a digest that is none',
      replaced(DIGESTS, /(附件.txt<\/文件路径><数字摘要>)[^<]*/, '$1§'),
      ['digestForm', 'digestMissing'],
    ],
    [
      'a digest nobody knows',
      replaced(DIGESTS, /(附件.txt<\/文件路径><数字摘要>)[^<]*(<\/数字摘要><摘要算法>)SM3/, '$1abcd$2'),
      'digest',
    ],
    [
      'a digest of a length nobody knows, without algorithm',
      all(
        replaced(DIGESTS, /(附件.txt<\/文件路径><数字摘要>)[^<]*(<\/数字摘要><摘要算法>)SM3/, '$1abcd$2'),
        replaced(REGISTER_FILE, '>SM3<', '>见附件<'),
      ),
      ['digestAlgorithm', 'digestMissing'],
    ],
    [
      'a table that can not be told apart',
      unlisted(all(removed(CATALOGUE), added('目录文件.csv', '顺序号,档号,题名\n1,"A'))),
      ['catalogueEmpty', 'catalogueTable', 'noRow', 'noteCount', 'registerCount'],
    ],
    ['a file the list does not have', added(`${ITEM}/后来.txt`), ['digest', 'digestMissing']],
    [
      'a list so long that it counts beside the carrier',
      replaced(DIGESTS, '</数字摘要清单>', `${'\n'.repeat(3_000_000)}</数字摘要清单>`),
      [],
    ],
    ['a carrier of another size', replaced(DIGESTS, /<实际容量GB>[^<]*/, '<实际容量GB>1.500'), 'size'],
    ['a list that breaks off', replaced(DIGESTS, '</数字摘要清单>', ''), 'digestList'],
    [
      'a catalogue in GB 18030 that says it is UTF-8',
      unlisted(async (root) =>
        writeFile(join(root, CATALOGUE), encodeGb18030(await readFile(join(root, CATALOGUE), 'utf8'))),
      ),
      ['encoding', 'readAs'],
    ],
    [
      'a table in place of XML',
      unlisted(
        all(
          removed(CATALOGUE),
          added(
            '目录文件.csv',
            '\uFEFF顺序号,档号,责任者,题名,日期,保管期限,密级,页数\n1,0001-WS·2023·Y-0001,县,关于第1号工作的通知,20230305,永久,公开,3\n2,0001-WS·2023·Y-0002,县,关于第2号工作的通知,20230305,永久,公开,3\n',
          ),
        ),
      ),
      'catalogueForm',
    ],
  ];
  it.each(cases)('2022: %s', async (_name, change, code) => {
    expect(await codes(HANDOVER_2022, change)).toEqual([code].flat());
  });

  const older: [name: string, change: Change, code: string | string[]][] = [
    ['no folder of records', unlisted(removed('电子档案')), ['noFiles', 'noRecords']],
    ['no folder for the rest', removed('其他'), ['noOthers', 'noRegister']],
    [
      'a row that names no file',
      unlisted(replaced(CATALOGUE_2012, /<电子档案名称>[^<]*/, '<电子档案名称>')),
      ['noFiles', 'noRow', 'valueMissing'],
    ],
    [
      'a row that names another file',
      unlisted(replaced(CATALOGUE_2012, /Y-0001<\/电子档案名称>/, 'Y-0009</电子档案名称>')),
      ['noFiles', 'noRow'],
    ],
    ['a folder the layout does not know', unlisted(added('别的/x.txt')), 'stray'],
    ['a missing key is a warning', unlisted(replaced('说明文件.TXT', /检查单位：.*/, '')), 'noteKey'],
    [
      'a volume without files',
      unlisted(
        added(
          '案卷目录.XML',
          '<案卷目录><案卷><顺序号>1</顺序号><档号>AJ1</档号><责任者>县</责任者><题名>卷</题名><日期>2023</日期><密级>公开</密级><电子档案名称>不在</电子档案名称></案卷></案卷目录>',
        ),
      ),
      'noFiles',
    ],
    [
      'a volume with its items',
      unlisted(
        added(
          '案卷目录.XML',
          '<案卷目录><案卷><顺序号>1</顺序号><档号>AJ1</档号><责任者>县</责任者><题名>卷</题名><日期>2023</日期><密级>公开</密级><电子档案名称>0001/WS/2023</电子档案名称></案卷></案卷目录>',
        ),
      ),
      [],
    ],
  ];
  it.each(older)('2012: %s', async (_name, change, code) => {
    expect(await codes(HANDOVER_2012, change)).toEqual([code].flat());
  });

  it('a folder of neither layout is told so', async () => {
    expect(await codes(HANDOVER_2022, unlisted(all(removed(CATALOGUE), removed('说明文件.TXT'))))).toEqual([
      'notRecognised',
    ]);
  });
});
