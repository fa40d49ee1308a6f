import { type Sql, sql, type Tx } from '#kernel/db';
import type { Finding, Severity } from '#kernel/errors';
import type { Family } from '../domain/families.ts';
import { storable } from './storable.ts';

export interface KeptFinding extends Finding {
  seq: number;
  family: Family;
  /** Number of the entry it is about. */
  entry: number | null;
}

/** Findings of one rule. */
export interface FindingGroup {
  family: Family;
  code: string;
  severity: Severity;
  count: number;
}

export async function insertFindings(
  tx: Tx,
  examinationId: string,
  findings: readonly KeptFinding[],
): Promise<void> {
  await sql`insert into examination.finding (examination_id, seq, family, code, severity, path, message, entry)
    select ${examinationId}, * from unnest(${findings.map((f) => f.seq)}::int[], ${findings.map((f) => f.family)}::text[],
      ${findings.map((f) => f.code)}::text[], ${findings.map((f) => f.severity)}::text[],
      ${findings.map((f) => storable(f.path))}::text[], ${findings.map((f) => storable(f.message))}::text[],
      ${findings.map((f) => f.entry)}::int[])`.execute(tx);
}

const FINDING = sql`seq, family, code, severity, path, message, entry`;

/** The gravest first, and within that the most frequent. */
export async function findingGroups(db: Sql, examinationId: string): Promise<FindingGroup[]> {
  const r =
    await sql<FindingGroup>`select family, code, severity, count(*)::int as count from examination.finding
    where examination_id = ${examinationId} group by family, code, severity
    order by array_position(array['error', 'warning', 'info'], severity), count(*) desc, code`.execute(db);
  return r.rows;
}

export async function findingPage(
  db: Sql,
  o: {
    examinationId: string;
    code?: string | undefined;
    severity?: Severity | undefined;
    entry?: number | undefined;
    after: number;
    limit: number;
  },
): Promise<KeptFinding[]> {
  const r =
    await sql<KeptFinding>`select ${FINDING} from examination.finding where examination_id = ${o.examinationId}
      and (${o.code ?? null}::text is null or code = ${o.code ?? null})
      and (${o.severity ?? null}::text is null or severity = ${o.severity ?? null})
      and (${o.entry ?? null}::int is null or entry = ${o.entry ?? null}) and seq > ${o.after}
    order by seq limit ${o.limit}`.execute(db);
  return r.rows;
}
