import { type Actor, auditActor } from '#kernel/actor';
import { keepsReport } from '#modules/preservation';
import type { ConsignedUnit } from '../consignment.ts';
import type { PackagesDeps } from '../deps.ts';
import type { Arrived } from '../kinds/kind.ts';
import type { EnterOrder } from './order.ts';

/** Documents of a package about an entry that are kept in one report each; larger ones are named and left out. */
const LARGEST = 8 * 2 ** 20;
const KEPT = /^(?:metadata\/premis\/events-v\d+\.xml|checks\/[^/]+\.json)$/;
/** Characters of reports that are kept with one flush. */
const TOGETHER = 16 * 2 ** 20;

type Report = Parameters<PackagesDeps['preservation']['keepReports']>[1][number];

/** The report's name in the objects. */
export const PACKAGE_REPORT = 'package';

/** What a package says happened to an entry before, as a report to be kept in its object. */
export async function reportOf(
  deps: PackagesDeps,
  arrived: Arrived,
  order: EnterOrder,
  unit: ConsignedUnit,
): Promise<Pick<Report, 'parts' | 'deed'>> {
  return {
    parts: await partsOf(deps, arrived, order, unit),
    deed: {
      type: 'validation',
      detail: { package: order.name, kind: order.kind, digest: arrived.digest, ...order.known?.detail },
    },
  };
}

/** Keeps the report in objects that got no version with the package, and have none: their content was there before. */
export async function keepReports(
  deps: PackagesDeps,
  actor: Actor,
  arrived: Arrived,
  order: EnterOrder,
  units: readonly { unit: ConsignedUnit; id: string }[],
): Promise<void> {
  const { preservation } = deps;
  let reports: Report[] = [];
  let size = 0;
  const flush = async () => {
    for (const outcome of await preservation.keepReports(auditActor(actor), reports))
      if (outcome) throw outcome.error;
    reports = [];
    size = 0;
  };
  for (const { unit, id } of units) {
    if (keepsReport(await preservation.repository.getObject(`urn:uuid:${id}`), PACKAGE_REPORT)) continue;
    const report = await reportOf(deps, arrived, order, unit);
    for (const { text } of report.parts) size += typeof text === 'string' ? text.length : 0;
    reports.push({ unit: { id, archiveId: order.archive.id }, name: PACKAGE_REPORT, ...report });
    if (size >= TOGETHER) await flush();
  }
  if (reports.length > 0) await flush();
}

async function partsOf(
  deps: PackagesDeps,
  { consignment, digest }: Arrived,
  order: EnterOrder,
  unit: ConsignedUnit,
): Promise<Record<string, unknown>[]> {
  const parts: Record<string, unknown>[] = [
    {
      package: order.name,
      kind: order.kind,
      digest,
      key: unit.key,
      archive: consignment.archive,
      title: consignment.title,
      valid: true,
      malware: deps.scan ? 'scanned, nothing found' : 'not performed: the site has no scanner',
    },
  ];
  if (order.known) parts.push(...(await order.known.parts(unit, unit.key === order.first)));
  for await (const document of unit.documents()) {
    if (!KEPT.test(document.path)) continue;
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of await document.open()) {
      size += (chunk as Buffer).length;
      if (size <= LARGEST) chunks.push(chunk as Buffer);
    }
    const text = size <= LARGEST ? Buffer.concat(chunks).toString('utf8') : null;
    parts.push({ document: document.path, bytes: size, text });
  }
  return parts;
}
