import { describe, expect, it } from 'vitest';
import { isTold } from './events.ts';

describe('events of preservation', () => {
  it('tell of every object; of segments, in which events are kept, only what went wrong or was mended', () => {
    const segment = 'urn:lantai:segment:house:1';
    expect(isTold({ objectId: 'urn:uuid:1', type: 'fixity check', outcome: 'success' })).toBe(true);
    expect(isTold({ objectId: segment, type: 'fixity check', outcome: 'success' })).toBe(false);
    expect(isTold({ objectId: segment, type: 'replication', outcome: 'success' })).toBe(false);
    expect(isTold({ objectId: segment, type: 'fixity check', outcome: 'failure' })).toBe(true);
    expect(isTold({ objectId: segment, type: 'repair', outcome: 'success' })).toBe(true);
  });
});
