import { readFileSync } from 'node:fs';
import type { SignInConfig } from '#kernel/config';
import { messageOf, Refusal } from '#kernel/errors';
import { breachFile, type IdentityDeps, ldapHouse, oidcHouse, relyingPartyOf } from '#modules/identity';

/** @throws Refusal config.unreadable */
function certificatesIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Refusal(
      'config.unreadable',
      `LANTAI_LDAP_CA: ${path} can not be read: ${messageOf(cause)}.`,
      {},
      { cause },
    );
  }
}

/** How people sign in here, as the settings say. */
export function signInRules(config: SignInConfig, publicUrl: string): IdentityDeps['signIn'] {
  const { breachedPasswords, oidc, ldap, idleMinutes, longestHours } = config;
  return {
    idleMinutes,
    longestHours,
    breached: breachedPasswords === undefined ? undefined : breachFile(breachedPasswords),
    relyingParty: relyingPartyOf(publicUrl),
    oidc: oidc && oidcHouse(oidc),
    ldap: ldap && ldapHouse({ ...ldap, ca: ldap.ca && certificatesIn(ldap.ca) }),
  };
}
