import { createFindingList, createPathTable, type FindingList } from '#formats/tree';
import type { Actor } from '#kernel/actor';
import { type Finding, isRefusal, messageOf } from '#kernel/errors';
import { type Archive, readTakenRow } from '#modules/holdings';
import type { ConsignedUnit } from '../consignment.ts';
import type { PackagesDeps } from '../deps.ts';
import type { Arrived } from '../kinds/kind.ts';
import { idsIn } from './ids.ts';
import { createScratch } from './scratch.ts';

export interface Judged {
  findings: readonly Finding[];
  errors: number;
  entries: number;
  files: number;
}

const FONDS_NUMBER = /^[A-Z0-9]{1,20}$/;
/** Entries the catalogue is asked about at once. */
const TOGETHER = 500;
const FONDS_LISTED = 100_000;
/** Characters of a key; ours are ids, and those of others digests and names of folders. */
const LONGEST_KEY = 10_000;

/**
 * Goes through a whole package without entering anything: descriptions that no entry could have, entries out of place, files
 * that are not there, and malware where the site has a scanner.
 */
export async function judgeArrived(
  deps: PackagesDeps,
  actor: Actor,
  arrived: Arrived,
  archive: Archive,
  look: (unit: ConsignedUnit) => void = () => {},
): Promise<Judged> {
  const findings = createFindingList();
  let [entries, files] = [0, 0];
  try {
    for await (const f of arrived.judge()) findings.add(f.code, f.severity, f.path, f.message);
    const numbers = new Set<string>();
    for await (const { number } of arrived.consignment.fonds())
      if (!FONDS_NUMBER.test(number) || numbers.size >= FONDS_LISTED)
        findings.add('ingest.fonds', 'error', '', `A fonds can not have the number ${number.slice(0, 50)}.`);
      else numbers.add(number);
    const place = createPlace(findings, numbers);
    const idOf = idsIn(archive, arrived);
    let asked: { id: string; code: string | null; former?: boolean }[] = [];
    const ask = async () => {
      for (const { code, id } of await deps.holdings.takenBy(actor, archive.id, asked))
        findings.add(
          'ingest.taken',
          'error',
          code ?? id,
          'Another entry here bears its reference code or its id.',
        );
      asked = [];
    };
    for await (const unit of arrived.consignment.units()) {
      entries++;
      look(unit);
      place(unit);
      try {
        asked.push({ id: idOf(unit.key), code: readTakenRow(unit.row).referenceCode });
        // A code once borne is given to nobody else.
        for (const { code } of unit.formerCodes) asked.push({ id: idOf(unit.key), code, former: true });
        if (asked.length >= TOGETHER) await ask();
      } catch (e) {
        if (!isRefusal(e)) throw e;
        findings.add('ingest.entry', 'error', nameOf(unit), e.message);
      }
      if (unit.hasFiles) files += await judgeFiles(deps, unit, findings);
    }
    await ask();
    const of = arrived.consignment.archive;
    if (of && of.code !== archive.code)
      findings.add(
        'ingest.otherArchive',
        'info',
        '',
        `It was written in the archive ${of.code}; its entries get ids of their own here.`,
      );
  } catch (e) {
    // What keeps a package from being read to its end is a finding about it.
    if (!isRefusal(e)) throw e;
    const { path } = e.detail;
    findings.add(e.code, 'error', typeof path === 'string' ? path : '', messageOf(e));
  }
  return { findings: findings.all, errors: findings.errors, entries, files };
}

const nameOf = (unit: ConsignedUnit) =>
  typeof unit.row.reference_code === 'string'
    ? unit.row.reference_code.slice(0, 200)
    : unit.key.slice(0, 200);

/** An entry stands under one of those the last entry stood under: the order of a tree. */
function createPlace(findings: FindingList, fonds: ReadonlySet<string>) {
  let above: { key: string; fonds: string; level: unknown }[] = [];
  const keys = createPathTable();
  return (unit: ConsignedUnit) => {
    if (unit.key.length > LONGEST_KEY || keys.find(unit.key) >= 0)
      findings.add('ingest.twice', 'error', nameOf(unit), 'Two entries of the package are named by one key.');
    else keys.add(unit.key);
    if (!fonds.has(unit.fonds))
      findings.add('ingest.fonds', 'error', nameOf(unit), 'It is of a fonds that the package does not name.');
    const at = unit.parentKey === null ? 0 : above.findIndex((a) => a.key === unit.parentKey) + 1;
    const parent = above[at - 1];
    if (unit.parentKey !== null && (!parent || parent.fonds !== unit.fonds || parent.level === 'item'))
      findings.add(
        'ingest.place',
        'error',
        nameOf(unit),
        'The entry it should stand under does not come before it.',
      );
    above = [...above.slice(0, at), { key: unit.key, fonds: unit.fonds, level: unit.row.level }];
    if (above.length > 50)
      findings.add('ingest.depth', 'error', nameOf(unit), 'Entries stand more than 50 deep.');
  };
}

async function judgeFiles(deps: PackagesDeps, unit: ConsignedUnit, findings: FindingList): Promise<number> {
  let n = 0;
  await using scratch = createScratch(deps.scratch);
  for await (const file of unit.files()) {
    n++;
    if (!deps.scan) continue;
    const path = await scratch.unpack(file);
    const found = await deps.scan(path);
    if (found !== undefined)
      findings.add(
        'ingest.infected',
        'error',
        `${nameOf(unit)}: ${file.name}`,
        `The malware scanner found “${found}”.`,
      );
    await scratch.forget(path);
  }
  return n;
}
