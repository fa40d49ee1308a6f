import type { Actor } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { Refusal, type Severity } from '#kernel/errors';
import type { Language } from '#kernel/wording';
import { beginExamination, noExamination, personOf } from './commands/begin.ts';
import { examineJob } from './commands/examine.ts';
import { createLooking } from './commands/look.ts';
import { removeExamination, removeOverdue } from './commands/remove.ts';
import type { ExaminationDeps } from './deps.ts';
import { worthTelling } from './domain/plain.ts';
import { jsonReport } from './report/json.ts';
import { pdfReport } from './report/pdf.ts';
import { type Entry, entryBySeq, entryPage, formatCounts } from './store/entries.ts';
import { type Examination, examinationOf, examinationsOf, keptBy } from './store/examinations.ts';
import { findingGroups, findingPage } from './store/findings.ts';

export type Examinations = ReturnType<typeof createExaminations>;

const FORMATS = 100;

/**
 * Files and packages people have looked at: judged, told apart, never taken in. A report is the person's own; for anybody
 * else it does not exist.
 */
export function createExaminations(deps: ExaminationDeps) {
  const db = deps.db.owner;
  const looking = createLooking(deps);

  async function own(actor: Actor, id: string): Promise<Examination> {
    const found = await examinationOf(db, personOf(actor), id);
    if (!found) throw noExamination();
    return found;
  }
  async function finished(actor: Actor, id: string): Promise<Examination> {
    const found = await own(actor, id);
    if (found.state !== 'done')
      throw new Refusal('examination.wrongState', 'The report is not finished.', { state: found.state });
    return found;
  }
  async function entryOfOwn(
    actor: Actor,
    id: string,
    seq: number,
  ): Promise<{ examination: Examination; entry: Entry }> {
    const examination = await finished(actor, id);
    const entry = await entryBySeq(db, id, seq);
    if (!entry) throw new Refusal('examinationEntry.notFound', 'There is no such file in this report.');
    return { examination, entry };
  }

  return {
    jobs: [examineJob(deps)],
    begin: (actor: Actor, uploadIds: readonly string[]) => beginExamination(deps, actor, uploadIds),
    remove: (actor: Actor, id: string) => removeExamination(deps, actor, id),
    /** For the clock of the house. */
    removeOverdue: () => removeOverdue(deps),
    one: own,
    /** What a person keeps, and may keep. */
    async room(actor: Actor) {
      const { mostKept, mostBytes, keepDays } = deps.settings;
      return { ...(await keptBy(db, personOf(actor))), mostKept, mostBytes, keepDays };
    },
    /** With what was found, rule by rule, and the formats of its files. */
    async report(actor: Actor, id: string) {
      const examination = await own(actor, id);
      const [groups, formats] = await Promise.all([findingGroups(db, id), formatCounts(db, id, FORMATS)]);
      return { ...examination, groups: worthTelling(examination.kind, groups), formats };
    },
    async list(actor: Actor, o: { cursor: string | undefined; limit: number }) {
      const before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
      const rows = await examinationsOf(db, { personId: personOf(actor), before, limit: o.limit + 1 });
      const items = rows.slice(0, o.limit);
      return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
    },
    async findings(
      actor: Actor,
      o: {
        id: string;
        code: string | undefined;
        severity: Severity | undefined;
        entry: number | undefined;
        cursor: string | undefined;
        limit: number;
      },
    ) {
      await own(actor, o.id);
      const after = o.cursor ? Number(decodeCursor(o.cursor, ['number'])[0]) : -1;
      const { code, severity, entry } = o;
      const rows = await findingPage(db, {
        examinationId: o.id,
        code,
        severity,
        entry,
        after,
        limit: o.limit + 1,
      });
      const items = rows.slice(0, o.limit);
      return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.seq]) : null };
    },
    async entries(
      actor: Actor,
      o: { id: string; parent: number; cursor: string | undefined; limit: number },
    ) {
      await own(actor, o.id);
      const after = o.cursor ? Number(decodeCursor(o.cursor, ['number'])[0]) : 0;
      const rows = await entryPage(db, { examinationId: o.id, parent: o.parent, after, limit: o.limit + 1 });
      const items = rows.slice(0, o.limit);
      return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.seq]) : null };
    },
    entry: async (actor: Actor, id: string, seq: number) => (await entryOfOwn(actor, id, seq)).entry,
    /** What is inside of one file. @throws Refusal `examinationEntry.notFound`, `inside.*`, `tree.*` */
    async inside(actor: Actor, id: string, seq: number) {
      const { examination, entry } = await entryOfOwn(actor, id, seq);
      if (entry.kind !== 'file') throw new Refusal('examinationEntry.notFound', 'This is a folder.');
      return looking(examination, entry, [...actor.rights.keys()]);
    },
    async json(actor: Actor, id: string) {
      return jsonReport(db, await finished(actor, id));
    },
    async pdf(actor: Actor, id: string, language: Language) {
      return pdfReport(db, await finished(actor, id), { language, timeZone: deps.timeZone });
    },
  };
}
