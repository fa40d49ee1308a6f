import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeGb18030 } from '#kernel/gb18030';
import { trustBundlePem } from '#kernel/signing/trust';
import {
  bytesSource,
  type EepSigner,
  eepAt,
  eepValue,
  readEep,
  signEep,
  signerOf,
  takeFiles,
  validateEep,
  wrapEep,
  writeEep,
} from './index.ts';
import { type Region, tellRegions } from './signing/canonical.ts';
import { gathered, sampleInput, sampleKeys } from './testing.ts';

/** The same as it comes back: elements without what only the writer knows. */
const told = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

async function filesOf(bytes: Buffer): Promise<{ layer: number; name: string; content: string }[]> {
  const found: { layer: number; name: string; pieces: Buffer[] }[] = [];
  await takeFiles(bytesSource(bytes), async ({ layer, name }) => {
    const pieces: Buffer[] = [];
    found.push({ layer, name, pieces });
    return new PassThrough().on('data', (piece: Buffer) => void pieces.push(piece));
  });
  return found.map(({ layer, name, pieces }) => ({
    layer,
    name,
    content: Buffer.concat(pieces).toString('hex'),
  }));
}

const words = fc.oneof(
  fc.string({
    unit: fc.constantFrom(
      '卷',
      '件',
      '𠮷',
      '㐀',
      '\u{2B740}',
      ' ',
      '　',
      'a',
      '&',
      '<',
      ']]>',
      '"',
      '\n',
      '\r',
      '\t',
      '￥',
      'é',
    ),
  }),
  fc.string({ unit: 'grapheme' }),
);
const holdable = words.filter((w) => !/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(w));
const title = holdable.filter((w) => w.trim() !== '');
const files = fc.array(
  fc.tuple(
    fc.constantFrom('正文.pdf', '附件 1.ofd', '𠮷.txt', '无扩展名'),
    fc.uint8Array({ maxLength: 500 }),
  ),
  {
    minLength: 1,
    maxLength: 4,
  },
);

describe('EEP round trips', () => {
  it('what was written is valid and read as it was, in both encodings, through signatures and layers', async () => {
    const keys = await sampleKeys('sm2', 'p256');
    const options = { trust: [trustBundlePem(keys)] };
    const sign = (bytes: Buffer) =>
      gathered(signEep(bytesSource(bytes), [signerOf(keys)], '2024-05-05T00:00:00+08:00'));
    const layer = fc.record({ title, abstract: holdable, files });
    await fc.assert(
      fc.asyncProperty(
        fc.array(layer, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('utf-8' as const, 'gb18030' as const),
        fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
        async (layers, encoding, isSigned) => {
          const inputs = layers.map((wish, number) => sampleInput({ ...wish, layer: number }));
          let bytes = await gathered(writeEep(inputs[0]!, encoding));
          for (const [number, input] of inputs.entries()) {
            if (number > 0) {
              const object = objectOf(bytes, encoding);
              bytes = await gathered(wrapEep(bytesSource(bytes), input));
              expect(bytes.includes(object)).toBe(true);
            }
            if (isSigned[number]) bytes = await sign(bytes);
          }
          const report = await validateEep(bytesSource(bytes), options);
          const bad = report.findings.filter(
            (f) => !['eep.unsigned', 'eep.formatDiffers', 'eep.signerTrusted'].includes(f.code),
          );
          expect(bad).toEqual([]);
          expect(report.signatures.every((s) => s.verdict === 'genuine' && s.trusted)).toBe(true);
          const read = await readEep(bytesSource(bytes));
          expect(read.layers.length).toBe(inputs.length);
          for (const [number, input] of inputs.entries()) {
            const { record, events, agents, recordRelations, agentRelations } = read.layers[number]!;
            expect(told({ record, events, agents, recordRelations, agentRelations })).toEqual(
              told({
                record: input.record,
                events: input.events,
                agents: input.agents,
                recordRelations: input.recordRelations,
                agentRelations: input.agentRelations,
              }),
            );
          }
          expect(await filesOf(bytes)).toEqual(
            layers.flatMap((wish, number) =>
              wish.files.map(([name, content]) => ({
                layer: number,
                name,
                content: Buffer.from(content).toString('hex'),
              })),
            ),
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  it('truncated, changed and hostile bytes give findings and no crash', async () => {
    const bytes = await gathered(writeEep(sampleInput()));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 2), fc.nat(255), fc.boolean(), async (at, value, cut) => {
        const bad = cut ? bytes.subarray(0, at) : Buffer.from(bytes);
        if (!cut) bad[at] = value;
        const report = await validateEep(bytesSource(bad));
        if (cut) expect(report.valid).toBe(false);
      }),
      { numRuns: 150 },
    );
    const codeOf = async (xml: string | Buffer) =>
      (await validateEep(bytesSource(Buffer.from(xml)))).findings[0]!.code;
    const text = bytes.toString();
    expect(await codeOf('')).toBe('eep.notWellFormed');
    expect(await codeOf(text.replace('<电子', '<!DOCTYPE x [<!ENTITY a "aaaa">]><电子'))).toBe(
      'eep.forbidden',
    );
    expect(
      await codeOf(text.replace('<电子文件封装包 ', `<电子文件封装包 a="${'x'.repeat(2_000_000)}" `)),
    ).toBe('eep.notWellFormed');
    expect(await codeOf(text.replace('<内容描述>', `<内容描述>${'<题名>'.repeat(5000)}`))).toBe(
      'eep.unknownElement',
    );
    expect(await codeOf(text.replace('UTF-8', 'GB18030'))).toBe('eep.encoding');
    expect(await codeOf(text.replace('UTF-8', 'x-nothing'))).toBe('eep.encoding');
  });

  it('the document says where: element path and line', async () => {
    const xml = (await gathered(writeEep(sampleInput()))).toString().replace('<密级>公开', '<密级>');
    const { findings } = await validateEep(bytesSource(Buffer.from(xml), 'a/b.xml'));
    const line = xml.slice(0, xml.indexOf('<密级>')).split('\n').length;
    expect(findings[0]!.path).toBe(
      `a/b.xml#/电子文件封装包/被签名对象/封装内容/文件实体块/文件实体/内容描述/密级:${line}`,
    );
  });

  it('what a system writes without an element around, or without knowing the standard, is still read', async () => {
    const xml = (await gathered(writeEep(sampleInput()))).toString();
    const { layers } = await readEep(
      bytesSource(
        Buffer.from(xml.replace(/<\/?文件实体>/g, '').replace('<密级>', '<库存量>1</库存量><密级>')),
      ),
    );
    expect(eepValue(layers[0]!.record, '内容描述', '库存量')).toBe('1');
    expect(eepAt(layers[0]!.record, '来源', '立档单位名称')?.text).toBe('云州县人民政府办公室');
    await expect(readEep(bytesSource(Buffer.from('<a/>')))).rejects.toMatchObject({ code: 'eep.unreadable' });
  });

  it('refuses to write what the standard would not allow, and to sign twice or with Ed25519', async () => {
    const input = sampleInput();
    await expect(gathered(writeEep({ ...input, events: [] }))).rejects.toMatchObject({
      code: 'eep.unwritable',
    });
    await expect(gathered(writeEep({ ...input, createdAt: 'today' }))).rejects.toMatchObject({
      code: 'eep.unwritable',
    });
    const keys = await sampleKeys('ed25519', 'p256');
    const bytes = await gathered(writeEep(input));
    const at = '2024-05-05T00:00:00+08:00';
    const signed = await gathered(signEep(bytesSource(bytes), [signerOf(keys)], at));
    await expect(gathered(signEep(bytesSource(signed), [signerOf(keys)], at))).rejects.toMatchObject({
      code: 'eep.alreadySigned',
    });
    const unfit: EepSigner = { ...signerOf(keys), key: keys.statement.privateKey };
    await expect(gathered(signEep(bytesSource(bytes), [unfit], at))).rejects.toMatchObject({
      code: 'eep.keyUnfit',
    });
  });
});

function objectOf(bytes: Buffer, encoding: 'utf-8' | 'gb18030'): Buffer {
  const text = new TextDecoder(encoding).decode(bytes);
  const before = text.slice(0, text.indexOf('<被签名对象'));
  const after = text.slice(text.lastIndexOf('</被签名对象>') + '</被签名对象>'.length);
  const length = (of: string) => (encoding === 'utf-8' ? Buffer.byteLength(of) : encodeGb18030(of).length);
  return bytes.subarray(length(before), bytes.length - length(after));
}

const version = spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? '';
describe.skipIf(!/^OpenSSL [3-9]/.test(version))('checked with the openssl command', () => {
  it.each([
    ['ed25519', 'p256', ['-sha256']],
    ['ed25519', 'rsa', ['-sha256']],
    ['sm2', 'p256', ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678']],
  ] as const)('a signature by %s/%s holds over the canonical text', async (statement, pdf, how) => {
    const folder = await mkdtemp(join(tmpdir(), 'lantai-eep-'));
    const path = (name: string) => join(folder, name);
    try {
      const keys = await sampleKeys(statement, pdf);
      const bytes = await gathered(
        signEep(
          bytesSource(await gathered(writeEep(sampleInput()))),
          [signerOf(keys)],
          '2024-05-05T00:00:00+08:00',
        ),
      );
      const text: Buffer[] = [];
      const region: Region = { name: '被签名对象', nth: 0, update: (piece) => void text.push(piece) };
      await tellRegions(bytesSource(bytes), [region]);
      const { layers } = await readEep(bytesSource(bytes));
      const signature = layers[0]!.signatures[0]!;
      await writeFile(path('text'), Buffer.concat(text));
      await writeFile(path('signature'), Buffer.from(eepValue(signature, '签名结果'), 'base64'));
      await writeFile(path('certificate'), Buffer.from(eepValue(signature, '证书块', '证书'), 'base64'));
      const openssl = (...args: string[]) =>
        execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' });
      openssl('x509', '-inform', 'DER', '-in', path('certificate'), '-noout', '-pubkey', '-out', path('key'));
      const said =
        statement === 'sm2'
          ? openssl(
              'pkeyutl',
              '-verify',
              '-pubin',
              '-inkey',
              path('key'),
              '-in',
              path('text'),
              '-sigfile',
              path('signature'),
              ...how,
            )
          : openssl('dgst', ...how, '-verify', path('key'), '-signature', path('signature'), path('text'));
      expect(said).toMatch(/Verified OK|Signature Verified Successfully/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
