import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import Type from 'typebox';
import { createWorkbookWriter } from '#formats/sheets';
import { auditActor } from '#kernel/actor';
import {
  type AuditEntry,
  type AuditTrail,
  checkpointPage,
  type EntryFilter,
  type EntryPlace,
  proveEntry,
  searchEntries,
} from '#kernel/audit';
import { isRefusal } from '#kernel/errors';
import { sendFile } from '#kernel/http/file';
import type { App } from '#kernel/http/route';
import type { Keyring } from '#kernel/keyring';
import { type Language, t } from '#kernel/wording';
import { type AskingDeps, EntryQuery, filterOf, namesOf } from './asking.ts';
import { presentCheckpoint } from './checkpoints.ts';
import { sentenceOf, type ThingNames, thingOf } from './sentence.ts';

interface Deps extends AskingDeps {
  audit: AuditTrail;
  keyring: Keyring;
}

const BATCH = 500;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MIME = { xlsx: XLSX, csv: 'text/csv; charset=utf-8', json: 'application/json' } as const;
type Format = keyof typeof MIME;

const COLUMNS = [
  'at',
  'person',
  'act',
  'thing',
  'sentence',
  'result',
  'address',
  'purpose',
  'rule',
  'details',
] as const;
const WIDTHS: Record<(typeof COLUMNS)[number], number> = {
  at: 24,
  person: 16,
  act: 24,
  thing: 30,
  sentence: 60,
  result: 10,
  address: 18,
  purpose: 30,
  rule: 16,
  details: 60,
};

/** The trail written out for a report, as asked for; the writing out is itself an entry. */
export function registerAuditReport(app: App, deps: Deps): void {
  app.get(
    '/api/v1/audit/report.:format',
    {
      config: { policy: 'audit.report' },
      schema: {
        tags: ['audit'],
        params: Type.Object({ format: Type.Enum(['xlsx', 'csv', 'json']) }),
        querystring: EntryQuery,
      },
    },
    async (req, reply) => {
      const format = req.params.format as Format;
      const filter = await filterOf(deps, req.actor, req.query, 'audit.report');
      await deps.db.system((tx) =>
        deps.audit.append(tx, {
          actor: auditActor(req.actor),
          archiveId: filter.archives[0] ?? null,
          act: 'audit.exported',
          target: { type: 'audit', id: format },
          detail: { format, filter: { ...req.query } },
        }),
      );
      const out = new PassThrough();
      write(deps, filter, req.actor.language, format, out).catch((e: Error) => {
        req.log.error({ err: e }, 'the trail could not be written out');
        out.destroy(e);
      });
      return sendFile(reply, { type: MIME[format], name: `audit.${format}` }, out);
    },
  );
}

function write(
  deps: Deps,
  filter: EntryFilter,
  l: Language,
  format: Format,
  out: PassThrough,
): Promise<void> {
  if (format === 'xlsx') return writeWorkbook(deps, filter, l, out);
  return format === 'csv' ? writeCsv(deps, filter, l, out) : writeJson(deps, filter, l, out);
}

/** All entries that fit, newest first, some at a time. */
async function* every(
  deps: Deps,
  filter: EntryFilter,
  language: Language,
): AsyncGenerator<{ entries: AuditEntry[]; names: ThingNames }> {
  let after: EntryPlace | undefined;
  for (;;) {
    const entries = await deps.db.system((tx) => searchEntries(tx, filter, { after, limit: BATCH }));
    const last = entries.at(-1);
    if (!last) return;
    yield { entries, names: await namesOf(deps, entries, language) };
    after = { at: last.at, id: last.id };
  }
}

function cells(l: Language, e: AuditEntry, names: ThingNames): string[] {
  return [
    e.at.toISOString(),
    e.actor.name,
    e.act,
    thingOf(l, e, names),
    sentenceOf(l, e, names),
    t(l, `audit.result.${e.result ?? 'done'}`),
    e.address ?? '',
    e.purpose ?? '',
    e.rule ? `${e.rule.id} ${e.rule.version}` : '',
    Object.keys(e.detail).length === 0 ? '' : JSON.stringify(e.detail),
  ];
}

async function writeWorkbook(deps: Deps, filter: EntryFilter, l: Language, out: PassThrough): Promise<void> {
  const book = createWorkbookWriter(out);
  const sheet = await book.sheet(
    t(l, 'audit.title'),
    COLUMNS.map((c) => ({ heading: t(l, `audit.${c}`), width: WIDTHS[c] })),
  );
  for await (const { entries, names } of every(deps, filter, l))
    await sheet.rows(entries.map((e) => cells(l, e, names)));
  await book.finish();
}

async function put(out: PassThrough, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}

/** A cell that no program takes for a formula, whatever stands in it. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

async function writeCsv(deps: Deps, filter: EntryFilter, l: Language, out: PassThrough): Promise<void> {
  const line = (values: readonly string[]) => `${values.map(csvCell).join(',')}\r\n`;
  // The mark by which spreadsheet programs know UTF-8.
  await put(out, `\ufeff${line(COLUMNS.map((c) => t(l, `audit.${c}`)))}`);
  for await (const { entries, names } of every(deps, filter, l))
    await put(out, entries.map((e) => line(cells(l, e, names))).join(''));
  out.end();
}

/** Entries as they were hashed, each with its path to one checkpoint: all that is needed to check them elsewhere. */
async function writeJson(deps: Deps, filter: EntryFilter, l: Language, out: PassThrough): Promise<void> {
  const [checkpoint] = await deps.db.system((tx) => checkpointPage(tx, { limit: 1 }));
  const head = {
    type: 'lantai/audit-report',
    checkpoint: checkpoint ? presentCheckpoint(checkpoint) : null,
    trust: await deps.keyring.trustBundle(deps.db.owner, null),
  };
  await put(out, `${JSON.stringify(head).slice(0, -1)},"entries":[`);
  let first = true;
  for await (const { entries, names } of every(deps, filter, l)) {
    for (const e of entries) {
      const proof = checkpoint && (await proofUnder(deps, e.id, checkpoint.size));
      const item = { id: e.id, sentence: sentenceOf(l, e, names), ...proof };
      await put(out, `${first ? '' : ','}\n${JSON.stringify(item)}`);
      first = false;
    }
  }
  out.end('\n]}\n');
}

/** What is too new for the checkpoint goes without a proof, and says so. */
async function proofUnder(deps: Deps, id: string, size: number) {
  try {
    const { position, leafHash, entry, path } = await deps.db.system((tx) => proveEntry(tx, id, { size }));
    return { position, leafHash, entry, path };
  } catch (e) {
    if (isRefusal(e)) return { proof: e.code };
    throw e;
  }
}
