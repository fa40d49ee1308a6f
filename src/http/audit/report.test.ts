import { describe, expect, it } from 'vitest';
import { csvCell } from './report.ts';

describe('a cell of a report', () => {
  it('never starts a formula, whatever stands in it', () => {
    for (const begin of ['=', '+', '-', '@', '\t', '\r'])
      expect(csvCell(`${begin}1+1`)).toBe(`"'${begin}1+1"`);
    expect(csvCell('王某 "x", y')).toBe('"王某 ""x"", y"');
  });
});
