import { judgeRecord, labelOf, type MetadataScheme, schemeFor } from '#formats/metadata-schemes';
import type { AgencyOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import type { FilingDeps } from '../deps.ts';
import { gapWords, type Missing, missingTally } from '../domain/missing.ts';
import { metadataOf } from '../domain/record.ts';
import { linesOf } from '../store/lines.ts';
import { linesFiled, numbersByScope, withFiles, yearTotals } from '../store/missing.ts';
import { itemPage } from '../store/records.ts';
import { scheduleInForce } from '../store/schedules.ts';

const AT_ONCE = 500;
/** What only the number gives; it is looked at apart. */
const OF_NUMBER = new Set(['referenceCode', 'itemNo', 'fondsNo', 'retention', 'dept', 'volumeNo']);

/** What a year of an agency still lacks: gone through in portions, whatever its size. */
export async function missingOf(
  deps: FilingDeps,
  tx: Tx,
  { agencyId, year }: AgencyOf & { year: number },
): Promise<Missing> {
  const tally = missingTally(await yearTotals(tx, agencyId, year));
  const numbers = new Map((await deps.holdings.fondsOfAgencies([agencyId])).map((f) => [f.id, f.number]));
  let after: { sortKey: string; id: string } | undefined;
  for (;;) {
    const items = await itemPage(tx, { agencyId, year, state: 'registered' }, { after, limit: AT_ONCE });
    const filled = await withFiles(
      tx,
      items.map((i) => i.id),
    );
    for (const item of items) {
      const about = (detail = '') => ({ id: item.id, label: item.referenceCode ?? item.title, detail });
      if (item.retention === null) tally.note('noRetention', about());
      else if (item.referenceCode === null) tally.note('noNumber', about());
      if (item.classCode === null) tally.note('noClass', about());
      if (!filled.has(item.id)) tally.note('noFile', about());
      const fields = faultyFields(schemeFor(item.category, 'item'), {
        ...item,
        fondsNumber: numbers.get(item.fondsId) ?? '',
      });
      if (fields.length > 0) tally.note('metadata', about(fields.join(', ')));
    }
    const last = items.at(-1);
    if (items.length < AT_ONCE || !last) break;
    after = { sortKey: last.sortKey, id: last.id };
  }
  for (const { code, numbers: given } of await numbersByScope(tx, agencyId, year))
    for (const gap of gapWords(given)) tally.note('gap', { id: null, label: code, detail: gap });
  const schedule = await scheduleInForce(tx, agencyId, deps.today());
  if (!schedule) {
    tally.note('noSchedule', { id: null, label: '', detail: '' });
    return tally.told();
  }
  const filed = await linesFiled(tx, agencyId, year);
  for (const line of await linesOf(tx, schedule.id))
    if (!filed.has(line.key)) tally.note('emptyLine', { id: null, label: line.number, detail: line.matter });
  return tally.told();
}

/** The messages that name the fields a record's scheme finds fault with. */
function faultyFields(scheme: MetadataScheme, record: Parameters<typeof metadataOf>[0]): string[] {
  const faults = judgeRecord(scheme, metadataOf(record), { stage: 'GD' }).filter(
    (f) => f.rule !== 'unusual' && !OF_NUMBER.has(f.field),
  );
  return [
    ...new Set(
      faults.flatMap((f) => {
        const field = scheme.fields.find((one) => one.key === f.field);
        return field ? [labelOf(field)] : [];
      }),
    ),
  ];
}
