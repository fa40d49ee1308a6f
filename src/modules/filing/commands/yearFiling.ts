import { createHash } from 'node:crypto';
import { type Actor, type AgencyOf, auditActor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { demandOther } from '#kernel/four-eyes';
import { demandChecked, runOf, wantCheck } from '../checking/check.ts';
import type { FilingDeps } from '../deps.ts';
import { blocks } from '../domain/missing.ts';
import { demandInAgency } from '../domain/side.ts';
import { missingOf } from '../queries/missing.ts';
import { lockYear } from '../store/numbering.ts';
import {
  fileRecords,
  filingLines,
  insertYearFiling,
  withdrawYearFiling,
  type YearFiling,
  yearFilingForChange,
} from '../store/yearFilings.ts';
import { agencyOf } from './agencies.ts';
import { needed, noAgency, noFiling } from './refusals.ts';

const AT_ONCE = 1_000;

/**
 * Prepares the filing of a year: all items with a number stand fast until somebody else confirms it.
 *
 * @param o.note why what is missing is missing; needed where anything is
 * @throws Refusal agency.notFound, `filing.missing` where something has to be mended first, filing.noNote, `filing.empty`,
 *   `filing.duplicate` while one is prepared
 */
export async function prepareFiling(
  deps: FilingDeps,
  actor: Actor,
  of: AgencyOf & { year: number },
  o: { note: string },
): Promise<string> {
  const { name } = await agencyOf(deps, actor, of);
  demandInAgency(actor, 'filing.write', of, noAgency());
  return deps.db.as(scopeOf(actor), async (tx) => {
    await lockYear(tx, of.agencyId, of.year);
    const missing = await missingOf(deps, tx, of);
    if (missing.items === 0) throw new Refusal('filing.empty', 'Nothing was registered for this year.');
    if (blocks(missing))
      throw new Refusal('filing.missing', 'Records still lack their retention period or their number.');
    const note =
      missing.gaps.length > 0
        ? needed(o.note, 'filing.noNote', 'Say why what is missing is missing.')
        : o.note.trim() || null;
    const id = deps.newId();
    const made = await insertYearFiling(tx, {
      id,
      archiveId: of.archiveId,
      agencyId: of.agencyId,
      year: of.year,
      missing,
      note,
      preparedBy: actor.id,
      preparedByName: actor.name,
      preparedAt: deps.clock.now(),
    });
    if (!made) throw new Refusal('filing.duplicate', 'The filing of this year is prepared already.');
    const filing = await yearFilingForChange(tx, id);
    if (!filing || filing.items === 0)
      throw new Refusal('filing.empty', 'All records of this year are filed already.');
    await tell(deps, tx, actor, filing, 'filing.prepared', name);
    await wantCheck(deps, tx, actor, filing, `${name} ${of.year}`);
    return id;
  });
}

async function prepared(tx: Tx, id: string): Promise<YearFiling> {
  const filing = await yearFilingForChange(tx, id);
  if (!filing) throw noFiling();
  if (filing.state !== 'prepared')
    throw new Refusal('filing.wrongState', 'This filing is not prepared any more.', { state: filing.state });
  return filing;
}

/**
 * Confirms the filing: its records are filed, and what was filed is sealed by a digest in the trail.
 *
 * @throws Refusal filing.notFound, filing.wrongState, `filing.samePerson` to who prepared it; as `demandChecked`
 */
export async function confirmFiling(deps: FilingDeps, actor: Actor, id: string): Promise<void> {
  await demandChecked(deps, actor, id);
  await deps.db.as(scopeOf(actor), async (tx) => {
    const filing = await prepared(tx, id);
    demandInAgency(actor, 'filing.approve', filing, noFiling());
    demandOther(actor, filing.preparedBy, 'filing', filing.archiveId);
    await deps.checks.close(tx, runOf(id));
    const hash = createHash('sha512');
    let after: string | null = null;
    for (;;) {
      const lines: { code: string; line: string }[] = await filingLines(tx, id, after, AT_ONCE);
      for (const { line } of lines) hash.update(`${line}\n`);
      const last = lines.at(-1);
      if (!last || lines.length < AT_ONCE) break;
      after = last.code;
    }
    const digest = hash.digest('hex');
    await fileRecords(tx, id, { by: actor.id, byName: actor.name, at: deps.clock.now(), digest });
    const { name } = await agencyOf(deps, actor, filing);
    await tell(deps, tx, actor, filing, 'filing.confirmed', name, { digest });
  });
}

/** Lets the records of a prepared filing go again. @throws Refusal filing.notFound, filing.wrongState */
export function withdrawFiling(deps: FilingDeps, actor: Actor, id: string): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const filing = await prepared(tx, id);
    demandInAgency(actor, 'filing.write', filing, noFiling());
    await withdrawYearFiling(tx, id);
    const { name } = await agencyOf(deps, actor, filing);
    await tell(deps, tx, actor, filing, 'filing.withdrawn', name);
  });
}

function tell(
  deps: FilingDeps,
  tx: Tx,
  actor: Actor,
  { id, archiveId, agencyId, year, items, files }: YearFiling,
  act: string,
  name: string,
  more: Record<string, unknown> = {},
): Promise<unknown> {
  return deps.audit.append(tx, {
    actor: auditActor(actor),
    archiveId,
    act,
    target: { type: 'yearFiling', id },
    detail: { name: `${name} ${year}`, agency: agencyId, year, items, files, ...more },
  });
}
