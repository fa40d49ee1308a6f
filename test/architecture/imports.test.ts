import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = globSync('src/**/*.ts', { cwd: ROOT }).filter((f) => !/\.test\.ts$/.test(f));

interface Import {
  from: string;
  to: string;
  /** The words of the import. */
  spec: string;
}

const ALIAS: Record<string, (rest: string) => string> = {
  '#kernel/': (rest) => `src/kernel/${rest}.ts`,
  '#formats/': (rest) => `src/formats/${rest}/index.ts`,
  '#modules/': (rest) => `src/modules/${rest}/index.ts`,
};

function importsOf(file: string): Import[] {
  const text = readFileSync(resolve(ROOT, file), 'utf8');
  const specs = [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s+'([^']+)'|import\('([^']+)'\)/g),
  ].map((m) => m[1] ?? m[2]!);
  return specs.flatMap((spec) => {
    if (spec.startsWith('.'))
      return [{ from: file, spec, to: relative(ROOT, resolve(ROOT, dirname(file), spec)) }];
    const alias = Object.keys(ALIAS).find((a) => spec.startsWith(a));
    return alias ? [{ from: file, spec, to: ALIAS[alias]!(spec.slice(alias.length)) }] : [];
  });
}

/** The room of a file: `kernel`, `formats/ocfl`, `modules/holdings`, `http`, … */
function roomOf(file: string): string {
  const [, first, second] = file.split('/');
  return first === 'formats' || first === 'modules' ? `${first}/${second}` : first!;
}

const FLOOR = { kernel: 0, formats: 1, modules: 2, http: 3, workers: 3, cli: 3, main: 4 } as Record<
  string,
  number
>;
const floorOf = (file: string) => FLOOR[file.split('/')[1]!] ?? 0;

const ALL = SOURCES.flatMap(importsOf);

/** Which module may call which (beside the kernel and the formats). All may use identity. */
const CALLS: Record<string, readonly string[]> = {
  identity: [],
  holdings: [],
  preservation: ['holdings'],
  digitisation: ['holdings', 'preservation'],
  access: ['holdings', 'preservation'],
  packages: ['holdings', 'preservation'],
  checks: ['holdings', 'preservation', 'packages'],
  authorities: ['holdings'],
  search: [],
  backup: [],
  federation: ['holdings'],
  audit: [],
  examination: [],
  printing: ['holdings', 'fondsfile'],
  classified: [],
  filing: ['holdings', 'checks', 'classified'],
  accessions: ['authorities', 'holdings', 'filing', 'classified'],
  fondsfile: ['holdings', 'filing', 'classified'],
  guidance: ['filing', 'classified'],
  deposit: ['holdings', 'filing', 'classified'],
  transfer: ['holdings', 'packages', 'checks', 'filing', 'classified'],
  intake: ['deposit', 'filing', 'holdings', 'transfer'],
};

describe('the shape of the house', () => {
  it('finds the imports it judges', () => {
    expect(ALL.length).toBeGreaterThan(200);
  });

  it('lets imports run one way: main, then http, workers and cli, then modules, formats, kernel', () => {
    const up = ALL.filter((i) => !i.from.startsWith('src/launcher/') && floorOf(i.to) > floorOf(i.from));
    expect(up.map((i) => `${i.from} -> ${i.to}`)).toEqual([]);
  });

  it('enters a module or a format only by its face', () => {
    const deep = ALL.filter(
      (i) =>
        /^src\/(modules|formats)\//.test(i.to) &&
        roomOf(i.from) !== roomOf(i.to) &&
        !/^src\/(modules|formats)\/[^/]+\/index\.ts$/.test(i.to),
    );
    expect(deep.map((i) => `${i.from} -> ${i.to}`)).toEqual([]);
  });

  it('lets modules call only those they may', () => {
    const wrong = ALL.filter((i) => {
      if (
        !i.from.startsWith('src/modules/') ||
        !i.to.startsWith('src/modules/') ||
        roomOf(i.from) === roomOf(i.to)
      )
        return false;
      const [from, to] = [roomOf(i.from).slice(8), roomOf(i.to).slice(8)];
      return to !== 'identity' && !(CALLS[from] ?? []).includes(to);
    });
    expect(wrong.map((i) => `${i.from} -> ${i.to}`)).toEqual([]);
  });

  it('has no circles between files', () => {
    const next = new Map<string, string[]>();
    for (const i of ALL) next.set(i.from, [...(next.get(i.from) ?? []), i.to]);
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, path: string[]) => {
      if (path.includes(file)) {
        circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
        return;
      }
      if (done.has(file)) return;
      for (const to of next.get(file) ?? []) walk(to, [...path, file]);
      done.add(file);
    };
    for (const file of next.keys()) walk(file, []);
    expect(circles).toEqual([]);
  });

  it('reads the environment in main/config.ts alone', () => {
    const readers = SOURCES.filter((f) => !f.includes('/testing/')).filter((f) =>
      /process\.env/.test(readFileSync(resolve(ROOT, f), 'utf8').replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '')),
    );
    expect(readers).toEqual(['src/main/config.ts']);
  });

  it('keeps SQL in the store of a module', () => {
    const elsewhere = SOURCES.filter(
      (f) =>
        f.startsWith('src/modules/') &&
        !f.includes('/store/') &&
        !f.includes('/testing/') &&
        /\bsql(<[^`]*>)?`/.test(readFileSync(resolve(ROOT, f), 'utf8')),
    );
    expect(elsewhere).toEqual([]);
  });
});

describe('what the console shares with the server', () => {
  // `src/launcher/console.mjs` builds the console again where one of these files changed, and only then.
  it('lies in the kernel', () => {
    const reached = new Set<string>();
    const reach = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const { to } of importsOf(file)) reach(to);
    };
    for (const file of globSync('web/src/**/*.{ts,tsx}', { cwd: ROOT })) reach(file);
    expect([...reached].filter((file) => !/^(?:web|src\/kernel)\//.test(file))).toEqual([]);
  });
});
