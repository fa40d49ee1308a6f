import type { Sql } from '#kernel/db';
import { filesAfter } from '../store/entries.ts';
import type { Examination } from '../store/examinations.ts';
import { findingPage } from '../store/findings.ts';

const AT_ONCE = 1_000;

/**
 * The report as `./lantai check --json` and `./lantai identify --json` give it, in one document: `{results: [{path, kind,
 * valid, findings}], files: [{path, matches, inside?, error?}]}`. Written piece by piece.
 */
export async function* jsonReport(db: Sql, e: Examination): AsyncGenerator<string> {
  const text = (value: unknown) => JSON.stringify(value);
  const kind = e.kind === 'file' ? 'unknown' : (e.kind ?? 'unknown');
  yield `{"results":[{"path":${text(e.name)},"kind":${text(kind)},"valid":${e.valid ?? false},"findings":[`;
  let comma = '';
  for (let after = -1; ; ) {
    const some = await findingPage(db, { examinationId: e.id, after, limit: AT_ONCE });
    for (const { code, severity, path, message } of some) {
      yield comma + text({ code, severity, path, message });
      comma = ',\n';
    }
    if (some.length < AT_ONCE) break;
    after = some.at(-1)!.seq;
  }
  yield ']}],\n"files":[';
  comma = '';
  for (let after = 0; ; ) {
    const some = await filesAfter(db, { examinationId: e.id, after, limit: AT_ONCE });
    for (const { path, matches, notIdentified, inside } of some) {
      const error = notIdentified === null ? {} : { error: NOT_IDENTIFIED[notIdentified] ?? notIdentified };
      yield comma + text({ path, matches: matches ?? [], ...(inside ? { inside } : {}), ...error });
      comma = ',\n';
    }
    if (some.length < AT_ONCE) break;
    after = some.at(-1)!.seq;
  }
  yield `],\n"filesNotListed":${e.unlisted}}\n`;
}

const NOT_IDENTIFIED: Readonly<Record<string, string>> = {
  tooLarge: 'it is too large to be unpacked for being identified',
  tooMuch: 'the package holds more than is unpacked for being identified',
  unreadable: 'it could not be read',
};
