import sharp from 'sharp';
import { createKeySet, type KeySet } from '#kernel/signing/keyset';
import type { CertifiedCopyInput, PageImage } from './input.ts';

export const issuedAt = new Date('2026-03-05T03:04:05.678Z');

/** A key set of an invented archive. */
export function sampleKeys(
  options: { code?: string; name?: string; statement?: 'ed25519' | 'sm2'; pdf?: 'p256' | 'rsa' } = {},
): Promise<KeySet> {
  return createKeySet({
    archiveCode: options.code ?? '330281',
    archiveName: options.name ?? '云州县档案馆',
    statementAlgorithm: options.statement ?? 'ed25519',
    pdfAlgorithm: options.pdf ?? 'p256',
    now: new Date('2026-01-01T00:00:00Z'),
    years: 10,
  });
}

/** A correct request for a short extract; tests change one thing. */
export function sampleInput(change: Partial<CertifiedCopyInput> = {}): CertifiedCopyInput {
  return {
    language: 'zh-CN',
    number: '云档证〔2026〕第000123号',
    unitId: '0198c0de-0000-7000-8000-000000000001',
    record: {
      referenceCode: 'J019-WS·1986-D30-MZ-0123',
      title: '王某某、李某某结婚登记申请书',
      fonds: { code: 'J019', name: '云州县民政局' },
      date: '1986年3月12日',
    },
    applicant: '王＊＊',
    purpose: '办理社会保险',
    officer: '林文',
    approver: '周岳',
    issuedAt,
    timeZone: 'Asia/Shanghai',
    verifyUrl: 'https://archives.example.org/verify/000123',
    passages: [{ label: '2', text: '双方自愿结婚，准予登记。' }],
    pages: [],
    ...change,
  };
}

/** A page image drawn for the test. */
export function samplePage(label: string, size: { width: number; height: number }, shade = 200): PageImage {
  return {
    label,
    read: async () => ({
      picture: await sharp({ create: { ...size, channels: 3, background: { r: shade, g: shade, b: shade } } })
        .jpeg()
        .toBuffer(),
    }),
  };
}
