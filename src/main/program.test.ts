import { describe, expect, it } from 'vitest';
import { defineCommand, EXIT } from '../cli/command.ts';
import { findName, understand } from './program.ts';

const loaded: string[] = [];
const entry = (name: string) => ({
  summary: `does ${name}`,
  load: async () => {
    loaded.push(name);
    const command = defineCommand<{ dryRun?: boolean }>({
      describe(c) {
        c.argument('<file>').argument('[more...]').option('--dry-run');
      },
      run: async () => EXIT.done,
    });
    return { command };
  },
});
const table = {
  commands: { 'import catalogue': entry('import catalogue'), doctor: entry('doctor') },
  groups: { import: 'take in' },
  version: '1.2.3',
};

describe('the command line', () => {
  it('finds a command whatever global options stand before it', () => {
    expect(findName(['--json', '--as', 'doctor', 'import', 'catalogue', 'x'], table.commands)).toBe(
      'import catalogue',
    );
    expect(findName(['import'], table.commands)).toBeUndefined();
    expect(findName(['constructor'], table.commands)).toBeUndefined();
  });

  it('reads only the file of the command called, and takes global options anywhere', async () => {
    loaded.length = 0;
    const call = await understand(
      ['--as', 'wang', 'import', 'catalogue', 'a.xlsx', '--dry-run', '--json'],
      table,
    );
    expect(call?.options).toMatchObject({ as: 'wang', json: true });
    expect(loaded).toEqual(['import catalogue']);
  });

  it.each([
    [['nope'], "Unknown command 'nope'."],
    [['doctor'], "Missing required argument 'file'."],
    [['doctor', 'f', '--bogus'], "Unknown option '--bogus'."],
    [[], 'Name a command.'],
  ])('refuses %j in one sentence', async (words, sentence) => {
    await expect(understand(words, table)).rejects.toMatchObject({ name: 'Refusal', code: 'call.wrong' });
    await expect(understand(words, table)).rejects.toThrow(sentence);
  });
});
