import type { Tx } from '#kernel/db';
import { type PersonalShelf, type PersonalVault, ValueBroken } from '#kernel/personal-data';
import { SealBroken } from '#kernel/sealing';
import {
  type Applicant,
  applicantText,
  type KeptApplicant,
  PURPOSE,
  placeOf,
  readApplicant,
} from './domain/applicant.ts';
import {
  type ClosedApplicant,
  type ClosedRow,
  putApplicant,
  rowsUnderReplacedKeys,
  type UnclosedRow,
  unclosedRows,
} from './store/applicants.ts';

/** Closes an applicant for the database, with what the request is found by. */
export async function closeApplicant(
  vault: PersonalVault,
  tx: Tx,
  c: { id: string; archiveId: string },
  a: Omit<Applicant, 'idType'> & { maskedAlone?: boolean },
): Promise<ClosedApplicant> {
  const key = await vault.writing(tx, c.archiveId, PURPOSE);
  const match = (field: 'name' | 'idNumber' | 'telephone', value: string | null) =>
    // A mask is no value anybody is found by.
    value === null || a.maskedAlone ? null : key.match(field, value);
  return {
    closed: key.close(placeOf(c.id), applicantText(a, a.maskedAlone)),
    key: key.id,
    name: match('name', a.name),
    idNumber: match('idNumber', a.idNumber),
    telephone: match('telephone', a.telephone),
  };
}

/** @throws ValueBroken */
export async function openApplicant(
  vault: PersonalVault,
  tx: Tx,
  c: { id: string; applicant: string | null },
): Promise<KeptApplicant> {
  if (c.applicant === null) throw new ValueBroken('not closed yet');
  return readApplicant(await vault.open(tx, placeOf(c.id), c.applicant));
}

/** How the applicants are closed anew: what an earlier version left, and what lies under a replaced key. */
export function applicantShelf(
  vault: PersonalVault,
  /** Opens what versions before this closed under the master key itself. */
  openEarlier: (sealed: string, place: string) => string,
): PersonalShelf {
  const earlier = (row: UnclosedRow): KeptApplicant =>
    row.sealed
      ? readApplicant(openEarlier(row.sealed, placeOf(row.id)))
      : {
          name: row.name,
          idNumber: row.idNumber,
          telephone: null,
          address: null,
          agent: null,
          maskedAlone: true,
        };
  /** Undefined where it does not open: another master key, or somebody altered it. */
  async function keptOf(tx: Tx, row: UnclosedRow | ClosedRow): Promise<KeptApplicant | undefined> {
    try {
      return 'applicant' in row ? await openApplicant(vault, tx, row) : earlier(row);
    } catch (e) {
      if (e instanceof ValueBroken || e instanceof SealBroken) return undefined;
      throw e;
    }
  }
  return {
    purpose: PURPOSE,
    async renew(tx, which, limit, after) {
      const rows: readonly (UnclosedRow | ClosedRow)[] =
        which === 'readable'
          ? await unclosedRows(tx, limit, after)
          : await rowsUnderReplacedKeys(tx, limit, after);
      const broken: string[] = [];
      for (const row of rows) {
        const kept = await keptOf(tx, row);
        if (kept) await putApplicant(tx, row.id, await closeApplicant(vault, tx, row, kept));
        else broken.push(row.id);
      }
      return { done: rows.length - broken.length, last: rows.at(-1)?.id ?? null, broken };
    },
  };
}
