import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge } from '#formats/judging';
import { openTree } from '#formats/tree';
import { systemActor } from '#kernel/actor';
import { createDigestPool } from '#kernel/checksums';
import { sql } from '#kernel/db';
import { answerAll, people } from '../../src/modules/transfer/testing/handover.ts';
import { type KeptHouse, keptHouse } from '../support/keptHouse.ts';
import { stageFile } from '../support/staged.ts';

const CORPORA = process.env.LANTAI_CORPORA ?? '';
/** Every so many-th E-ARK package; all of them where it is run for long. */
const STEP = Number(process.env.LANTAI_CORPUS_STEP ?? 12);
/** Files that are the content of records, by kind: each of them has to be held. */
const CONTENT: Readonly<Record<string, RegExp>> = {
  bag: /^[^/]+\/data\//,
  eark: /\/representations\/[^/]+\/data\/|^[^/]+\/data\//,
};
/** Packages whose format is sound and that are not taken in all the same, and why. */
const NOT_TAKEN_IN: Readonly<Record<string, string>> = {};

const system = systemActor('test');
const pool = createDigestPool(1);
let kept: KeptHouse;
let scratch: string;
let made = 0;

/** What its makers say of a package: that it is wrong, or nothing. */
interface Case {
  path: string;
  name: string;
  isWrong: boolean | undefined;
}

async function table(path: string): Promise<string[][]> {
  const text = await readFile(join(CORPORA, path), 'utf8');
  return text
    .split(/\r?\n/)
    .slice(1)
    .filter((l) => l !== '')
    .map((l) => l.split('\t'));
}

async function bags(): Promise<Case[]> {
  return (await table('bagit/expected.tsv')).map(([path = '', , , expected = '']) => ({
    path: join(CORPORA, 'bagit', path),
    name: path,
    isWrong: !expected.startsWith('valid'),
  }));
}

/** Each in a TAR of its own, with the empty folders it may have. */
async function eark(): Promise<Case[]> {
  const corpus = join(scratch, 'eark');
  await mkdir(corpus);
  execFileSync('tar', ['-xzf', join(CORPORA, 'eark/eark-ip-test-corpus.tar.gz'), '-C', corpus]);
  const wrong = new Map<string, boolean>();
  for (const [, , level, path = '', valid] of await table('eark/expected.tsv'))
    wrong.set(path, (wrong.get(path) ?? false) || (valid === 'FALSE' && level === 'ERROR'));
  const chosen = [...wrong].filter((_, i) => i % STEP === 0);
  const cases = chosen.map(([path, isWrong], i): Case => {
    const tar = join(scratch, `${i}-${basename(path)}.tar`);
    execFileSync('tar', ['-cf', tar, '-C', join(corpus, dirname(path)), basename(path)]);
    return { path: tar, name: path, isWrong: isWrong || undefined };
  });
  const singles = ['commons-ip', 'roda', 'csip-examples', 'eark-validator/ips'].flatMap((folder) =>
    readdirSync(join(CORPORA, 'eark', folder), { recursive: true, withFileTypes: true })
      .filter((e) => e.isFile() && /\.(zip|tar|gz)$/.test(e.name))
      .map((e) => join(e.parentPath, e.name)),
  );
  return [
    ...cases,
    ...singles.map((path) => ({ path, name: path.slice(CORPORA.length + 1), isWrong: undefined })),
  ];
}

async function eeps(): Promise<Case[]> {
  return readdirSync(join(CORPORA, 'eep'))
    .filter((name) => name.endsWith('.xml'))
    .map((name) => ({ path: join(CORPORA, 'eep', name), name, isWrong: undefined }));
}

/** Sends a package from an agency to an archive of its own, as far as it goes. */
async function transferred({ path }: Case) {
  const { house } = kept;
  const code = String(980_000 + ++made);
  const archiveId = await house.holdings.addArchive(system, {
    ...{ parentId: null, code, name: `第${made}档案馆`, level: 'county' },
  });
  const agencyId = await house.holdings.addAgency(system, { archiveId, code: 'A01', name: '县文化局' });
  const who = people(archiveId, agencyId);
  const upload = await stageFile(house.staging.folder, path, {
    ...{ filename: basename(path), person: who.clerk.id },
  });
  const id = await house.transfers.begin(who.clerk, {
    ...{ archiveId, agencyId, planId: null, title: basename(path), content: '', fonds: 'J019' },
  });
  await house.transfers.give(who.clerk, id, [upload]);
  const act = async (by: typeof who.clerk, what: 'precheck' | 'send' | 'register' | 'propose' | 'accept') => {
    const { version } = await house.transfers.one(by, id);
    const decision = { accepts: 'all' as const, reason: '', leftOut: [] };
    await house.transfers.act(by, id, { act: what, version, ...(what === 'propose' ? { decision } : {}) });
    await kept.run('transfer', { id });
    return (await house.transfers.one(who.clerk, id)).state;
  };
  let state = await act(who.clerk, 'precheck');
  if (state === 'checked') {
    await act(who.officer, 'send');
    state = await act(who.receiving, 'register');
  }
  const { arrivalCheck } = await house.transfers.one(who.clerk, id);
  if (state === 'reviewing' && arrivalCheck?.qualified !== false) {
    await answerAll(house.checks, who.decider, arrivalCheck?.runId ?? '');
    await act(who.receiving, 'propose');
    state = await act(who.decider, 'accept');
  }
  const { items } = await house.transfers.findings(who.clerk, {
    ...{ id, side: 'agency' as const, severity: 'error' as const, cursor: undefined, limit: 200 },
  });
  const { kind } = await house.transfers.one(who.clerk, id);
  const held = await sql<{ sha512: string }>`select c.sha512 from preservation.content c
    join holdings.unit u on u.id = c.unit_id where u.archive_id = ${archiveId}`.execute(kept.db.owner);
  const codes = [...new Set(items.map((f) => f.code))];
  return { state, kind: kind ?? '', codes, held: new Set(held.rows.map((r) => r.sha512)) };
}

/** Digests of the files in a package that are content. */
async function contentOf(path: string, kind: string): Promise<Map<string, string>> {
  const tree = await openTree(path);
  const found = new Map<string, string>();
  try {
    for await (const e of tree.entries())
      if (e.kind === 'file' && CONTENT[kind]?.test(e.path))
        found.set(e.path, (await tree.digests(e.path, ['sha512'])).get('sha512') ?? '');
  } finally {
    await tree.close();
  }
  return found;
}

describe.skipIf(CORPORA === '')(
  'packages others made, handed over by an agency (skipped unless LANTAI_CORPORA names the corpora)',
  () => {
    beforeAll(async () => {
      kept = await keptHouse();
      await mkdir(kept.house.staging.folder, { recursive: true });
      scratch = await mkdtemp(join(tmpdir(), 'lantai-corpus-transfer-'));
    });
    afterAll(async () => {
      await kept.close();
      await pool.close();
      await rm(scratch, { recursive: true, force: true });
    });

    it.each([
      ['BagIt', bags],
      ['E-ARK', eark],
      ['EEP', eeps],
    ])(
      '%s: what is sound is accepted and held byte for byte, what is not stays with the agency and says why',
      {
        timeout: 7_200_000,
      },
      async (_, list) => {
        const rows: string[] = [];
        const wrong: string[] = [];
        const outcomes = new Map<string, number>();
        for (const c of await list()) {
          const judged = await judge(c.path, pool);
          const errors = judged.findings
            .filter((f) => f.severity === 'error')
            .map((f) => (f.code === 'check.notRecognised' ? 'ingest.notRecognised' : f.code));
          const { state, kind, codes, held } = await transferred(c);
          const say = (why: string) => wrong.push(`${c.name}: ${why}`);
          if (c.isWrong === true && state === 'accepted') say('is wrong and was accepted');
          if (c.isWrong === false && state !== 'accepted' && !NOT_TAKEN_IN[c.name])
            say(`is sound and stays ${state}`);
          if (errors.length > 0) {
            if (state !== 'preparing') say(`has errors and is ${state}`);
            // Where something leads out of the package nothing of it is opened: that alone is told.
            const isUnsafe = errors.includes('tree.link') && codes.includes('tree.link');
            for (const code of new Set(isUnsafe ? [] : errors))
              if (!codes.includes(code)) say(`${code} is not told`);
          } else if (state === 'accepted') {
            const content = await contentOf(c.path, kind);
            if (content.size === 0 && kind === 'bag') say('holds no content');
            for (const [path, digest] of content) if (!held.has(digest)) say(`${path} is not held`);
          } else if (!NOT_TAKEN_IN[c.name]) say(`has no errors and is ${state}: ${codes.join(' ')}`);
          const outcome = state === 'accepted' ? 'accepted' : 'back to the agency';
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
          const expected = c.isWrong === undefined ? 'nothing said' : c.isWrong ? 'wrong' : 'sound';
          rows.push(
            `${expected.padEnd(12)}  ${outcome.padEnd(18)}  ${c.name}  ${codes.slice(0, 6).join(' ')}`,
          );
        }
        rows.push([...outcomes].map(([what, n]) => `${n} ${what}`).join(', '));
        process.stdout.write(`${rows.join('\n')}\n`);
        expect(wrong).toEqual([]);
        expect(rows.length).toBeGreaterThan(1);
      },
    );
  },
);
