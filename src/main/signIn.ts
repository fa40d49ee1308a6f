import type { SignInConfig } from '#kernel/config';
import { breachFile, type IdentityDeps, ldapHouse, oidcHouse, relyingPartyOf } from '#modules/identity';

/** How people sign in here, as the settings say. */
export function signInRules(config: SignInConfig, publicUrl: string): IdentityDeps['signIn'] {
  const { breachedPasswords, oidc, ldap, idleMinutes, longestHours } = config;
  return {
    idleMinutes,
    longestHours,
    breached: breachedPasswords === undefined ? undefined : breachFile(breachedPasswords),
    relyingParty: relyingPartyOf(publicUrl),
    oidc: oidc && oidcHouse(oidc),
    ldap: ldap && ldapHouse(ldap),
  };
}
