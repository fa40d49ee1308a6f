import type { Sql } from '#kernel/db';
import type { ArchiveLabel, FondsLabel } from '../entry.ts';
import { column, plain, rowsFrom } from './columns.ts';
import { run } from './runner.ts';

export async function putArchives(on: Sql, archives: readonly ArchiveLabel[]): Promise<void> {
  if (archives.length === 0) return;
  await run(
    on,
    `insert into search.archive (id, path, code, name, name_hant, name_en)
       select id::uuid, path::uuid[], code, name, name_hant, name_en
       from ${rowsFrom(['id', 'path', 'code', 'name', 'name_hant', 'name_en'])}
       on conflict (id) do update set path = excluded.path, code = excluded.code, name = excluded.name,
         name_hant = excluded.name_hant, name_en = excluded.name_en`,
    [
      column(archives.map((a) => a.id)),
      column(archives.map((a) => `{${a.path.join(',')}}`)),
      column(archives.map((a) => a.code)),
      column(archives.map((a) => a.name)),
      column(archives.map((a) => a.nameHant)),
      column(archives.map((a) => a.nameEn)),
    ],
  );
}

export async function putFonds(on: Sql, fonds: readonly FondsLabel[]): Promise<void> {
  if (fonds.length === 0) return;
  const labels = fonds.map((f) => ({ archive: f.archiveId, number: plain(f.number), name: plain(f.name) }));
  await run(on, 'select search.put_fonds($1::jsonb)', [JSON.stringify(labels)]);
}
