import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import yauzl from 'yauzl';
import type { Finding } from '#kernel/errors';

/** One row of the corpus of OCFL cases that has a verdict. */
export interface OcflCase {
  /** Below the corpus. */
  readonly path: string;
  readonly what: 'object' | 'root' | 'inventory';
  readonly invalid: boolean;
  /** Codes wanted: errors of an invalid case, warnings of a valid one. */
  readonly codes: readonly string[];
}

const WHAT = { objects: 'object', 'storage-roots': 'root', inventories: 'inventory' } as const;

/** The cases of a corpus folder; none when there is no such folder. */
export async function readOcflCases(corpus: string): Promise<OcflCase[]> {
  const table = await readFile(join(corpus, 'expected.tsv'), 'utf8');
  return table
    .trim()
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [path = '', kind = '', expected = '', codes = '-'] = line.split('\t');
      const m = /-(objects|storage-roots|inventories)$/.exec(kind);
      if (!m) return [];
      const wanted = codes === '-' ? [] : codes.split(',').map((c) => c.replace(/[a-z]$/, ''));
      return [
        { path, what: WHAT[m[1] as keyof typeof WHAT], invalid: expected === 'invalid', codes: wanted },
      ];
    });
}

async function unzip(file: string, into: string): Promise<string> {
  await mkdir(into, { recursive: true });
  const zip = await yauzl.openPromise(file);
  for await (const entry of zip.eachEntry()) {
    const path = join(into, entry.fileName);
    if (entry.fileName.endsWith('/')) await mkdir(path, { recursive: true });
    else {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, await buffer(await zip.openReadStreamPromise(entry)));
    }
  }
  return into;
}

/** The folder or file of a case; archives, which hold what a repository can not (empty folders), are unpacked into `into`. */
export async function placeOfCase(corpus: string, { path }: OcflCase, into: string): Promise<string> {
  if (path.endsWith('.zip')) return unzip(join(corpus, path), into);
  if (path.endsWith('_empty.tar')) {
    await mkdir(into, { recursive: true });
    return into;
  }
  return join(corpus, path);
}

/** What is wrong with the verdict on a case; null when it is right. */
export function wrongVerdict(
  { invalid, codes }: OcflCase,
  findings: readonly Pick<Finding, 'code' | 'severity'>[],
): string | null {
  const of = (severity: string) => findings.filter((f) => f.severity === severity).map((f) => f.code);
  const errors = of('error');
  if (errors.length > 0 !== invalid) return `judged ${invalid ? 'valid' : `invalid: ${errors}`}`;
  const found = invalid ? errors : of('warning');
  const missing = codes.filter((c) => !found.includes(c));
  return missing.length > 0 ? `lacks ${missing}, has ${found}` : null;
}
