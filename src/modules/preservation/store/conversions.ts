import { type Sql, sql, type Tx } from '#kernel/db';
import type { DerivativeRecord } from '../package/derivatives.ts';
import type { FilePlace } from './formats.ts';

/** Enters what was made of a unit's files, as its object tells it. What is entered already stays. */
export async function enterConversions(
  tx: Sql,
  unitId: string,
  made: readonly DerivativeRecord[],
): Promise<void> {
  if (made.length === 0) return;
  const rows = made.map((d) => ({
    of: d.of,
    target: d.target,
    source_puid: d.sourcePuid,
    path: d.path,
    puid: d.identified.puid,
    format_name: [d.identified.name, d.identified.version].filter(Boolean).join(' '),
    media_type: d.mediaType,
    bytes: d.bytes,
    sha512: d.sha512,
    at: d.madeAt,
    tool: `${d.tool.name} ${d.tool.version}`,
  }));
  await sql`insert into preservation.conversion as c (unit_id, ordinal, target, archive_id, source_puid, state, path, puid,
      format_name, media_type, bytes, sha512, tool, at)
    select f.unit_id, f.ordinal, d.target, f.archive_id, d.source_puid, 'made', d.path, d.puid, d.format_name, d.media_type,
      d.bytes, d.sha512, d.tool, d.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d ("of" int, target text, source_puid text, path text, puid text,
      format_name text, media_type text, bytes bigint, sha512 text, tool text, at timestamptz)
    join preservation.content f on f.unit_id = ${unitId}::uuid and f.ordinal = d."of"
    on conflict (unit_id, ordinal, target) do update set state = 'made', path = excluded.path, puid = excluded.puid,
      format_name = excluded.format_name, media_type = excluded.media_type, bytes = excluded.bytes, sha512 = excluded.sha512,
      tool = excluded.tool, at = excluded.at, code = null, trouble = null
    where c.state <> 'made'`.execute(tx);
}

/** Notes that a file could not be converted: it is not tried again until somebody asks. */
export async function noteFailure(
  tx: Tx,
  file: FilePlace & { archiveId: string; target: string; puid: string },
  trouble: { code: string; message: string; tool: string; at: Date },
): Promise<void> {
  await sql`insert into preservation.conversion as c (unit_id, ordinal, target, archive_id, source_puid, state, tool, code, trouble, at)
    select ${file.unitId}::uuid, ${file.ordinal}, ${file.target}, ${file.archiveId}::uuid, ${file.puid}, 'failed', ${trouble.tool},
      ${trouble.code}, ${trouble.message}, ${trouble.at}
    where exists (select from preservation.content where unit_id = ${file.unitId}::uuid and ordinal = ${file.ordinal})
    on conflict (unit_id, ordinal, target) do update set tries = c.tries + 1, tool = excluded.tool, code = excluded.code,
      trouble = excluded.trouble, at = excluded.at where c.state <> 'made'`.execute(tx);
}

/** Has what failed tried again. @returns how many files */
export async function forgetFailures(tx: Tx, archiveId: string): Promise<number> {
  const r =
    await sql`delete from preservation.conversion where archive_id = ${archiveId}::uuid and state = 'failed'`.execute(
      tx,
    );
  return Number(r.numAffectedRows ?? 0);
}

export type WaitingFile = FilePlace & {
  archiveId: string;
  logicalPath: string;
  originalName: string;
  bytes: number;
};

/** Files of a format that are not converted yet and did not fail, behind a place. */
export async function filesToConvert(
  on: Sql,
  o: { archiveId: string; puid: string; target: string; after: FilePlace | null; limit: number },
): Promise<WaitingFile[]> {
  const behind = o.after
    ? sql`and (c.unit_id, c.ordinal) > (${o.after.unitId}::uuid, ${o.after.ordinal}::int)`
    : sql``;
  const r = await sql<WaitingFile>`select c.unit_id as "unitId", c.ordinal, c.archive_id as "archiveId",
      c.logical_path as "logicalPath", c.original_name as "originalName", c.bytes::float8 as bytes
    from preservation.content c
    where c.archive_id = ${o.archiveId}::uuid and c.puid = ${o.puid} ${behind}
      and not exists (select from preservation.conversion d
        where d.unit_id = c.unit_id and d.ordinal = c.ordinal and d.target = ${o.target})
    order by c.unit_id, c.ordinal limit ${o.limit}`.execute(on);
  return r.rows;
}

export interface ConversionCount {
  puid: string;
  target: string;
  state: 'made' | 'failed';
  files: number;
}

/** What was converted and what failed, by format of the originals. */
export async function conversionCounts(tx: Sql, archiveId: string): Promise<ConversionCount[]> {
  const r = await sql<ConversionCount>`select source_puid as puid, target, state, count(*)::float8 as files
    from preservation.conversion where archive_id = ${archiveId}::uuid group by 1, 2, 3`.execute(tx);
  return r.rows;
}

export interface FailedConversion extends FilePlace {
  /** As it was called when it came in; null where the asker may not look into the record. */
  name: string | null;
  puid: string;
  target: string;
  tool: string;
  code: string;
  message: string;
  tries: number;
  at: Date;
}

/** Files of an archive that could not be converted, behind a place. */
export async function failedConversions(
  tx: Tx,
  o: { archiveId: string; puid?: string | undefined; after?: FilePlace | undefined; limit: number },
): Promise<FailedConversion[]> {
  const of = o.puid === undefined ? sql`` : sql`and d.source_puid = ${o.puid}`;
  const behind = o.after
    ? sql`and (unit_id, ordinal) > (${o.after.unitId}::uuid, ${o.after.ordinal}::int)`
    : sql``;
  const r =
    await sql<FailedConversion>`select unit_id as "unitId", ordinal, c.original_name as name, d.source_puid as puid,
      d.target, d.tool, d.code, d.trouble as message, d.tries, d.at
    from preservation.conversion d left join preservation.content c using (unit_id, ordinal)
    where d.archive_id = ${o.archiveId}::uuid and d.state = 'failed' ${of} ${behind}
    order by unit_id, ordinal limit ${o.limit}`.execute(tx);
  return r.rows;
}
