import { type Sql, sql, type Tx } from '#kernel/db';

/** How two entries belong together 相关著录单元, told from the side of the first. */
export const UNIT_RELATIONS = [
  'related',
  'sameMatter',
  'copyOf',
  'originalOf',
  'replyTo',
  'repliedBy',
  'attachmentOf',
  'hasAttachment',
  'continues',
  'continuedBy',
] as const;
export type UnitRelationType = (typeof UNIT_RELATIONS)[number];

const INVERSE: Partial<Record<UnitRelationType, UnitRelationType>> = {
  copyOf: 'originalOf',
  originalOf: 'copyOf',
  replyTo: 'repliedBy',
  repliedBy: 'replyTo',
  attachmentOf: 'hasAttachment',
  hasAttachment: 'attachmentOf',
  continues: 'continuedBy',
  continuedBy: 'continues',
};
const TURNED: readonly UnitRelationType[] = ['originalOf', 'repliedBy', 'hasAttachment', 'continuedBy'];

export const unitInverse = (type: UnitRelationType): UnitRelationType => INVERSE[type] ?? type;

/** As it is written: one row for one relation, whichever side it was told from. */
export function unitCanonical(
  a: string,
  type: UnitRelationType,
  b: string,
): [string, UnitRelationType, string] {
  if (TURNED.includes(type)) return [b, unitInverse(type), a];
  return unitInverse(type) === type && b < a ? [b, type, a] : [a, type, b];
}

export interface UnitRelation {
  id: string;
  type: UnitRelationType;
  turned: boolean;
  note: string | null;
  byName: string;
  at: Date;
  unit: {
    id: string;
    archiveId: string;
    level: string;
    referenceCode: string | null;
    title: string;
    date: string | null;
  };
}

/** Entries that belong to one, as far as the asker sees them. */
export async function relationsOfUnit(on: Sql, unitId: string): Promise<UnitRelation[]> {
  const r =
    await sql<UnitRelation>`select r.id, r.type, r.unit_id <> ${unitId} as turned, r.note, r.by_name as "byName", r.at,
      json_build_object('id', u.id, 'archiveId', u.archive_id, 'level', u.level, 'referenceCode', u.reference_code, 'title', u.title,
        'date', u.date_text) as unit
    from (select r.* from authorities.unit_relation r where r.unit_id = ${unitId}
        union all select r.* from authorities.unit_relation r where r.other_id = ${unitId}) r
      join holdings.unit u on u.id = case when r.unit_id = ${unitId} then r.other_id else r.unit_id end
    order by r.type, u.sort_key, u.id limit 500`.execute(on);
  return r.rows;
}

/** @returns false where they are related so already */
export async function insertUnitRelation(
  tx: Tx,
  r: {
    id: string;
    archiveId: string;
    unitId: string;
    otherId: string;
    type: UnitRelationType;
    note: string | null;
    byName: string;
    at: Date;
  },
): Promise<boolean> {
  const done =
    await sql`insert into authorities.unit_relation (id, archive_id, unit_id, other_id, type, note, by_name, at)
    values (${r.id}, ${r.archiveId}, ${r.unitId}, ${r.otherId}, ${r.type}, ${r.note}, ${r.byName}, ${r.at})
    on conflict do nothing`.execute(tx);
  return Number(done.numAffectedRows) === 1;
}

export async function removeUnitRelation(tx: Tx, o: { id: string; unitId: string }): Promise<boolean> {
  const r = await sql`delete from authorities.unit_relation
    where id = ${o.id} and (unit_id = ${o.unitId} or other_id = ${o.unitId})`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}
