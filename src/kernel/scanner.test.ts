import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createScanner, readScanner, readVersion } from './scanner.ts';
import { createStaging } from './staging.ts';

const BAD = 'malicious-sample';
const folder = mkdtempSync(join(tmpdir(), 'lantai-scanner-'));
afterAll(() => rmSync(folder, { recursive: true }));
let n = 0;
const file = (text: string | Buffer) => {
  const path = join(folder, `file-${n++}; echo x`);
  writeFileSync(path, text);
  return path;
};

describe('the setting of a scanner', () => {
  it('is a clamd by socket or port, or a program', () => {
    expect(readScanner('clamd:/run/clamd.sock')).toEqual({ kind: 'clamd', at: { path: '/run/clamd.sock' } });
    expect(readScanner('clamd:127.0.0.1:3310')).toEqual({
      kind: 'clamd',
      at: { host: '127.0.0.1', port: 3310 },
    });
    expect(readScanner('clamd:[::1]:3310')).toEqual({ kind: 'clamd', at: { host: '::1', port: 3310 } });
    expect(readScanner('/usr/bin/scan')).toEqual({ kind: 'program', path: '/usr/bin/scan' });
    for (const words of ['', 'scan', 'clamd:', 'clamd:x', 'http://x', 'none'])
      expect(readScanner(words), words).toBeUndefined();
  });
});

describe('a clamd', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const s of servers.splice(0)) s.close();
  });

  /** Speaks INSTREAM as clamd does; `says` in the place of a verdict. */
  async function clamd(says?: string) {
    const path = join(folder, `clamd-${n++}`);
    const heard: number[] = [];
    const server = createServer((socket) => {
      let waiting: Buffer = Buffer.alloc(0);
      let content = '';
      let greeted = false;
      socket.on('error', () => undefined);
      socket.on('data', (part: Buffer) => {
        waiting = Buffer.concat([waiting, part]);
        if (!greeted && waiting.length >= 10) {
          expect(waiting.subarray(0, 10).toString()).toBe('zINSTREAM\0');
          waiting = waiting.subarray(10);
          greeted = true;
        }
        while (greeted && waiting.length >= 4 && waiting.length >= 4 + waiting.readUInt32BE(0)) {
          const length = waiting.readUInt32BE(0);
          content += waiting.subarray(4, 4 + length).toString('latin1');
          waiting = waiting.subarray(4 + length);
          heard.push(length);
          if (length > 0) continue;
          socket.end(`${says ?? `stream: ${content.includes(BAD) ? 'Sample.Bad FOUND' : 'OK'}`}\0`);
        }
      });
    });
    servers.push(server);
    await new Promise<void>((ready) => server.listen(path, ready));
    return { scanner: createScanner({ kind: 'clamd', at: { path } }), heard };
  }

  it('is sent the whole file in pieces, and says what it found', async () => {
    const { scanner, heard } = await clamd();
    expect(await scanner.scan(file(Buffer.alloc(700_000, 'a')))).toBeUndefined();
    expect(heard.reduce((a, b) => a + b)).toBe(700_000);
    expect(await scanner.scan(file(`xx${BAD}`))).toBe('Sample.Bad');
    expect(await scanner.scan(file(''))).toBeUndefined();
  });

  it.each(['INSTREAM size limit exceeded. ERROR', '', 'stream: something else'])(
    'that gives no verdict (%s) lets nothing through',
    async (says) => {
      const { scanner } = await clamd(says);
      await expect(scanner.scan(file('x'))).rejects.toMatchObject({ code: 'upload.notScanned' });
    },
  );

  it('that is not there lets nothing through', async () => {
    const scanner = createScanner({ kind: 'clamd', at: { path: join(folder, 'none') } });
    await expect(scanner.scan(file('x'))).rejects.toMatchObject({ code: 'upload.notScanned' });
  });
});

describe('a program', () => {
  function program(script: string) {
    const path = join(folder, `scan-${n++}`);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return createScanner({ kind: 'program', path });
  }

  it('is given the path alone, through no shell, and answers by how it ends', async () => {
    const scanner = program(`grep -q ${BAD} "$1" && { echo "$1: Sample.Bad FOUND"; exit 1; }; exit 0`);
    expect(await scanner.scan(file('fine'))).toBeUndefined();
    expect(await scanner.scan(file(BAD))).toBe('Sample.Bad');
  });

  it('that breaks, or is not there, lets nothing through', async () => {
    await expect(program('exit 2').scan(file('x'))).rejects.toMatchObject({ code: 'upload.notScanned' });
    await expect(
      createScanner({ kind: 'program', path: join(folder, 'none') }).scan(file('x')),
    ).rejects.toMatchObject({ code: 'upload.notScanned' });
  });
});

describe('an upload', () => {
  const put = (text: string) => {
    const id = (n++).toString(16).padStart(32, '0');
    writeFileSync(join(folder, id), text);
    writeFileSync(
      join(folder, `${id}.json`),
      JSON.stringify({ size: text.length, metadata: { person: 'p' } }),
    );
    return id;
  };

  it('is scanned once before it is used; what holds malware is refused, told of and gone', async () => {
    let scans = 0;
    const told: unknown[] = [];
    const staging = createStaging(folder, {
      scan: async (path) => {
        scans++;
        return readFileSync(path, 'utf8') === BAD ? 'Bad' : undefined;
      },
      found: async (what) => void told.push(what),
    });
    const good = put('good');
    await staging.file(good, 'p');
    expect(await staging.file(good, 'p')).toMatchObject({ bytes: 4 });
    expect(scans).toBe(1);
    const bad = put(BAD);
    await expect(staging.file(bad, 'other')).rejects.toMatchObject({ code: 'upload.notFound' });
    expect(scans).toBe(1);
    await expect(staging.file(bad, 'p')).rejects.toMatchObject({ code: 'upload.infected' });
    expect(told).toMatchObject([{ personId: 'p', finding: 'Bad' }]);
    await expect(staging.file(bad, 'p')).rejects.toMatchObject({ code: 'upload.infected' });
    expect(existsSync(join(folder, bad))).toBe(false);
    expect(told).toHaveLength(1);
    await staging.remove(bad);
    await expect(staging.file(bad, 'p')).rejects.toMatchObject({ code: 'upload.notFound' });
  });
});

describe('what a scanner says of itself', () => {
  it.each([
    ['ClamAV 1.4.1/27412/Sat Oct  5 08:21:45 2024', 'ClamAV 1.4.1/27412', '2024-10-05'],
    ['ClamAV 1.4.1', 'ClamAV 1.4.1', undefined],
    ['', '', undefined],
  ])('%s', (text, version, day) => {
    const read = readVersion(text);
    expect(read.version).toBe(version);
    expect(read.learntAt?.toISOString().slice(0, 10)).toBe(day);
  });
});
