import { newId } from '#kernel/ids';
import type { SmallHouse } from '../../../../test/support/house.ts';
import { createIdentity, type Identity } from '../index.ts';

type Deps = Parameters<typeof createIdentity>[0];

/** Seals nothing: for tests that are not about secrets. */
export const OPEN_VAULT: Deps['vault'] = {
  seal: (plain) => Buffer.from(plain).toString('base64'),
  open: (sealed) => Buffer.from(sealed, 'base64'),
  keyed: (text) => Buffer.from(text),
};
export const SIGN_IN: Deps['signIn'] = { idleMinutes: 60, longestHours: 12 };

/** Who may do what in a house that holds real archives, fonds and agencies. */
export function identityOf({ db, clock, audit, holdings, county }: SmallHouse): Identity {
  return createIdentity({
    db,
    clock,
    newId,
    audit,
    archives: holdings.archives,
    fondsOfAgencies: holdings.fondsOfAgencies,
    fonds: holdings.fondsOfRights,
    foundArchive: async () => county,
    vault: OPEN_VAULT,
    signIn: SIGN_IN,
  });
}
