import {
  type MetadataFormat,
  OAI_DC_FORMAT,
  type OaiRecord,
  type RecordHeader,
  setSpecOf,
  writeOaiDc,
} from '#formats/oai';
import type { Tx } from '#kernel/db';
import { allArchives, fondsByIds, unitsByIds } from '#modules/holdings';
import { dublinCoreOf, type OpenRecord } from '../describing/dublinCore.ts';
import { EAD_FORMAT, eadOf } from '../describing/ead.ts';
import type { Published } from '../store/harvested.ts';

export const FORMATS: readonly MetadataFormat[] = [OAI_DC_FORMAT, EAD_FORMAT];
const WRITERS: Readonly<Record<string, (record: OpenRecord) => string>> = {
  oai_dc: (record) => writeOaiDc(dublinCoreOf(record)),
  ead: eadOf,
};

export const isFormat = (prefix: string): boolean => Object.hasOwn(WRITERS, prefix);

export function setsOf({
  archiveCode,
  fondsNumber,
}: Pick<Published, 'archiveCode' | 'fondsNumber'>): string[] {
  const archive = ['archive', archiveCode];
  return fondsNumber === null
    ? [setSpecOf(archive)]
    : [setSpecOf(archive), setSpecOf([...archive, 'fonds', fondsNumber])];
}

export const headerOf = (host: string, p: Published): RecordHeader => ({
  identifier: `oai:${host}:${p.id}`,
  datestamp: p.datestamp,
  sets: setsOf(p),
  deleted: p.deleted,
});

/** Published entries with their descriptions, read in the transaction in which it was asked whether they are open. */
export async function recordsOf(
  tx: Tx,
  { host, publicUrl, prefix }: { host: string; publicUrl: string; prefix: string },
  published: readonly Published[],
): Promise<OaiRecord[]> {
  const write = WRITERS[prefix]!;
  const shown = published.filter((p) => !p.deleted).map((p) => p.id);
  const units = new Map((await unitsByIds(tx, shown)).map((u) => [u.id, u]));
  const archives = new Map((await allArchives(tx)).map((a) => [a.id, a]));
  const fondsIds = [...new Set([...units.values()].map((u) => u.fondsId))];
  const fonds = new Map((await fondsByIds(tx, fondsIds)).map((f) => [f.id, f]));
  return published.map((p) => {
    const unit = units.get(p.id);
    const archive = unit && archives.get(unit.archiveId);
    const its = unit && fonds.get(unit.fondsId);
    // Withdrawn between the two questions: the second one counts.
    if (p.deleted || !archive || !its) return { header: headerOf(host, { ...p, deleted: true }) };
    const record = { unit, archive, fonds: its, address: `${publicUrl}/item/${p.id}` };
    return { header: headerOf(host, p), metadata: write(record) };
  });
}
