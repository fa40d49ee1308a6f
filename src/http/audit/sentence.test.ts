import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '#kernel/audit';
import { isMessageKey, LANGUAGES } from '#kernel/wording';
import { sentenceOf } from './sentence.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Acts the code writes: literals after `act:`, the two sides of a choice there, and calls that hand one on. */
function actsWritten(): string[] {
  const acts = new Set<string>();
  for (const file of globSync('src/**/*.ts', { cwd: ROOT }).filter((f) => !f.endsWith('.test.ts'))) {
    const text = readFileSync(resolve(ROOT, file), 'utf8');
    if (!/audit/i.test(text)) continue;
    for (const [, stretch] of text.matchAll(/\bact:([^,;{}]*)/g)) {
      for (const [, act] of (stretch ?? '').matchAll(/'([a-zA-Z]+\.[a-zA-Z]+)'/g)) acts.add(act!);
    }
    for (const [, act] of text.matchAll(/\bnote\([^)]*'([a-zA-Z]+\.[a-zA-Z]+)'/g)) acts.add(act!);
  }
  // Made of a word and a decision.
  for (const act of ['person.disabled', 'person.enabled', 'rights.approved', 'rights.rejected'])
    acts.add(act);
  return [...acts].sort();
}

const entry = (over: Partial<AuditEntry>): AuditEntry => ({
  id: '0190b5a0-0000-7000-8000-000000000001',
  at: new Date('2026-03-01T02:00:00Z'),
  actor: { id: null, name: '王某' },
  archiveId: null,
  act: 'unit.corrected',
  target: { type: 'unit', id: '0190b5a0-0000-7000-8000-0000000000ff' },
  detail: {},
  ...over,
});

describe('an entry as a sentence', () => {
  it('has a pattern for every act the code writes', () => {
    const acts = actsWritten();
    expect(acts.length).toBeGreaterThan(60);
    expect(acts.filter((act) => !isMessageKey(`auditAct.${act}`))).toEqual([]);
  });

  it('says who did what to which thing, in three languages', () => {
    const corrected = entry({ detail: { after: { title: '新', sortKey: 'x' }, before: { title: '旧' } } });
    const names = new Map([[corrected.target.id, 'J019-WS·2003·D30-BGS-0001']]);
    expect(LANGUAGES.map((l) => sentenceOf(l, corrected, names))).toEqual([
      '王某更正了J019-WS·2003·D30-BGS-0001的题名',
      '王某更正了J019-WS·2003·D30-BGS-0001的題名',
      '王某 corrected Title of J019-WS·2003·D30-BGS-0001',
    ]);
  });

  it('leaves no slot open, whatever an entry lacks', () => {
    for (const act of actsWritten()) {
      for (const l of LANGUAGES)
        expect(sentenceOf(l, entry({ act }), new Map())).not.toMatch(/[{}]|undefined/);
    }
  });

  it('tells an act of a newer version plainly', () => {
    expect(sentenceOf('en', entry({ act: 'unit.folded' }), new Map())).toBe(
      '王某 did “unit.folded” to …000000ff',
    );
  });
});
