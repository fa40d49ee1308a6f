import type { Actor } from '#kernel/actor';
import type { UnitRow } from '#modules/holdings';
import type { CliHouse } from '../../house.ts';
import type { SampleArchive } from '../network/archives.ts';
import { archivistOf } from './catalogues.ts';

/** Records of this year and before were 25 years old when the sample was made (Archives Law, opening after 25 years [S:LAW]). */
const OPENS_UP_TO = 2000;
/** Classes that name no private persons and hold no accounts. */
const HARMLESS = new Set(['WS', 'KJ', 'ZP', 'LY', 'LX', 'SW']);
const REASON = '形成满25年，经开放审核无控制情形';
const BASIS = '《档案法》第二十七条；《国家档案馆档案开放办法》';
const PENDING = '防汛、绿化、水土保持类文件不涉及控制事项，拟提前开放';

/** Opens the harmless records of an archive that are old enough: one person proposes, another decides. */
export async function openOldRecords(house: CliHouse, archive: SampleArchive): Promise<number> {
  const proposer = await archivistOf(house, archive);
  const decider = await house.identity.actorNamed(archive.code === '970121' ? 'approver' : 'reviewer');
  const wanted = (u: UnitRow) =>
    u.year !== null && u.year <= OPENS_UP_TO && u.accessStatus === 'unreviewed' && fits(u);
  const change = await proposed(house, proposer, archive, { reason: REASON, basis: BASIS, wanted });
  if (change === undefined) return 0;
  if (change.state === 'proposed')
    await house.holdings.decideAccess(decider, change.id, 'approved', '同意开放');
  return change.unitCount;
}

/** Leaves a proposal for somebody to decide. */
export async function proposeMore(house: CliHouse, archive: SampleArchive): Promise<void> {
  const wanted = (u: UnitRow) =>
    u.year !== null && u.year > OPENS_UP_TO && u.year <= 2012 && u.category === 'WS' && fits(u) && /防汛|植树|森林防火|水土保持/.test(u.title); // biome-ignore format: one row
  const proposer = await archivistOf(house, archive);
  await proposed(house, proposer, archive, { reason: PENDING, basis: BASIS, wanted });
}

const fits = (u: UnitRow) => u.classification === 'public' && u.category !== null && HARMLESS.has(u.category);

/** The proposal with this reason, made unless it is there; undefined when nothing is to be proposed. */
async function proposed(
  { holdings }: CliHouse,
  actor: Actor,
  archive: SampleArchive,
  p: { reason: string; basis: string; wanted(u: UnitRow): boolean },
) {
  const { id: archiveId } = await holdings.archiveByCode(archive.code);
  const made = await holdings.accessChanges(actor, { archiveId, limit: 100 });
  const known = made.items.find((c) => c.reason === p.reason);
  if (known) return known;
  const unitIds: string[] = [];
  for await (const rows of holdings.everyUnit(actor, { archiveId }, 'code'))
    unitIds.push(...rows.filter(p.wanted).map((u) => u.id));
  if (unitIds.length === 0) return undefined;
  const { reason, basis } = p;
  const id = await holdings.proposeAccess(actor, { archiveId, unitIds, status: 'open', reason, basis });
  return (await holdings.accessChange(actor, id, { limit: 1 })).change;
}
