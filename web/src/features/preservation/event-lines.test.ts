import { describe, expect, it } from 'vitest';
import { eventLines, eventWord } from './event-lines.ts';
import type { ObjectEvent } from './queries.ts';

let n = 0;
const event = (type: string, outcome: ObjectEvent['outcome'] = 'success'): ObjectEvent => {
  n += 1;
  return { id: String(n), storeId: null, type, outcome, at: `2026-01-${n}`, detail: null, actor: 'x' };
};
const shape = (events: ObjectEvent[]): string[] =>
  eventLines(events).map((line) =>
    line.kind === 'event' ? line.event.type : `${line.events.length} checks`,
  );

describe('the time line', () => {
  it('keeps the newest good check and folds those behind it, up to what else happened', () => {
    const good = () => event('fixity check');
    expect(shape([good(), good(), good(), good(), event('repair'), good(), event('ingestion')])).toEqual([
      'fixity check',
      '3 checks',
      'repair',
      'fixity check',
      'ingestion',
    ]);
  });
  it('never folds a check that found something', () => {
    const bad = event('fixity check', 'failure');
    expect(shape([bad, event('fixity check'), event('fixity check')])).toEqual([
      'fixity check',
      'fixity check',
      'fixity check',
    ]);
  });
  it('names types as the wording does', () => {
    expect(['fixity check', 'ingestion', 'metadata modification'].map(eventWord)).toEqual([
      'fixityCheck',
      'ingestion',
      'metadataModification',
    ]);
  });
});
