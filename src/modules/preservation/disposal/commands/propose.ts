import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import { dayIn } from '#kernel/calendar';
import { Refusal } from '#kernel/errors';
import type { UnitFilter } from '#modules/holdings';
import { type Judged, judgeUnits } from '../candidates.ts';
import type { DisposalDeps } from '../deps.ts';
import type { Obstacle } from '../domain/rule.ts';
import { insertDisposal, nextDisposalNumber } from '../store/disposals.ts';
import { insertListed } from '../store/units.ts';

/** What a list is made of: entries by id, or those of a table. */
export interface DisposalChoice {
  archiveId: string;
  unitIds?: readonly string[] | undefined;
  filter?: Omit<UnitFilter, 'archiveId'> | undefined;
  /** Number and date of the approval of the authority above, where one is needed. */
  approval?: string | null | undefined;
}

export interface DisposalProposal extends DisposalChoice {
  title: string;
  reason: string;
  /** The rule or decision it stands on. */
  basis: string;
  /** What the appraisal found (鉴定意见). */
  appraisal?: string | null | undefined;
  /** Leave out what can not be destroyed, instead of refusing the list. */
  leaveOut?: boolean | undefined;
}

export interface RefusedGroup {
  code: Obstacle;
  count: number;
  examples: { id: string; referenceCode: string | null; title: string }[];
}

export interface DisposalPreview {
  units: number;
  eligible: number;
  files: number;
  bytes: number;
  /** Retention periods of what can be destroyed, with the last day one of them is over. */
  retentions: { code: string | null; count: number; expiresOn: string | null }[];
  refused: RefusedGroup[];
}

const EXAMPLES = 10;
const missing = () => new Refusal('archive.notFound', 'There is no such archive.');

function filterOf(c: DisposalChoice): UnitFilter {
  if (!c.unitIds && !c.filter) throw new Refusal('disposal.none', 'No entry was chosen.');
  return c.unitIds
    ? { archiveId: c.archiveId, ids: c.unitIds }
    : { ...c.filter, held: 'yes', archiveId: c.archiveId };
}

function groupsOf(judged: readonly Judged[]): RefusedGroup[] {
  const groups = new Map<Obstacle, RefusedGroup>();
  for (const { unit, obstacle } of judged) {
    if (!obstacle) continue;
    const group = groups.get(obstacle) ?? { code: obstacle, count: 0, examples: [] };
    groups.set(obstacle, group);
    group.count++;
    if (group.examples.length < EXAMPLES)
      group.examples.push({ id: unit.id, referenceCode: unit.referenceCode, title: unit.title });
  }
  return [...groups.values()];
}

function retentionsOf(eligible: readonly Judged[]): DisposalPreview['retentions'] {
  const groups = new Map<string | null, DisposalPreview['retentions'][number]>();
  for (const { listed } of eligible) {
    const group = groups.get(listed.retention) ?? { code: listed.retention, count: 0, expiresOn: null };
    groups.set(listed.retention, group);
    group.count++;
    if (listed.expiresOn && (group.expiresOn ?? '') < listed.expiresOn) group.expiresOn = listed.expiresOn;
  }
  return [...groups.values()];
}

const sum = (list: readonly Judged[], of: (j: Judged) => number) => list.reduce((n, j) => n + of(j), 0);

function previewOf(judged: readonly Judged[]): DisposalPreview {
  const eligible = judged.filter((j) => !j.obstacle);
  return {
    units: judged.length,
    eligible: eligible.length,
    files: sum(eligible, (j) => j.listed.files),
    bytes: sum(eligible, (j) => j.listed.bytes),
    retentions: retentionsOf(eligible),
    refused: groupsOf(judged),
  };
}

/** What a list would be, and what can not be on it. @throws Refusal archive.notFound, disposal.tooMany, disposal.none */
export function previewDisposal(
  deps: DisposalDeps,
  actor: Actor,
  choice: DisposalChoice,
): Promise<DisposalPreview> {
  demand(actor, 'disposal.propose', choice.archiveId, missing(), 'whole');
  return deps.db.as(scopeOf(actor), async (tx) =>
    previewOf(
      await judgeUnits(deps, tx, filterOf(choice), {
        today: dayIn(deps.clock.now(), deps.timeZone),
        approval: Boolean(choice.approval?.trim()),
        except: null,
      }),
    ),
  );
}

/**
 * Proposes that content be destroyed; two other persons have to agree. Who proposes works in the whole archive: a list
 * cuts through categories.
 *
 * @throws Refusal archive.notFound, disposal.person, disposal.reason, disposal.none, disposal.tooMany, disposal.refused (with
 * the groups of what can not be destroyed)
 */
export function proposeDisposal(deps: DisposalDeps, actor: Actor, p: DisposalProposal): Promise<string> {
  demand(actor, 'disposal.propose', p.archiveId, missing(), 'whole');
  const personId = actor.id;
  if (!personId || actor.kind !== 'person')
    throw new Refusal('disposal.person', 'A list is proposed by a person with an account.');
  const [title, reason, basis] = [p.title.trim(), p.reason.trim(), p.basis.trim()];
  if (!title || !reason || !basis)
    throw new Refusal('disposal.reason', 'A list needs a name, the reason and what it stands on.');
  return deps.db.as(scopeOf(actor), async (tx) => {
    const at = deps.clock.now();
    const day = dayIn(at, deps.timeZone);
    const approval = p.approval?.trim() || null;
    const judged = await judgeUnits(deps, tx, filterOf(p), {
      today: day,
      approval: approval !== null,
      except: null,
    });
    const eligible = judged.filter((j) => !j.obstacle);
    if (!p.leaveOut && eligible.length < judged.length) {
      const groups = groupsOf(judged);
      throw new Refusal(
        'disposal.refused',
        `${judged.length - eligible.length} of these entries can not be destroyed.`,
        { count: judged.length - eligible.length, groups },
      );
    }
    if (eligible.length === 0)
      throw new Refusal('disposal.none', 'No entry was chosen that can be destroyed.');
    const archive = (await deps.holdings.archives()).find((a) => a.id === p.archiveId);
    if (!archive) throw missing();
    const year = Number(day.slice(0, 4));
    const n = await nextDisposalNumber(tx, p.archiveId, year);
    const id = deps.newId();
    const d = {
      id,
      archiveId: p.archiveId,
      number: `${archive.code}-X-${year}-${String(n).padStart(4, '0')}`,
      title,
      reason,
      basis,
      appraisal: p.appraisal?.trim() || null,
      approval,
      unitCount: eligible.length,
      fileCount: sum(eligible, (j) => j.listed.files),
      byteCount: sum(eligible, (j) => j.listed.bytes),
      proposedBy: personId,
      proposedByName: actor.name,
      proposedFor: (actor.delegatedBy?.get(p.archiveId) ?? []).map((x) => x.id),
      proposedAt: at,
    };
    await insertDisposal(tx, d);
    await insertListed(
      tx,
      d,
      eligible.map((j, i) => ({ ...j.listed, seq: i + 1 })),
    );
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: p.archiveId,
      act: 'disposal.proposed',
      target: { type: 'disposal', id },
      detail: { number: d.number, reason, basis, units: d.unitCount, bytes: d.byteCount },
    });
    return id;
  });
}
