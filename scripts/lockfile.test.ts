import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { completeLockfile, platformOf } from './lockfile.ts';

describe('completing the lock file', () => {
  it('adds the platform packages that the registry lacked, for their platform only', () => {
    const lock = {
      packages: {
        '': {},
        'node_modules/tool': {
          dev: true,
          optionalDependencies: { 'tool-linux-x64-musl': '2.0.0', 'tool-any': '1.0.0' },
        },
      },
    };
    expect(completeLockfile(lock)).toEqual(['tool-linux-x64-musl']);
    expect(lock.packages).toHaveProperty(['node_modules/tool-linux-x64-musl'], {
      version: '2.0.0',
      dev: true,
      optional: true,
      cpu: ['x64'],
      libc: ['musl'],
      os: ['linux'],
    });
    expect(completeLockfile(lock)).toEqual([]);
  });

  it('reads the platform out of a name', () => {
    expect(platformOf('@x/cli-darwin-arm64')).toEqual({ cpu: ['arm64'], os: ['darwin'] });
    expect(platformOf('left-pad')).toBeUndefined();
  });

  it('finds nothing missing in our own lock file', () => {
    const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
    expect(completeLockfile(lock)).toEqual([]);
  });
});
