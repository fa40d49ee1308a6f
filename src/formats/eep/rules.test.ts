import { beforeAll, describe, expect, it } from 'vitest';
import type { KeySet } from '#kernel/signing/keyset';
import { trustBundlePem } from '#kernel/signing/trust';
import { bytesSource, signEep, signerOf, validateEep, wrapEep, writeEep } from './index.ts';
import { gathered, sampleInput, sampleKeys } from './testing.ts';

const SIGNED_AT = '2024-03-06T10:00:00+08:00';
let keys: KeySet;
let trust: string[];
/** Unsigned; signed; a signed layer around a signed package. */
let plain = '';
let signed = '';
let layered = '';

beforeAll(async () => {
  keys = await sampleKeys();
  trust = [trustBundlePem(keys)];
  const sign = (xml: string | Buffer) =>
    gathered(signEep(bytesSource(Buffer.from(xml)), [signerOf(keys)], SIGNED_AT));
  plain = (await gathered(writeEep(sampleInput()))).toString();
  signed = (await sign(plain)).toString();
  const revision = sampleInput({ layer: 1, title: '改题', createdAt: '2024-04-01T08:00:00+08:00' });
  layered = (await sign(await gathered(wrapEep(bytesSource(Buffer.from(signed)), revision)))).toString();
});

const codes = async (xml: string | Buffer, trusted = trust) => {
  const { findings } = await validateEep(bytesSource(Buffer.from(xml)), { trust: trusted });
  // Whose a sound signature is has tests of its own.
  return [...new Set(findings.map((f) => f.code))].filter((c) => c !== 'eep.signerTrusted').sort();
};

describe('EEP rules', () => {
  it('a package as written has nothing against it but that nobody signed it', async () => {
    expect(await codes(plain)).toEqual(['eep.unsigned']);
  });
  it('signed and layered packages have nothing against them', async () => {
    expect(await codes(signed)).toEqual([]);
    expect(await codes(layered)).toEqual([]);
  });

  /** One change to the unsigned package, and the code it has to give besides `eep.unsigned`. */
  const cases: [name: string, from: string | RegExp, to: string, code: string | string[]][] = [
    ['another root', /电子文件封装包/g, '封装', 'eep.root'],
    ['another namespace', 'ERM/encapsulation', 'ERM/other', 'eep.namespace'],
    ['a required element is missing', /<责任者>.*?<\/责任者>/, '', 'eep.missing'],
    ['a required attribute is missing', / eep版本="2009"/, '', 'eep.missing'],
    ['neither number of the item', /<室编件号>7<\/室编件号>/, '', 'eep.missing'],
    ['a required element is empty', '>20230305<', '><', 'eep.empty'],
    [
      'elements in another order',
      /(<全宗名称>.*?<\/全宗名称>)\s*(<立档单位名称>.*?<\/立档单位名称>)/,
      '$2$1',
      'eep.order',
    ],
    ['an element twice', /(<密级>.*?<\/密级>)/, '$1$1', 'eep.tooMany'],
    ['an element nobody knows', '<密级>', '<库存量>1</库存量><密级>', 'eep.unknownElement'],
    ['an attribute nobody knows', '<内容描述>', '<内容描述 descr="x">', 'eep.unknownAttribute'],
    ['text beside elements', '<内容描述>', '<内容描述>words', 'eep.strayText'],
    ['elements without the one around them', /<\/?文件实体>/g, '', 'eep.wrapperMissing'],
    ['an element later versions know', '<页数>', '<件数>1</件数><页数>', 'eep.notInSchema'],
    ['another version', '<版本>2009', '<版本>2010', 'eep.value'],
    ['no year', '<年度>2023', '<年度>二〇二三', 'eep.value'],
    [
      'no moment',
      '2024-03-05T09:30:00+08:00</封装包创建时间>',
      '2024-03-05 09:30:00</封装包创建时间>',
      'eep.value',
    ],
    [
      'a day that is none',
      '2024-03-05T09:30:00+08:00</封装包创建时间>',
      '2023-02-29T09:30:00</封装包创建时间>',
      'eep.value',
    ],
    ['no number', '<室编件号>7', '<室编件号>0', 'eep.value'],
    ['a word that is not of the list', '>历史行为<', '>以前<', 'eep.value'],
    ['the type of another content', '>原始型<', '>修改型<', ['eep.typeDescription', 'eep.typeMismatch']],
    ['another description of the type', '原始封装，未经修改', '原始', 'eep.typeDescription'],
    [
      'an identifier twice',
      '<机构人员标识符>J2</机构人员标识符>\n          <机构人员类型>',
      '<机构人员标识符>J1</机构人员标识符>\n          <机构人员类型>',
      ['eep.duplicateId', 'eep.reference'],
    ],
    ['an identifier of another form', '文档数据ID="修改0-', '文档数据ID="改0-', 'eep.idForm'],
    ['an identifier of another layer', '编码ID="修改0-', '编码ID="修改3-', 'eep.idForm'],
    ['no identifier', / 编码ID="[^"]*"/, '', 'eep.idMissing'],
    [
      'an agent that is not there',
      '<机构人员标识符>J1</机构人员标识符>\n          <文件标识符>',
      '<机构人员标识符>J9</机构人员标识符>\n          <文件标识符>',
      'eep.reference',
    ],
    [
      'another record',
      /<文件标识符>970121-2024-0007(<\/文件标识符>\s*<业务状态>)/,
      '<文件标识符>9$1',
      'eep.recordReference',
    ],
    ['data that is not there', /(编码数据ID="[^"]*")>[^<]*</, '$1 引用编码数据ID="别处"><', 'eep.reference'],
    ['no data', /(编码数据ID="[^"]*")>[^<]*</, '$1><', 'eep.noData'],
    ['data that is no Base64', /(编码数据ID="[^"]*")>/, '$1>§', 'eep.base64'],
    ['data that breaks off', /(编码数据ID="[^"]*")>./, '$1>', 'eep.base64'],
    ['another size', /<计算机文件大小>\d+/, '<计算机文件大小>7', 'eep.size'],
    ['another way of encoding', '>base64-pdf<', '>zip<', 'eep.encodingKeyword'],
    ['another format than the name says', '>base64-pdf<', '>base64-ofd<', 'eep.formatDiffers'],
    [
      'a digest of 5 bytes',
      />base64-pdf<([\s\S]*?编码数据ID="[^"]*")>[^<]*</,
      '>sha256-base64Binary<$1>aGVsbG8=<',
      'eep.digest',
    ],
    [
      'a digest in place of the file',
      />base64-pdf<([\s\S]*?编码数据ID="[^"]*")>[^<]*</,
      `>sha256-base64Binary<$1>${Buffer.alloc(32).toString('base64')}<`,
      'eep.noData',
    ],
  ];
  it.each(cases)('%s', async (_name, from, to, code) => {
    const changed = plain.replace(from, to);
    expect(changed).not.toBe(plain);
    const expected = [code].flat();
    expect((await codes(changed)).filter((c) => c !== 'eep.unsigned')).toEqual(expected);
  });

  /** The same for signatures, in the signed package. */
  const signatureCases: [name: string, from: string | RegExp, to: string, code: string | string[]][] = [
    ['a word changed', '工作计划', '工作总结', 'eep.signatureWrong'],
    ['a name of the signer changed', /(<电子签名>[\s\S]*?<签名人>)云州县/, '$1云川县', 'eep.signatureWrong'],
    ['the lock taken away', /<锁定签名>[\s\S]*<\/锁定签名>/, '', 'eep.signaturePair'],
    [
      'the signature taken away',
      /<电子签名块>[\s\S]*<\/电子签名块>/,
      '',
      ['eep.reference', 'eep.signaturePair'],
    ],
    [
      'a lock of another signature',
      '<被锁定签名标识符>修改0-签名1',
      '<被锁定签名标识符>修改0-签名2',
      'eep.reference',
    ],
    [
      'a digest in place of the signature',
      /(<锁定签名>[\s\S]*?<签名结果>)[^<]*/,
      '$1e8d0b48ce16c57f93246c136ce77b094',
      'eep.notASignature',
    ],
    [
      'an algorithm nobody knows',
      /(<锁定签名>[\s\S]*?<签名算法标识>)[^<]*/,
      '$1ROT13',
      'eep.algorithmUnknown',
    ],
    [
      'an algorithm of another key',
      /(<锁定签名>[\s\S]*?<签名算法标识>)[^<]*/,
      '$1SHA256withRSA',
      'eep.algorithmMismatch',
    ],
    [
      'a certificate that can not be read',
      /(<锁定签名>[\s\S]*?<证书>)[^<]*/,
      '$1aGVsbG8=',
      'eep.certificate',
    ],
    [
      'a rule that is not ours, and nothing fits',
      /(<锁定签名>[\s\S]*?<签名规则>)[^<]*([\s\S]*?<签名结果>)..../,
      '$1另一规则$2MAAA',
      'eep.signatureUnproved',
    ],
    ['a time before the certificate', /(<锁定签名>[\s\S]*?<签名时间>)2024/, '$12019', 'eep.certificateTime'],
  ];
  it.each(signatureCases)('signature: %s', async (_name, from, to, code) => {
    const changed = signed.replace(from, to);
    expect(changed).not.toBe(signed);
    expect(await codes(changed)).toEqual([code].flat());
  });
  it('a signer nobody trusts is said to be so, and layout may change', async () => {
    expect(await codes(signed, [])).toEqual(['eep.signerNotTrusted']);
    expect(await codes(signed.replaceAll('\n', '\r\n    '))).toEqual([]);
    const { findings } = await validateEep(bytesSource(Buffer.from(signed)), { trust });
    expect(findings.map((f) => `${f.severity} ${f.code}`)).toEqual([
      'info eep.signerTrusted',
      'info eep.signerTrusted',
    ]);
  });

  it('layers: the number, the time, and each signature by itself', async () => {
    expect(await codes(layered.replace('<修改标识符>修改1', '<修改标识符>修改2'))).toEqual([
      'eep.layerNumber',
      'eep.signatureWrong',
    ]);
    expect(
      await codes(
        layered.replace(
          '2024-04-01T08:00:00+08:00</封装包创建时间>',
          '2020-04-01T08:00:00+08:00</封装包创建时间>',
        ),
      ),
    ).toEqual(['eep.layerTime', 'eep.signatureWrong']);
    const inner = await validateEep(bytesSource(Buffer.from(layered.replace('工作计划', '工作总结'))), {
      trust,
    });
    expect(inner.layers).toBe(2);
    expect(inner.signatures.map((s) => `${s.kind} ${s.layer} ${s.verdict}`)).toEqual([
      'signature 0 wrong',
      'signature 1 wrong',
      'lock 1 genuine',
    ]);
    const outer = await validateEep(bytesSource(Buffer.from(layered.replace('改题', '改過'))), { trust });
    expect(outer.signatures.map((s) => s.verdict)).toEqual(['genuine', 'wrong', 'genuine']);
  });
});
