import type { Language } from '#kernel/actor';
import { scopeOf } from '#kernel/actor';
import { isRefusal } from '#kernel/errors';
import type { IntakeDeps } from '../deps.ts';
import type { SaidFinding } from '../domain/registration.ts';
import { sentence } from '../domain/say.ts';
import { insertArrivals, type Way } from '../store/arrivals.ts';
import type { ItemKind } from '../store/items.ts';
import { countRefused } from '../store/use.ts';
import type { Sender } from './sender.ts';

/** So many refusals of a day are written down one by one; of a system that has gone mad the number says enough. */
const MOST_LINES = 10_000;
/** The same sent late is no news. */
const NO_NEWS: ReadonlySet<string> = new Set(['intake.superseded.conflict']);

const isFindings = (v: unknown): v is SaidFinding[] => Array.isArray(v);

/** Writes into the log that something was refused, and why; of what bears a classification only that there was something. */
export async function noteRefused(
  deps: IntakeDeps,
  { system, actor }: Sender,
  o: { senderId: string; kind: ItemKind; title: string | null; way: Way; language: Language },
  e: unknown,
): Promise<void> {
  if (!isRefusal(e) || NO_NEWS.has(e.code)) return;
  const unnamed = isClassified(e.code);
  const { findings } = e.detail;
  const said: SaidFinding[] = isFindings(findings)
    ? findings.slice(0, 200)
    : [
        {
          severity: 'error',
          field: '',
          code: e.code,
          message: sentence(e.code, e.message, e.detail, actor.language),
        },
      ];
  await deps.db.as(scopeOf(actor), async (tx) => {
    if ((await countRefused(tx, system.id, deps.today())) > MOST_LINES) return;
    await insertArrivals(tx, [
      {
        id: deps.newId(),
        systemId: system.id,
        archiveId: system.archiveId,
        agencyId: system.agencyId,
        at: deps.clock.now(),
        way: o.way,
        kind: o.kind,
        senderId: unnamed ? null : o.senderId,
        title: unnamed ? null : o.title,
        outcome: 'refused',
        code: e.code,
        findings: said,
        files: 0,
        bytes: 0,
        targetId: null,
      },
    ]);
  });
}

/** Refusals of what bears a classification: nothing of it is named anywhere. */
export const isClassified = (code: string): boolean => code === 'record.secret' || code === 'transfer.marked';
