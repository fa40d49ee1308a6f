import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  createFindingList,
  engineDigest,
  type FileTree,
  type FindingList,
  openTree,
  overlayTree,
  TREE_LIMITS,
  type TreeLimits,
} from '#formats/tree';
import { type Finding, messageOf, Refusal } from '#kernel/errors';
import type { Outbound } from '#kernel/outbound';
import { readDeclaration } from './declaration.ts';
import { enterAll } from './entering.ts';
import { FETCH, fetchLines } from './fetch.ts';
import { type Inventory, takeInventory } from './inventory.ts';
import { type ManifestFile, rowOf } from './manifest.ts';

export interface FetchLeave {
  /** Says by its list from where; what it does not list is not asked. */
  readonly outbound: Outbound;
  /** What may come: `entries`, `entryBytes`, `totalBytes`. */
  readonly limits?: Partial<TreeLimits>;
  /** Where what came waits; a folder of the system's where none is named. */
  readonly scratch?: string;
  readonly signal?: AbortSignal;
}

export interface Fetched {
  /** The bag with what came; nothing is put where the bag itself lies. Closing it closes the bag and takes away what came. */
  readonly tree: FileTree;
  readonly findings: readonly Finding[];
  readonly files: number;
  readonly bytes: number;
}

/**
 * Fetches what a bag's `fetch.txt` names and the bag lacks (RFC 8493, 2.2.3), from where leave was given. A file counts as come when
 * its length is the one `fetch.txt` says and its digests are those of the manifests; whatever can not be had is a
 * finding (`bag.fetchNoLeave`, `bag.fetchFailed`, `bag.fetchLimit`) and stays missing.
 */
export async function fetchMissing(tree: FileTree, leave: FetchLeave): Promise<Fetched> {
  const findings = createFindingList();
  const home = await mkdtemp(join(leave.scratch ?? tmpdir(), 'lantai-fetch-'));
  const remove = () => rm(home, { recursive: true, force: true });
  try {
    const come = join(home, 'come');
    await mkdir(come);
    const counts = { files: 0, bytes: 0 };
    for await (const missing of missingOf(tree)) await fetchOne(missing, leave, home, counts, findings);
    const added = await openTree(come, leave.limits ? { limits: leave.limits } : {});
    const whole = overlayTree(tree, added);
    const close = async () => {
      await whole.close();
      await remove();
    };
    return { tree: { ...whole, close }, findings: findings.all, ...counts };
  } catch (e) {
    await remove();
    throw e;
  }
}

interface Missing {
  readonly path: string;
  readonly url: string;
  readonly line: number;
  /** null where fetch.txt does not say it. */
  readonly bytes: number | null;
  /** By the runtime's names. */
  readonly digests: ReadonlyMap<string, string>;
}

/** What a manifest lists, the bag lacks and fetch.txt names; the first line of each. What is wrong with lines is said by validating. */
async function* missingOf(tree: FileTree): AsyncGenerator<Missing> {
  if ((await tree.entry(FETCH))?.kind !== 'file') return;
  const unsaid = createFindingList();
  const declaration = await readDeclaration(tree, unsaid);
  const { payload: inventory } = await takeInventory(tree);
  const manifests = await enterAll(tree, unsaid, declaration, 'payload', inventory);
  const reading = { tree, findings: unsaid, declaration, half: 'payload' as const, inventory };
  try {
    for await (const line of fetchLines(tree, declaration.encoding)) {
      if (line.url === null) continue;
      const row = rowOf(reading, line.path, FETCH);
      if (row < 0 || inventory.isPresent(row) || inventory.isExpected(row)) continue;
      const digests = digestsOf(inventory, row, manifests);
      if (digests.size === 0) continue;
      inventory.expect(row);
      yield { path: inventory.table.path(row), url: line.url, line: line.number, bytes: line.bytes, digests };
    }
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
  }
}

function digestsOf(
  inventory: Inventory,
  row: number,
  manifests: readonly ManifestFile[],
): Map<string, string> {
  const digests = new Map<string, string>();
  for (const [column, { algorithm, known }] of manifests.entries()) {
    const engine = known ? engineDigest(algorithm) : null;
    const digest = inventory.digest(row, column);
    if (engine && digest !== null) digests.set(engine, digest);
  }
  return digests;
}

async function fetchOne(
  missing: Missing,
  { outbound, limits: given, signal }: FetchLeave,
  home: string,
  counts: { files: number; bytes: number },
  findings: FindingList,
): Promise<void> {
  const { path, url, bytes } = missing;
  const limits = { ...TREE_LIMITS, ...given };
  const from = URL.canParse(url) ? new URL(url).origin : 'no address';
  if (!outbound.allows(url)) {
    findings.add(
      'bag.fetchNoLeave',
      'warning',
      path,
      `It is to be fetched from ${from}, for which no leave was given.`,
    );
    return;
  }
  const room = Math.min(limits.entryBytes, limits.totalBytes - counts.bytes);
  if (counts.files >= limits.entries || room < (bytes ?? 0)) {
    findings.add('bag.fetchLimit', 'error', path, 'It was not fetched: it is more than the limits allow.');
    return;
  }
  const part = join(home, 'part');
  try {
    const size = await receive(outbound.stream(url, bytes ?? room, signal), part, missing);
    const place = join(home, 'come', path);
    await mkdir(dirname(place), { recursive: true });
    await rename(part, place);
    counts.files++;
    counts.bytes += size;
  } catch (e) {
    if (signal?.aborted) throw signal.reason;
    await rm(part, { force: true });
    findings.add('bag.fetchFailed', 'error', path, `It could not be fetched from ${from}: ${because(e)}.`);
  }
}

/** A failed connection says why in its cause. */
const because = (e: unknown): string =>
  (e instanceof Error && e.cause instanceof Error ? e.cause.message : messageOf(e)).replace(/\.$/, '');

/** @throws Error where what comes is not what was promised */
async function receive(stream: AsyncIterable<Buffer>, part: string, missing: Missing): Promise<number> {
  const hashes = [...missing.digests].map(([name, wanted]) => ({ name, wanted, hash: createHash(name) }));
  let size = 0;
  const watched = async function* () {
    for await (const piece of stream) {
      size += piece.length;
      for (const { hash } of hashes) hash.update(piece);
      yield piece;
    }
  };
  await pipeline(watched(), createWriteStream(part));
  if (missing.bytes !== null && size !== missing.bytes)
    throw new Error(`${size} bytes came; ${FETCH} says ${missing.bytes}`);
  for (const { name, wanted, hash } of hashes)
    if (hash.digest('hex') !== wanted)
      throw new Error(`what came has another ${name} digest than the manifest says`);
  return size;
}
