import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = globSync('src/**/*.ts', { cwd: ROOT })
  .map((f) => f.replaceAll('\\', '/'))
  .filter((f) => !/\.test\.ts$/.test(f));
const using = (words: RegExp) =>
  SOURCES.filter((f) => words.test(readFileSync(resolve(ROOT, f), 'utf8'))).sort();

describe('content leaves the house by disposal alone', () => {
  it('nothing but disposal asks a repository to destroy an object', () => {
    const callers = using(/\bdestroyObject\s*\(/).filter((f) => !f.startsWith('src/formats/ocfl/'));
    // The stores it hands to disposal are made there; disposal itself calls `remove` of those.
    expect(callers).toEqual(['src/modules/preservation/stores/contentStores.ts']);
    expect(using(/\bcontentStores\b/)).toEqual([
      'src/main/disposalHouse.ts',
      'src/modules/preservation/keeping.ts',
      'src/modules/preservation/stores/contentStores.ts',
    ]);
  });
  it('nothing but a repository asks a store to remove an object', () => {
    expect(using(/\bstore\.removeObject\s*\(/)).toEqual(['src/formats/ocfl/repository.ts']);
  });
  it('nothing but disposal takes files and pages out of the catalogue', () => {
    expect(using(/delete from preservation\.(content|page|object)\b/)).toEqual([
      'src/modules/preservation/disposal/store/clearing.ts',
      // A rebuild forgets what the root does not have.
      'src/modules/preservation/rebuild/store/survey.ts',
    ]);
  });
});
