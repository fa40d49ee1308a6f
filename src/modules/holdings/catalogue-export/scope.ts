import type { Actor } from '#kernel/actor';
import { isRefusal, Refusal } from '#kernel/errors';
import { isId } from '#kernel/ids';
import type { Holdings } from '../module.ts';
import type { UnitView } from '../queries/units.ts';
import type { Archive } from '../store/archives.ts';
import type { Fonds } from '../store/fonds.ts';

/** What is to leave: an archive, a fonds of it, or an entry with all below it. */
export interface LeavingScope {
  archive: Archive;
  fonds: Fonds | null;
  unit: UnitView | null;
  title: string;
}

/** Also for what somebody may not take out: that answers as what is not there. */
export const nothingSuch = (id: string) =>
  new Refusal(
    'export.notFound',
    `There is no archive, fonds or entry ${id}. A reference code or the number of a fonds needs --archive CODE.`,
    { id },
  );

const absent = (e: unknown) => {
  if (isRefusal(e) && e.code.endsWith('.notFound')) return undefined;
  throw e;
};

/**
 * What a person means: the code of an archive; the id of an entry or a fonds; with an archive named, a reference code or
 * the number of a fonds.
 *
 * @throws Refusal export.notFound, archive.notFound
 */
export async function scopeMeant(
  holdings: Pick<Holdings, 'readUnit' | 'fonds' | 'fondsList' | 'archiveByCode' | 'findByCode'>,
  actor: Actor,
  id: string,
  archiveCode: string | undefined,
): Promise<LeavingScope> {
  const ofUnit = async (unitId: string): Promise<LeavingScope> => {
    const unit = await holdings.readUnit(actor, unitId);
    return { archive: unit.archive, fonds: unit.fonds, unit, title: unit.unit.referenceCode ?? unitId };
  };
  if (isId(id)) {
    const unit = await ofUnit(id).catch(absent);
    if (unit) return unit;
    const fonds = await holdings.fonds(actor, id).catch(absent);
    if (fonds) {
      const archive = await holdings.archiveByCode(fonds.archiveId);
      return { archive, fonds, unit: null, title: fonds.number };
    }
  }
  if (archiveCode === undefined) {
    const archive = await holdings.archiveByCode(id).catch(absent);
    if (archive) return { archive, fonds: null, unit: null, title: archive.code };
  } else {
    const archive = await holdings.archiveByCode(archiveCode);
    for (let cursor: string | undefined; ; ) {
      const page = await holdings.fondsList(actor, { archiveId: archive.id, q: id, cursor, limit: 200 });
      const fonds = page.items.find((f) => f.number === id);
      if (fonds) return { archive, fonds, unit: null, title: fonds.number };
      if (page.next === null) break;
      cursor = page.next;
    }
    const unitId = await holdings.findByCode(actor, archive.id, id).catch(absent);
    if (unitId) return ofUnit(unitId);
  }
  throw nothingSuch(id);
}
