import { type Actor, auditActor } from '#kernel/actor';
import type { DigestName } from '#kernel/checksums';
import { isRefusal, Refusal } from '#kernel/errors';
import { CHECKS, type IncomingFile, type IntakeCheck } from '#modules/preservation';
import type { ConsignedFile, ConsignedUnit } from '../consignment.ts';
import type { Opened, PackagesDeps } from '../deps.ts';
import type { Arrived } from '../kinds/kind.ts';
import type { EnterOrder } from './order.ts';
import { createScratch } from './scratch.ts';

/** Documents of a package about an entry that are kept in one report each; larger ones are named and left out. */
const LARGEST = 8 * 2 ** 20;
const KEPT = /^(?:metadata\/premis\/events-v\d+\.xml|checks\/[^/]+\.json)$/;

export interface ContentOrder {
  arrived: Arrived;
  order: EnterOrder;
  unit: ConsignedUnit;
  id: string;
}

/**
 * Takes the content of an entry in by the way all content comes in, and keeps what the package says happened to it before as a
 * report in its object.
 *
 * @returns how many files are new
 * @throws Refusal ingest.contentDiffers, and those of the store
 */
export async function takeContent(deps: PackagesDeps, actor: Actor, o: ContentOrder): Promise<number> {
  await using scratch = createScratch(deps.scratch);
  const unit = { id: o.id, archiveId: o.order.archive.id };
  async function* incoming(): AsyncGenerator<IncomingFile> {
    for await (const file of o.unit.files()) yield await incomingOf(deps, file, await scratch.keep(file));
  }
  const [outcome] = await deps.preservation.hold(
    auditActor(actor),
    [{ ...unit, files: incoming() }],
    (tx, of, pages) => deps.wantText(tx, of, pages),
  );
  if (!outcome || outcome.status === 'failed') throw outcome?.error ?? new Error('nothing came of it');
  await keepReport(deps, actor, o, unit);
  return outcome.status === 'held' ? outcome.newFiles : 0;
}

async function incomingOf(deps: PackagesDeps, file: ConsignedFile, path: string): Promise<IncomingFile> {
  const { listed } = file;
  const counted = new Set<DigestName>(['sha512', 'sha256', ...(listed ? [listed.algorithm] : [])]);
  const { size, digests: all } = await deps.digests.digestFile(path, [...counted]);
  const digests = { sha512: all.sha512, sha256: all.sha256 };
  if (
    size !== file.bytes ||
    (file.sha512 !== null && digests.sha512 !== file.sha512) ||
    (listed && all[listed.algorithm] !== listed.digest)
  )
    throw new Refusal('ingest.contentDiffers', `${file.name} is not what the package says it is.`, {
      path: file.name,
    });
  const virus: IntakeCheck = deps.scan
    ? { check: CHECKS.virus, outcome: 'passed' }
    : { check: CHECKS.virus, outcome: 'not performed', note: 'the site has no scanner' };
  const opened = await openedOf(deps, file, path);
  return {
    ...{ path, name: file.name, nameBytes: file.nameBytes, bytes: size, digests },
    ...{ mediaType: opened.mediaType, pages: opened.pages },
    ...(opened.technical ? { technical: opened.technical } : {}),
    checks: [...opened.checks.filter((c) => c.check !== CHECKS.virus), virus],
  };
}

/** What is of no kind that can be shown, or broken, is kept as it came: a package is taken in whole. */
async function openedOf(
  deps: PackagesDeps,
  file: ConsignedFile,
  path: string,
): Promise<Omit<Opened, 'technical'> & Partial<Pick<Opened, 'technical'>>> {
  try {
    return await deps.inspect(path);
  } catch (e) {
    if (!isRefusal(e)) throw e;
    const unknown = e.code === 'scan.format';
    return {
      mediaType: file.mediaType ?? 'application/octet-stream',
      pages: [],
      checks: [
        unknown
          ? { check: CHECKS.opened, outcome: 'not performed', note: 'of no kind that is shown' }
          : { check: CHECKS.opened, outcome: 'failed', note: e.message },
        { check: CHECKS.digest, outcome: 'passed', note: 'sha512, sha256' },
      ],
    };
  }
}

/** Once an object: a run that was killed before this does it when it goes on. */
async function keepReport(
  { preservation, digests: _, ...deps }: PackagesDeps,
  actor: Actor,
  { arrived, order, unit }: ContentOrder,
  of: { id: string; archiveId: string },
): Promise<void> {
  const object = await preservation.repository.getObject(`urn:uuid:${of.id}`);
  if (object.files().some((f) => /^checks\/v\d+-package-/.test(f.logicalPath))) return;
  const parts: Record<string, unknown>[] = [
    {
      ...{ package: order.name, kind: order.kind, digest: arrived.digest, key: unit.key },
      ...{ archive: arrived.consignment.archive, title: arrived.consignment.title },
      valid: true,
      malware: deps.scan ? 'scanned, nothing found' : 'not performed: the site has no scanner',
    },
  ];
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
  await preservation.keepReports(auditActor(actor), [
    {
      unit: of,
      name: 'package',
      parts,
      deed: { type: 'validation', detail: { package: order.name, kind: order.kind, digest: arrived.digest } },
    },
  ]);
}
