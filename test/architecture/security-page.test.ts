import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, it } from 'vitest';
import { POLICIES } from '../contracts/policies.ts';

const HOME = join(import.meta.dirname, '../..');
const page = readFileSync(join(HOME, 'docs/security.md'), 'utf8');
const named = [...new Set([...page.matchAll(/`([^`\n]+)`/g)].map((m) => m[1] ?? ''))];

/** Files and folders of the repository, with slashes; what is installed or built is none of it. */
const paths = ['src', 'test', 'docs', 'web/src'].flatMap((top) =>
  readdirSync(join(HOME, top), { recursive: true, encoding: 'utf8' }).map(
    (path) => `/${top}/${path.split(sep).join('/')}`,
  ),
);

/** `kernel/signing` may be a folder or the file that stands before one. */
const stands = (path: string) => {
  const end = `/${path.replace(/\/\*$/, '')}`;
  return paths.some((p) => p.endsWith(end) || p.endsWith(`${end}.ts`) || p.includes(`${end}-`));
};

it('every file and folder the page on security names is there', () => {
  const files = named.filter((w) => /^\w[\w.*-]*(\/[\w.*-]+)+$/.test(w) || /^[\w.-]+\.ts$/.test(w));
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((path) => !stands(path))).toEqual([]);
});

it('every test it names is one that is run', () => {
  const tests = named.filter((w) => w.endsWith('.test.ts'));
  expect(tests.length).toBeGreaterThan(20);
  // What runs: files of tests beside the code, and the journeys.
  expect(tests.filter((name) => !paths.some((p) => p.endsWith(`/${name}`)))).toEqual([]);
});

it('every route it names is there', () => {
  const routes = named.flatMap((w) => {
    const found = /^((?:GET|POST|PUT|PATCH|DELETE)(?:, (?:GET|POST|PUT|PATCH|DELETE))*) (\/\S+)$/.exec(w);
    return (found?.[1] ?? '')
      .split(', ')
      .filter(Boolean)
      .map((method) => `${method} /api/v1${found?.[2]}`);
  });
  expect(routes.filter((route) => !(route in POLICIES))).toEqual([]);
});
