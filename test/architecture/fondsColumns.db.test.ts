import { expect, it } from 'vitest';
import { ownerClient } from '../support/ownerClient.ts';

const client = ownerClient();

/** What becomes of each column that names a fonds when the fonds is brought into another, and when that is taken back. */
const VERDICTS: Readonly<Record<string, string>> = {
  'accessions.accession.fonds_id':
    'stays: the records came for the fonds there was then; it still leads on by part_of',
  'accessions.accrual.fonds_id': 'stays: what is expected keeps its fonds, which leads on by part_of',
  'authorities.fonds_link.fonds_id': 'stays: who formed the old fonds is said of the old fonds',
  'federation.published.fonds_id': 'follows: the publisher is told of each entry',
  'federation.record_set.fonds_id': 'stays: what was withdrawn before is still of the old set',
  'filing.record.fonds_id': 'stays: agencies file under their own number; a closed fonds takes nothing in',
  'fondsfile.document.fonds_id': 'stays: the file of a fonds 全宗卷 is the history of that fonds',
  'holdings.access_grant.fonds_id':
    'stays: leave for a fonds is not widened to another; it serves again when all is taken back',
  'holdings.code_template.fonds_id': 'stays: codes of the old number are formed and read by it',
  'holdings.draft.fonds_id': 'follows when it is accepted (drafts of a fonds, in arranging.db.test.ts)',
  'holdings.import_fonds.fonds_id': 'stays: what an import did is history',
  'holdings.unit.fonds_id': 'follows: this is what bringing together is',
  'holdings.unit_count.fonds_id': 'follows by triggers',
  'holdings.unit_count_change.fonds_id': 'follows by triggers',
  'preservation.disposal_unit.fonds': 'stays: words of a list that was approved',
  'preservation.legal_hold.fonds_id': 'is refused: nothing leaves a fonds that is held back (arrange.onHold)',
  'preservation.media_plan.fonds_id': 'stays: a plan for the old fonds finds nothing until all is taken back',
  'search.entry.fonds_no': 'follows: the index is told of each entry',
  'transfer.batch.fonds': 'stays: words of a handover both sides signed',
  'holdings.fonds.part_of': 'says where a fonds went',
};

it('every column that names a fonds has a verdict on what becomes of it when the fonds is brought into another', async () => {
  const { rows } = await client.query<{ name: string }>(`
    select c.table_schema || '.' || c.table_name || '.' || c.column_name as name
      from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema', 'pgboss') and c.column_name ~ 'fonds'
    union
    select n.nspname || '.' || r.relname || '.' || a.attname from pg_constraint k join pg_class r on r.oid = k.conrelid
      join pg_namespace n on n.oid = r.relnamespace join pg_attribute a on a.attrelid = r.oid and a.attnum = k.conkey[1]
      where k.confrelid = 'holdings.fonds'::regclass
    order by 1`);
  expect(rows.map((r) => r.name)).toEqual(Object.keys(VERDICTS).sort());
});
