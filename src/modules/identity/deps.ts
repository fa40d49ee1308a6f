import type { Actor } from '#kernel/actor';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database, Tx } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { AgencyFonds, ArchiveNode } from './domain/rights.ts';
import type { BreachList } from './outside/breach-file.ts';
import type { LdapHouse } from './outside/ldap.ts';
import type { OidcHouse } from './outside/oidc.ts';
import type { RelyingParty } from './outside/webauthn.ts';

/** What identity needs from the house. */
export interface IdentityDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  archives(): Promise<readonly ArchiveNode[]>;
  /** The fonds of agencies of the holdings, for posts in them. */
  fondsOfAgencies(agencyIds: readonly string[]): Promise<readonly AgencyFonds[]>;
  /** A fonds and the agency it is of, where that changes as a right does. */
  fonds: FondsOfRights;
  /** Founds the first archive at set-up. Returns its id. */
  foundArchive(tx: Tx, actor: Actor, archive: { code: string; name: string; level: string }): Promise<string>;
  vault: SecretVault;
  signIn: SignInRules;
}

/** What a change of rights does to a fonds, in its transaction. */
export interface FondsOfRights {
  read(tx: Tx, id: string): Promise<(AgencyFonds & { name: string }) | undefined>;
  /** @throws Refusal fonds.notFound, fonds.changed, fonds.agency */
  setAgency(tx: Tx, f: { id: string; version: number; agencyId: string | null }): Promise<void>;
}

/** Closes secrets under the master key, which the database does not hold. */
export interface SecretVault {
  seal(plain: Uint8Array, place: string): string;
  open(sealed: string, place: string): Buffer;
  /** A digest that nobody can make, or try out, without the master key. */
  keyed(text: string): Buffer;
}

/** How people sign in here; by settings. */
export interface SignInRules {
  /** A session without a sign of life for so long is over. */
  idleMinutes: number;
  /** And after so long in any case. */
  longestHours: number;
  breached?: BreachList | undefined;
  /** Absent: security keys can not be used under this address. */
  relyingParty?: RelyingParty | undefined;
  oidc?: OidcHouse | undefined;
  ldap?: LdapHouse | undefined;
}
