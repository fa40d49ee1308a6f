import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { aboutScanner, createScanner, readScanner } from '#kernel/scanner';
import { EICAR, type StandIn, standInClamd } from '../../../../test/support/clamd.ts';
import type { CheckUnit } from '../domain/subject.ts';
import { createBench } from '../testing/judging.ts';
import { everything, goodServices, subjectOf } from '../testing/subjects.ts';

// No clamd is asked here but one that speaks as clamd does, over a socket and over a port.
const bench = createBench();
const standing: StandIn[] = [];
afterEach(async () => {
  for (const one of standing.splice(0)) await one.close();
});
afterAll(() => bench.close());

let n = 0;
async function clamd(by: 'socket' | 'port', o: { limit?: number } = {}): Promise<StandIn> {
  const one = await standInClamd(by === 'socket' ? join(bench.folder, `clamd-${n++}`) : null, o);
  standing.push(one);
  return one;
}

/** Files of one record, judged for malware alone. */
async function scanned(one: StandIn, contents: readonly (string | Buffer)[], longestMs = 5_000) {
  const setting = readScanner(one.setting);
  if (!setting) throw new Error(`${one.setting} is no setting`);
  const files = contents.map((content, i) => {
    const path = join(bench.folder, `file-${n++}`);
    writeFileSync(path, content);
    return { name: `${i + 1}.txt`, path, bytes: Buffer.byteLength(content) };
  });
  const unit: CheckUnit = {
    key: '1',
    level: 'item',
    category: 'WS',
    metadata: { referenceCode: 'J019-WS·2003·D10-0001' },
    events: null,
    declaredFiles: files.length,
    expectsFiles: true,
    async *files() {
      for (const { name, path, bytes } of files)
        yield { name, path: name, bytes, said: {}, source: { path } };
    },
  };
  const units = async function* () {
    yield unit;
  };
  const scheme = everything();
  const { of } = await bench.judge(subjectOf(bench.folder, [], { units }), {
    scheme: { ...scheme, items: scheme.items.filter((i) => ['virus', 'av-installed'].includes(i.slug)) },
    services: {
      ...goodServices,
      scanner: { scan: createScanner(setting, { longestMs }).scan, about: () => aboutScanner(setting) },
    },
  });
  return { virus: of('virus'), installed: of('av-installed') };
}

describe.each(['socket', 'port'] as const)('malware, by a clamd on a %s', (by) => {
  it('is found in the file that has it, and in no other', async () => {
    const one = await clamd(by);
    const { virus } = await scanned(one, ['fine', `${EICAR}\n`, Buffer.alloc(400_000, 'a')]);
    expect(virus).toMatchObject({ state: 'failed', judged: 3, faults: 1 });
    expect(virus.findings).toMatchObject([
      { path: '2.txt', message: 'check.finding.infected', detail: { malware: 'Eicar-Test-Signature' } },
    ]);
    expect(one.scans).toBe(3);
  });

  it('is not said to be absent where a file is beyond the limit of a stream', async () => {
    const { virus } = await scanned(await clamd(by, { limit: 100_000 }), [
      'fine',
      Buffer.alloc(300_000, 'a'),
    ]);
    expect(virus).toMatchObject({ state: 'notPerformed', reason: { message: 'check.reason.scannerGone' } });
  });

  it.each(['hangs', 'drops', 'ends'] as const)(
    'is not said to be absent where the scanner %s',
    async (how) => {
      const one = await clamd(by);
      one.behave(how);
      const { virus } = await scanned(one, ['fine'], 300);
      expect(virus).toMatchObject({ state: 'notPerformed', faults: 0 });
    },
  );

  it('found before the scanner went counts all the same', async () => {
    const one = await clamd(by);
    const { virus } = await scanned(one, [EICAR, Buffer.alloc(26 * 1024 * 1024, 'a')]);
    expect(virus).toMatchObject({ state: 'failed', faults: 1 });
  });
});

describe('the scanner itself', () => {
  it('says what it knows, and when it last learnt', async () => {
    const { installed } = await scanned(await clamd('port'), ['x']);
    expect(installed).toMatchObject({ state: 'failed', memo: { scanner: 'ClamAV 1.4.1/27412' } });
    expect(installed.findings[0]?.message).toBe('check.finding.scannerOld');
  });
});
