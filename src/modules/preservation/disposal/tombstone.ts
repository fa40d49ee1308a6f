import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { NewFile, PutResult } from '#formats/ocfl';
import { systemActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { Archive } from '#modules/holdings';
import type { ObjectOwner } from '../store/objects.ts';
import type { DisposalDeps } from './deps.ts';
import { writeList } from './listFiles.ts';
import { type OrderFacts, signCertificate, signOrder, tombstoneOf, tombstoneText } from './statements.ts';
import { type Disposal, voicesOf } from './store/disposals.ts';
import { placesOf } from './store/removals.ts';
import { listedCounts, listedPage } from './store/units.ts';

const owner = (d: Disposal): ObjectOwner => ({
  objectId: tombstoneOf(d.id),
  kind: 'disposal',
  archiveId: d.archiveId,
  unitId: null,
});

export async function archiveOf(deps: DisposalDeps, d: Disposal): Promise<Archive> {
  const archive = (await deps.holdings.archives()).find((a) => a.id === d.archiveId);
  if (!archive) throw new Refusal('archive.notFound', 'There is no such archive.');
  return archive;
}

async function put(
  deps: DisposalDeps,
  d: Disposal,
  files: NewFile[],
  message: string,
  expectedHead: string | null,
): Promise<PutResult> {
  const [outcome] = await deps.writing.put([
    {
      ...owner(d),
      next: {
        files,
        message,
        user: { name: 'lantai', address: 'urn:lantai:system' },
        created: deps.clock.now(),
        expectedHead,
      },
    },
  ]);
  if (!outcome || 'error' in outcome) throw outcome?.error;
  return outcome.result;
}

/** The tombstone as it lies in the root, or null; a killed writer's is brought to its end first. */
async function written(deps: DisposalDeps, d: Disposal): Promise<PutResult | null> {
  const { repository } = deps;
  const id = tombstoneOf(d.id);
  await repository.recover(id);
  if (!(await repository.exists(id))) return null;
  const { head, inventoryDigest } = await repository.measure(id);
  return {
    objectId: id,
    path: '',
    version: head,
    written: false,
    inventoryDigest,
    writtenFiles: 0,
    writtenBytes: 0,
    files: [],
  };
}

/**
 * Writes the order and the list of what is to be destroyed into the storage root: before anything is, so that who finds
 * the root half cleared knows what is gone and what goes. Written before already, it stays as it is.
 */
export async function writeOrder(deps: DisposalDeps, d: Disposal, signal: AbortSignal): Promise<PutResult> {
  const before = await written(deps, d);
  if (before) return before;
  const folder = join(deps.folder, d.id);
  try {
    const parts = await writeList({ on: deps.db.owner, repository: deps.repository, signal }, d.id, folder);
    const archive = await archiveOf(deps, d);
    const keys = await deps.db.system((tx) => deps.keyring.signing(tx, archive));
    const order = signOrder(
      keys,
      {
        disposal: d,
        voices: (await voicesOf(deps.db.owner, [d.id])).get(d.id) ?? [],
        archive,
        units: (await listedCounts(deps.db.owner, d.id)).listed,
        list: parts,
      },
      deps.clock.now(),
    );
    return await put(
      deps,
      d,
      [
        { logicalPath: 'README.txt', source: { bytes: Buffer.from(tombstoneText(d, archive), 'utf8') } },
        { logicalPath: 'order.json', source: { bytes: order } },
        ...parts.map((p) => ({
          logicalPath: p.name,
          source: { path: p.path },
          expect: { sha512: p.sha512 },
        })),
      ],
      'order to destroy',
      null,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the order in the root says. */
async function orderFacts(deps: DisposalDeps, d: Disposal): Promise<OrderFacts> {
  const { stream } = await deps.repository.openFile(tombstoneOf(d.id), 'order.json', { verify: true });
  const { units, list } = (JSON.parse(await text(stream)) as { payload: OrderFacts }).payload;
  return { units, list };
}

/** Signs the certificate of destruction and adds it to the tombstone. Added before already, that one counts. */
export async function writeCertificate(
  deps: DisposalDeps,
  d: Disposal,
): Promise<{ put: PutResult; certificate: string }> {
  const id = tombstoneOf(d.id);
  const before = await written(deps, d);
  if (!before) throw new Error(`the tombstone ${id} is missing`);
  const object = await deps.repository.getObject(id);
  if (object.files().some((f) => f.logicalPath === 'certificate.json')) {
    const { stream } = await deps.repository.openFile(object, 'certificate.json', { verify: true });
    return { put: before, certificate: await text(stream) };
  }
  const archive = await archiveOf(deps, d);
  const order = await orderFacts(deps, d);
  const facts = await deps.db.system(async (tx) => {
    let [files, bytes, after] = [0, 0, 0];
    const certifiedCopies: string[] = [];
    for (;;) {
      const units = await listedPage(tx, d.id, { after, state: 'destroyed', limit: 1_000 });
      if (units.length === 0) break;
      after = units.at(-1)!.seq;
      files += units.reduce((n, u) => n + u.files, 0);
      bytes += units.reduce((n, u) => n + u.bytes, 0);
      certifiedCopies.push(
        ...(await deps.certifiedOf(
          tx,
          units.map((u) => u.unitId),
        )),
      );
    }
    const voices = (await voicesOf(tx, [d.id])).get(d.id) ?? [];
    const keys = await deps.keyring.signing(tx, archive);
    return { files, bytes, certifiedCopies, voices, keys, places: await placesOf(tx, d.id) };
  });
  const certificate = signCertificate(
    facts.keys,
    { ...facts, disposal: d, archive, ...order, from: d.orderedAt ?? deps.clock.now() },
    deps.clock.now(),
  );
  const result = await put(
    deps,
    d,
    [{ logicalPath: 'certificate.json', source: { bytes: certificate } }],
    'certificate of destruction',
    before.version,
  );
  return { put: result, certificate: certificate.toString('utf8') };
}

export const enterTombstone = (
  deps: DisposalDeps,
  tx: Parameters<DisposalDeps['writing']['enter']>[0],
  d: Disposal,
  put: PutResult,
): Promise<void> => deps.writing.enter(tx, owner(d), put);

/** The system, as the trail names it. */
export const MACHINE = systemActor('lantai');
