import type { Actor } from '#kernel/actor';
import { type KeptHouse, keptHouse } from '../../../../test/support/keptHouse.ts';
import type { Accessions, NewAccession } from '../index.ts';

/** A house in which an archive collects, with who registers there and who decides. */
export interface Collecting {
  kept: KeptHouse;
  accessions: Accessions;
  clerk: Actor;
  head: Actor;
  gift: (title: string, more?: Partial<NewAccession>) => NewAccession;
}

export async function collecting(): Promise<Collecting> {
  const kept = await keptHouse();
  return {
    kept,
    accessions: kept.house.accessions,
    clerk: kept.person('征集员', [
      'holdings.read',
      'holdings.write',
      'filing.read',
      'accessions.read',
      'accessions.write',
    ]),
    head: kept.person('馆长', ['holdings.read', 'accessions.read', 'accessions.decide', 'accessions.write']),
    gift: (title, more = {}) =>
      Object.assign(
        { archiveId: kept.archive, way: 'donation' as const, title, sourceName: '沈先生家属' },
        more,
      ),
  };
}

export const code = (c: string) => ({ code: c });
export const part = (extent: object, day?: string) => ({ extent, ...(day ? { day } : {}) });
