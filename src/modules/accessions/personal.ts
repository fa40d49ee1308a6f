import type { Tx } from '#kernel/db';
import { maskName, type PersonalShelf, type PersonalVault, ValueBroken } from '#kernel/personal-data';
import { dataText, maskedData, openedData, PURPOSE, placeOf, type SourceData } from './domain/sourceData.ts';
import { type ClosedData, putClosed, type Source, sourcesUnderReplacedKeys } from './store/sources.ts';

/** Closes how a source is reached, with what it is found by. @param name as it is shown, for who is asked for by a full name */
export async function closeData(
  vault: PersonalVault,
  tx: Tx,
  s: { id: string; archiveId: string; name: string },
  data: SourceData,
): Promise<ClosedData> {
  const key = await vault.writing(tx, s.archiveId, PURPOSE);
  const match = (field: 'name' | 'idNumber' | 'telephone', value: string | null) =>
    value === null ? null : key.match(field, value);
  return {
    closed: key.close(placeOf(s.id), dataText(data)),
    key: key.id,
    name: match('name', data.name ?? s.name),
    idNumber: match('idNumber', data.idNumber),
    telephone: match('telephone', data.telephone),
  };
}

/** @throws ValueBroken */
export const openData = async (
  vault: PersonalVault,
  tx: Tx,
  s: Pick<Source, 'id' | 'closed'>,
): Promise<SourceData> => openedData(await vault.open(tx, placeOf(s.id), s.closed));

/** As a page shows it; where it does not open there is nothing to show. */
export async function maskedOf(
  vault: PersonalVault,
  tx: Tx,
  s: Pick<Source, 'id' | 'closed'>,
): Promise<SourceData | null> {
  try {
    return maskedData(await openData(vault, tx, s));
  } catch (e) {
    if (e instanceof ValueBroken) return null;
    throw e;
  }
}

/** What the trail may call a source: a body by its name, a person by a mask. */
export const toldName = (s: Pick<Source, 'kind' | 'name'>): string =>
  s.kind === 'body' ? s.name : maskName(s.name);

/** How sources are closed anew under a new key. */
export function sourceShelf(vault: PersonalVault): PersonalShelf {
  return {
    purpose: PURPOSE,
    async renew(tx, which, limit, after) {
      // No version before this kept any of it readable.
      if (which === 'readable') return { done: 0, last: null, broken: [] };
      const rows = await sourcesUnderReplacedKeys(tx, limit, after);
      const broken: string[] = [];
      for (const row of rows)
        try {
          const data = await openData(vault, tx, row);
          await putClosed(tx, row.id, await closeData(vault, tx, row, data));
        } catch (e) {
          if (!(e instanceof ValueBroken)) throw e;
          broken.push(row.id);
        }
      return { done: rows.length - broken.length, last: rows.at(-1)?.id ?? null, broken };
    },
  };
}
