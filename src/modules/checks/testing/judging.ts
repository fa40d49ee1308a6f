import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ItemResult } from '../domain/result.ts';
import type { Scheme } from '../domain/scheme.ts';
import type { CheckSubject } from '../domain/subject.ts';
import { createLookers, type Lookers } from '../looking/lookers.ts';
import type { CheckServices } from '../rules/rule.ts';
import type { Slug } from '../rules/slugs.ts';
import { type RunTotals, runScheme } from '../running/run.ts';
import { everything, goodServices } from './subjects.ts';

/** A place for files, and threads that look at them, for tests. */
export interface Bench {
  readonly folder: string;
  judge(
    subject: CheckSubject,
    o?: { scheme?: Scheme; services?: CheckServices; signal?: AbortSignal; seed?: string },
  ): Promise<{
    of(slug: Slug): ItemResult;
    failed: Slug[];
    states: Record<string, string>;
    totals: RunTotals;
  }>;
  close(): Promise<void>;
}

export function createBench(threads = 1): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'checks-'));
  const lookers: Lookers = createLookers({}, threads);
  return {
    folder,
    async judge(subject, { scheme = everything(), services = goodServices, signal, seed = 'seed' } = {}) {
      const { results, totals } = await runScheme({
        subject,
        scheme,
        services,
        lookers,
        seed,
        signal,
        today: '2024-05-01',
        scratch: join(folder, 'scratch'),
      });
      return {
        of: (slug) => results.find((r) => r.slug === slug)!,
        failed: results.filter((r) => r.state === 'failed' || r.faults > 0).map((r) => r.slug),
        states: Object.fromEntries(results.map((r) => [r.slug, r.state])),
        totals,
      };
    },
    async close() {
      await lookers.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
