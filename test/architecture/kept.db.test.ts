import { describe, expect, it } from 'vitest';
import { ALSO_EMPTIED, KEPT_TABLES } from '../../src/main/kept.ts';
import { ownerClient } from '../support/ownerClient.ts';

const client = ownerClient();

/**
 * Tables that do not come back from the storage root (docs/decisions/0012). Whoever adds a table decides: what describes what is
 * held comes back (`preservation.keep` in a migration, and the module's list of kept tables); else it stands here.
 */
const FROM_BACKUP = [
  // Who may do what, and what was done.
  /^identity\./,
  /^audit\./,
  /^lantai\.(key_set|data_key|job|migration)$/,
  // Work in progress, and how it is done here.
  /^holdings\.(rearrangement|rearrangement_unit|import|import_finding|import_fonds|import_profile|changeset_left|draft|bulk_edit|bulk_edit_part|table_view|desk_setting|oddity_passed)$/,
  /^digitisation\.(scan_import|scan_file)$/,
  // Applicants' papers: personal data under keys that are not in the root.
  /^access\.certificate$/,
  // What people had looked at: theirs for some days. What they sent is not in a backup, and ends by itself.
  /^examination\./,
  // What people had printed: theirs for some days, and made again from the holdings; how an archive prints its forms.
  /^printing\./,
  // What was published, and withdrawn, among harvesters: after a rebuild what is open is published anew, what was withdrawn is forgotten.
  /^federation\./,
  // Schemes, runs and what people answered.
  /^checks\./,
  // What agencies file until it is handed over.
  /^(filing|transfer|classified|intake|guidance|fondsfile|deposit|accessions)\./,
  // How this house keeps its copies and backups.
  /^backup\./,
  /^preservation\.(store|copy|copy_.*|media|media_.*|fixity|fixity_.*|growth|repair|repair_.*|alarm|alarm_.*|sample|sample_.*)$/,
];
const MADE_AGAIN = [
  /^search\./,
  // Counted by the triggers of what is counted.
  /^holdings\.unit_count(_change)?$/,
  // Where the nth of a long row of siblings is, and when entries were changed: kept by triggers.
  /^holdings\.(sibling_mark|unit_changed_at)$/,
  // What is to be counted anew; all of it after a rebuild.
  /^holdings\.gap_recount$/,
  // Made anew at each start.
  /^lantai\.seal_key$/,
  // Views of the root, and what the keeping of segments works with.
  /^preservation\.(object|intent|unsaved|stream|format_tally|conversion|loose_segment|kept|rebuild|rebuild_.*)$/,
];

describe('every table', () => {
  it('comes back from the storage root, from a backup, or is made again, as somebody decided', async () => {
    const r = await client.query<{ name: string }>(`select n.nspname || '.' || c.relname as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgboss') order by 1`);
    const kept = new Set([...KEPT_TABLES.map((t) => t.table), ...ALSO_EMPTIED]);
    const undecided = r.rows.filter(
      ({ name }) => !kept.has(name) && ![...FROM_BACKUP, ...MADE_AGAIN].some((rule) => rule.test(name)),
    );
    expect(undecided.map((t) => t.name)).toEqual([]);
    expect([...kept].filter((t) => !r.rows.some((x) => x.name === t))).toEqual([]);
  });

  it('that refers to what comes back whole comes back too, or is emptied with it', async () => {
    const anew = KEPT_TABLES.filter((t) => t.way === 'anew').map((t) => t.table);
    const r = await client.query<{ name: string }>(
      `with recursive referring (oid) as (
         select unnest($1::regclass[])::oid union select c.conrelid from referring join pg_constraint c on c.confrelid = referring.oid and c.contype = 'f')
       select oid::regclass::text as name from referring`,
      [anew],
    );
    const together = [...anew, ...ALSO_EMPTIED];
    expect(r.rows.map((x) => x.name).filter((name) => !together.includes(name))).toEqual([]);
  });
});
