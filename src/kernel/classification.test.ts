import { describe, expect, it } from 'vitest';
import { bearsSecretMark, isSecret } from './classification.ts';

describe('a classification', () => {
  it.each([
    '秘密',
    '机密★10年',
    '絕密',
    '機密級',
    '极机密',
    'Top Secret',
    'secret',
    '秘密（5年）',
    '　机密　',
  ])('of %s is a state secret', (value) => expect(isSecret(value)).toBe(true));
  it.each([
    '',
    '公开',
    '内部',
    '工作秘密',
    '商业秘密',
    '原机密',
    '已解密',
    '机密（已解密）',
    'unclassified',
    'secretariat',
  ])('of %s is none', (value) => expect(isSecret(value)).toBe(false));
});

describe('a name', () => {
  it.each([
    '机密★关于某项工作的报告.pdf',
    '【秘密】会议纪要',
    '（绝密）附件.ofd',
    'X001/机密/0001.tif',
    '2020-机密-报告.docx',
    '秘密.pdf',
    '秘密10年 通知',
    '機密級文件',
    '报告(top secret).doc',
  ])('%s bears a mark', (name) => expect(bearsSecretMark(name)).toBe(true));
  it.each([
    '关于保守国家秘密的通知.pdf',
    '秘密结社档案汇编',
    '机密工作人员名册',
    '商业秘密保护办法',
    '婚姻登记档案',
    '机密（已解密）报告',
    'the secret garden.txt',
  ])('%s bears none', (name) => expect(bearsSecretMark(name)).toBe(false));
});
