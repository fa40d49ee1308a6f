import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createLookers,
  type Lookers,
  packageSubject,
  runScheme,
  shippedScheme,
  verdictOf,
} from '#modules/checks';
import { lookAtPackage } from '../../src/modules/packages/coming/look.ts';

/** Packages of the corpora, by kind: what lies in a folder of packages is one. */
const CORPORA = process.env.LANTAI_CORPORA;
const MOST = 12;

let lookers: Lookers;
let scratch: string;
beforeAll(async () => {
  lookers = createLookers({}, 1);
  scratch = await mkdtemp(join(tmpdir(), 'lantai-corpus-checks-'));
});
afterAll(async () => {
  await lookers.close();
  await rm(scratch, { recursive: true, force: true });
});

function some(kind: string): string[] {
  const folder = join(CORPORA ?? '', kind);
  const found = (at: string, depth: number): string[] =>
    readdirSync(at, { withFileTypes: true }).flatMap((e) => {
      const path = join(at, e.name);
      if (e.isDirectory() && depth > 0) return [path, ...found(path, depth - 1)];
      return e.isFile() && /\.(zip|tar|gz|xml|eep)$/i.test(e.name) ? [path] : [];
    });
  const all = found(folder, 2).sort();
  const step = Math.max(1, Math.floor(all.length / MOST));
  return all.filter((_, i) => i % step === 0).slice(0, MOST);
}

describe.skipIf(!CORPORA)('four-nature checks of packages others made', () => {
  it.each(['bagit', 'eark', 'eep'])(
    'come to a result for %s, with no item broken off',
    { timeout: 300_000 },
    async (kind) => {
      const rows: string[] = [];
      for (const path of some(kind)) {
        const packages = {
          look: (order: Parameters<typeof lookAtPackage>[1]) => lookAtPackage({ scratch }, order),
        };
        const { subject, kind: found, close } = await packageSubject(packages, { path, title: path });
        try {
          const scheme = shippedScheme('YJ');
          const order = {
            subject,
            scheme,
            lookers,
            scratch,
            services: {},
            today: '2026-03-01',
            seed: 'corpus',
          };
          const { results, totals } = await runScheme(order);
          expect(results.map((r) => r.reason?.message)).not.toContain('check.reason.fault');
          const verdict = verdictOf(scheme.items, new Map(results.map((r) => [r.slug, r])), new Map());
          const failed = results.filter((r) => r.state === 'failed').map((r) => r.slug);
          // What the validator finds wrong is found wrong here.
          if (subject.package?.findings.some((f) => f.severity === 'error'))
            expect(failed.length).toBeGreaterThan(0);
          rows.push(`${found} ${verdict} ${totals.units} records ${totals.files} files: ${failed.join(' ')}`);
        } finally {
          await close();
        }
      }
      console.log(rows.join('\n'));
      expect(rows.length).toBeGreaterThan(0);
    },
  );
});
