import type { ReferenceTemplate, Slot } from '#formats/reference-codes';
import { type Sql, sql, type Tx } from '#kernel/db';
import type { Fonds } from './fonds.ts';

/** How an archive builds the codes of a fonds and category from a day on. Null: of all. */
export interface CodeTemplate {
  id: string;
  archiveId: string;
  fondsId: string | null;
  category: string | null;
  /** `YYYY-MM-DD`. */
  validFrom: string;
  name: string;
  slots: readonly Slot[];
  createdAt: Date;
  createdByName: string;
}

/** With what today makes of it: in force, to come, or followed by another of its scope. */
export interface CodeTemplateRow extends CodeTemplate {
  state: 'inForce' | 'toCome' | 'followed';
  fondsNumber: string | null;
  fondsName: string | null;
}

const asTemplate = ({ id, name, slots }: Pick<CodeTemplate, 'id' | 'name' | 'slots'>): ReferenceTemplate => ({
  key: id,
  label: name,
  basis: 'archive',
  slots,
});

type Template = Pick<CodeTemplate, 'id' | 'name' | 'slots'>;

/** The archive's own template for a fonds and category, the most particular one in force. */
export async function templateFor(
  tx: Tx,
  fonds: Pick<Fonds, 'id' | 'archiveId'>,
  category: string | null,
): Promise<ReferenceTemplate | undefined> {
  const r = await sql<Template>`
    select id, name, slots from holdings.code_template
    where archive_id = ${fonds.archiveId} and (fonds_id is null or fonds_id = ${fonds.id})
      and (category is null or category = ${category}) and valid_from <= current_date
    order by fonds_id nulls last, category nulls last, valid_from desc limit 1`.execute(tx);
  return r.rows[0] && asTemplate(r.rows[0]);
}

/** All templates of the archive that codes of a fonds may have been given by. */
export async function templatesOfFonds(tx: Tx, fonds: Fonds): Promise<ReferenceTemplate[]> {
  const r = await sql<Template>`select id, name, slots from holdings.code_template
    where archive_id = ${fonds.archiveId} and (fonds_id is null or fonds_id = ${fonds.id})
      and valid_from <= current_date order by valid_from desc`.execute(tx);
  return r.rows.map(asTemplate);
}

/** All templates codes of an archive may have been given by, those of single fonds and categories first. */
export async function templatesInUse(tx: Tx, archiveId: string): Promise<ReferenceTemplate[]> {
  const r = await sql<Template>`select id, name, slots from holdings.code_template
    where archive_id = ${archiveId} and valid_from <= current_date
    order by fonds_id nulls last, category nulls last, valid_from desc limit 2000`.execute(tx);
  return r.rows.map(asTemplate);
}

const ROW = sql`t.id, t.archive_id as "archiveId", t.fonds_id as "fondsId", t.category,
  to_char(t.valid_from, 'YYYY-MM-DD') as "validFrom", t.name, t.slots, t.created_at as "createdAt",
  t.created_by_name as "createdByName", f.number as "fondsNumber", f.name as "fondsName",
  case when t.valid_from > current_date then 'toCome'
    when exists (select 1 from holdings.code_template l where l.archive_id = t.archive_id
      and l.fonds_id is not distinct from t.fonds_id and l.category is not distinct from t.category
      and l.valid_from > t.valid_from and l.valid_from <= current_date) then 'followed'
    else 'inForce' end as state`;

/** An archive's templates by fonds and category, the newest of each scope first. */
export async function templatesOf(tx: Sql, archiveId: string): Promise<CodeTemplateRow[]> {
  const r = await sql<CodeTemplateRow>`select ${ROW} from holdings.code_template t
    left join holdings.fonds f on f.id = t.fonds_id where t.archive_id = ${archiveId}
    order by f.number nulls first, t.category nulls first, t.valid_from desc limit 2000`.execute(tx);
  return r.rows;
}

export async function templateById(tx: Sql, id: string): Promise<CodeTemplateRow | undefined> {
  const r = await sql<CodeTemplateRow>`select ${ROW} from holdings.code_template t
    left join holdings.fonds f on f.id = t.fonds_id where t.id = ${id}`.execute(tx);
  return r.rows[0];
}

/** Inserts; `past` for a day gone by, `taken` when the scope has one from that day or a later one on. */
export async function insertTemplate(
  tx: Tx,
  t: Omit<CodeTemplate, 'createdAt'>,
): Promise<'inserted' | 'past' | 'taken'> {
  const r = await sql<{ past: boolean; taken: boolean }>`select ${t.validFrom}::date < current_date as past,
    exists (select 1 from holdings.code_template l where l.archive_id = ${t.archiveId}
      and l.fonds_id is not distinct from ${t.fondsId}::uuid and l.category is not distinct from ${t.category}::text
      and l.valid_from >= ${t.validFrom}::date) as taken`.execute(tx);
  if (r.rows[0]!.past) return 'past';
  if (r.rows[0]!.taken) return 'taken';
  const made = await sql`insert into holdings.code_template
      (id, archive_id, fonds_id, category, valid_from, name, slots, created_by_name)
    values (${t.id}, ${t.archiveId}, ${t.fondsId}, ${t.category}, ${t.validFrom}, ${t.name},
      ${JSON.stringify(t.slots)}::jsonb, ${t.createdByName}) on conflict do nothing`.execute(tx);
  return Number(made.numAffectedRows) === 1 ? 'inserted' : 'taken';
}

/** Removes a template whose day has not come. False when it has. */
export async function deleteTemplate(tx: Tx, id: string): Promise<boolean> {
  const r =
    await sql`delete from holdings.code_template where id = ${id} and valid_from > current_date`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}
