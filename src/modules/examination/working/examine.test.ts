import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildPdf } from '#formats/pdf-objects/testing';
import { writeZip } from '#formats/tree';
import { Thread } from '#kernel/threads';
import { isPlainFile } from '../domain/plain.ts';
import { examinePlace } from './examine.ts';
import type { ExaminationRequest, FoundEntries, FoundEntry } from './protocol.ts';

const LIMITS = { entries: 1_000, entryBytes: 1e8, totalBytes: 1e8, ratio: 300, depth: 64 };
const TEXT = Buffer.from('关于修桥的请示\n');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-examine-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Files of a bag, one of which may be other than its manifest says. */
function bagFiles(content: Buffer = TEXT): Record<string, Buffer> {
  const digest = createHash('sha256').update(TEXT).digest('hex');
  return {
    'bagit.txt': Buffer.from('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'),
    'manifest-sha256.txt': Buffer.from(`${digest}  data/a.txt\n`),
    'data/a.txt': content,
  };
}
async function* filesOf(files: Record<string, Buffer>, below: string) {
  for (const [path, content] of Object.entries(files))
    yield { path: below + path, bytes: content.length, content: [content] };
}
const examine = (path: string, veraPdf = 'none') =>
  examinePlace({ path, scratch: join(folder, 'scratch'), limits: LIMITS, trust: [], formats: {}, veraPdf });
async function entriesOf(examining: ReturnType<typeof examine>): Promise<FoundEntry[]> {
  const found: FoundEntry[] = [];
  for (;;) {
    const { entries, all } = await examining.next();
    found.push(...entries);
    if (all) return found;
  }
}

describe('what somebody sent is looked at', () => {
  it('a bag in a ZIP: judged, its tree told with formats, a file looked into, nothing left unpacked', async () => {
    const zip = join(folder, 'bag.zip');
    await writeZip(zip, filesOf(bagFiles(), 'bag/'));
    const examining = examine(zip);
    expect(await examining.judge()).toMatchObject({ kind: 'bag', valid: true });
    expect(await examining.open({ recognised: true })).toEqual({
      wrapper: 'zip',
      document: false,
      top: 'bag',
    });
    const entries = await entriesOf(examining);
    const text = entries.find((e) => e.path === 'bag/data/a.txt');
    expect(text).toMatchObject({ kind: 'file', bytes: TEXT.length, notIdentified: null });
    expect(text?.matches?.[0]?.puid).toBe('x-fmt/111');
    expect(entries.find((e) => e.path === 'bag/data')).toMatchObject({ kind: 'folder', matches: null });
    expect((await examining.inside('bag/data/a.txt')).inside.kind).toBe('other');
    expect(await readdir(join(folder, 'scratch'))).toEqual([]);
  });

  it('a folder with a file that has changed: the finding names it', async () => {
    const place = join(folder, 'bag');
    for (const [path, content] of Object.entries(bagFiles(Buffer.from('changed')))) {
      await mkdir(join(place, path, '..'), { recursive: true });
      await writeFile(join(place, path), content);
    }
    const examining = examine(place);
    const judged = await examining.judge();
    expect(judged).toMatchObject({ kind: 'bag', valid: false });
    expect(judged.findings).toContainEqual(
      expect.objectContaining({ code: 'bag.digest', severity: 'error', path: 'data/a.txt' }),
    );
    expect(await examining.open({ recognised: true })).toEqual({
      wrapper: 'folder',
      document: false,
      top: '',
    });
    expect((await entriesOf(examining)).map((e) => e.path).sort()).toEqual([
      'bagit.txt',
      'data',
      'data/a.txt',
      'manifest-sha256.txt',
    ]);
  });

  it('one file that is no package: its format is told, and that it holds no others', async () => {
    const gif = join(folder, 'page.gif');
    await writeFile(gif, 'GIF89a');
    const examining = examine(gif);
    expect(await examining.judge()).toMatchObject({ kind: 'unknown', valid: false });
    expect(await examining.open({ recognised: false })).toEqual({ wrapper: null, document: false, top: '' });
    const [only, ...rest] = await entriesOf(examining);
    expect(rest).toEqual([]);
    expect(only).toMatchObject({ path: 'page.gif', bytes: 6 });
    expect(only?.matches?.[0]?.puid).toBe('fmt/4');
  });

  it('a document that is packed as ZIP is one file to an archivist; other files in a ZIP are files in a ZIP', async () => {
    const ofd = join(folder, 'letter.ofd');
    const xml = '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0" DocType="OFD"/>';
    await writeZip(ofd, filesOf({ 'OFD.xml': Buffer.from(xml) }, ''));
    const letter = examine(ofd);
    expect(await letter.judge()).toMatchObject({ kind: 'unknown' });
    expect(await letter.open({ recognised: false })).toEqual({ wrapper: null, document: true, top: '' });
    const [only, ...rest] = await entriesOf(letter);
    expect(rest).toEqual([]);
    expect(only?.matches?.[0]?.puid).toBe('lantai/ofd');
    expect((await letter.inside('')).inside.kind).toBe('ofd');

    const zip = join(folder, 'files.zip');
    await writeZip(zip, filesOf({ 'a.txt': TEXT }, ''));
    const files = examine(zip);
    expect(await files.open({ recognised: false })).toMatchObject({ wrapper: 'zip', document: false });
    expect((await entriesOf(files)).map((e) => e.path)).toEqual(['a.txt']);
  });

  it('a ZIP that is cut off is a package gone wrong, not a plain file', async () => {
    const zip = join(folder, 'bag.zip');
    await writeZip(zip, filesOf(bagFiles(), 'bag/'));
    await writeFile(zip, (await readFile(zip)).subarray(0, 200));
    const examining = examine(zip);
    const judged = await examining.judge();
    const { wrapper } = await examining.open({ recognised: false });
    expect(judged.valid).toBe(false);
    expect(isPlainFile(wrapper, judged)).toBe(false);
    expect(isPlainFile(null, { kind: 'unknown', findings: [{ code: 'tree.notAWrapper' }] })).toBe(true);
  });

  it('what claims to be PDF/A is put to veraPDF too, by itself and within a package', async () => {
    const veraPdf = join(folder, 'verapdf');
    const answer =
      '<report><jobs><job><validationReport profileName="PDF/A-2B" isCompliant="false"><details failedRules="1"/></validationReport></job></jobs></report>';
    await writeFile(veraPdf, `#!/bin/sh\necho '${answer}'\nexit 1\n`);
    await chmod(veraPdf, 0o755);
    const pdf = buildPdf({ part: 2, level: 'b' });
    const alone = join(folder, 'a.pdf');
    await writeFile(alone, pdf);
    const zip = join(folder, 'files.zip');
    await writeZip(zip, filesOf({ 'a.pdf': Buffer.from(pdf) }, ''));
    for (const { inside } of [
      await examine(alone, veraPdf).inside(''),
      await examine(zip, veraPdf).inside('a.pdf'),
    ])
      expect(inside.pdf?.veraPdf).toMatchObject({ conforms: false, rules: 1 });
  });

  it('in a thread of its own, as the job does it', async () => {
    const zip = join(folder, 'bag.zip');
    await writeZip(zip, filesOf(bagFiles(), 'bag/'));
    const data = {
      path: zip,
      scratch: join(folder, 'scratch'),
      limits: LIMITS,
      formats: {},
      veraPdf: 'none',
    };
    const thread = new Thread({ script: new URL('./thread.ts', import.meta.url), data });
    try {
      const ask = <T = unknown>(request: ExaminationRequest) => thread.ask<T>(request, { timeoutMs: 60_000 });
      expect(await ask({ do: 'judge' })).toMatchObject({ kind: 'bag', valid: true });
      expect(await ask({ do: 'open', recognised: true })).toMatchObject({ wrapper: 'zip' });
      // A busy machine tells them in more than one answer.
      let told = 0;
      for (let all = false; !all; ) {
        const found = await ask<FoundEntries>({ do: 'next' });
        told += found.entries.length;
        all = found.all;
      }
      expect(told).toBeGreaterThanOrEqual(3);
      expect(await ask({ do: 'inside', path: 'bag/data/a.txt' })).toMatchObject({
        inside: { kind: 'other' },
      });
    } finally {
      await thread.stop();
    }
  });

  it('says that what was sent is gone, where it is', async () => {
    const examining = examine(join(folder, 'nothing.gif'));
    await expect(examining.inside('nothing.gif')).rejects.toMatchObject({ code: 'examination.gone' });
  });
});
