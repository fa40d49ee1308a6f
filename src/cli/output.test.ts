import { describe, expect, it } from 'vitest';
import { alignColumns, createOutput } from './output.ts';

function captured(json: boolean) {
  const said = { out: '', err: '' };
  const output = createOutput(json, {
    stdout: { write: (text) => (said.out += text) },
    stderr: { write: (text) => (said.err += text) },
  });
  output.line('a line');
  output.note('a remark');
  output.document({ a: 1 });
  return said;
}

describe("a command's words", () => {
  it('are lines for people', () => {
    expect(captured(false)).toEqual({ out: 'a line\n', err: 'a remark\n' });
  });

  it('are one document under --json, everything else on stderr', () => {
    expect(captured(true)).toEqual({ out: '{"a":1}\n', err: 'a remark\n' });
  });

  it('stand in columns, Chinese taking two places', () => {
    expect(
      alignColumns([
        ['档号', 'x'],
        ['ab', 'y'],
      ]),
    ).toEqual(['档号  x', 'ab    y']);
  });
});
