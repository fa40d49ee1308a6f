import Type from 'typebox';
import type { SignInConfig } from '#kernel/config';

const isUrl = (text: string, protocols: RegExp) =>
  URL.canParse(text) && protocols.test(new URL(text).protocol);
const isLoopback = (text: string) => /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(text).hostname);
const originsOf = (words: string) =>
  words
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
const maybe = (description: string) => Type.Optional(Type.String({ description }));

/** The settings about signing in; see {@link SETTINGS} for what the descriptions complete. */
export const SIGN_IN_SETTINGS = {
  LANTAI_BREACHED_PASSWORDS: maybe(
    'a file of SHA-1 digests of breached passwords, sorted, one HEX40:count a line',
  ),
  LANTAI_SESSION_IDLE_MINUTES: Type.Integer({
    minimum: 1,
    maximum: 1_440,
    default: 120,
    description: 'a number of minutes from 1 to 1440 after which an unused session ends',
  }),
  LANTAI_SESSION_HOURS: Type.Integer({
    minimum: 1,
    maximum: 168,
    default: 12,
    description: 'a number of hours from 1 to 168 after which every session ends',
  }),
  LANTAI_OIDC_ISSUER: Type.Optional(
    Type.Refine(
      Type.String({ description: 'the https:// address of an OpenID Connect provider' }),
      (v) => isUrl(v, /^https?:$/) && (v.startsWith('https:') || isLoopback(v)),
    ),
  ),
  LANTAI_OIDC_CLIENT_ID: maybe('the client id the provider gave'),
  LANTAI_OIDC_CLIENT_SECRET: maybe('the client secret the provider gave, if it gave one'),
  LANTAI_OIDC_NAME: Type.String({ default: 'OpenID Connect', description: 'the word on the sign-in button' }),
  LANTAI_LDAP_URL: Type.Optional(
    Type.Refine(Type.String({ description: 'an ldaps:// or ldap:// address of a directory' }), (v) =>
      isUrl(v, /^ldaps?:$/),
    ),
  ),
  LANTAI_LDAP_BASE: maybe('the entry under which people are looked up, such as ou=people,dc=example,dc=org'),
  LANTAI_LDAP_BIND_DN: maybe('the entry people are looked up as'),
  LANTAI_LDAP_BIND_PASSWORD: maybe('its password'),
  LANTAI_LDAP_CA: maybe('a file with the certificates (PEM) that vouch for the directory'),
  LANTAI_OIDC_ORIGINS: Type.Optional(
    Type.Refine(
      Type.String({ description: 'a list of https:// addresses the provider keeps its keys and tokens at' }),
      (v) => originsOf(v).every((word) => isUrl(word, /^https:$/)),
    ),
  ),
  LANTAI_LDAP_NAME_ATTRIBUTE: Type.Refine(
    Type.String({
      default: 'uid',
      description: 'the attribute with the user name, such as uid or sAMAccountName',
    }),
    (v) => /^[A-Za-z][A-Za-z0-9-]*$/.test(v),
  ),
  LANTAI_LDAP_SUBJECT_ATTRIBUTE: Type.Refine(
    Type.String({
      default: 'entryUUID',
      description: 'the attribute that never changes hands, such as entryUUID or objectGUID',
    }),
    (v) => /^[A-Za-z][A-Za-z0-9-]*$/.test(v),
  ),
};

/** The words the settings are made of. */
interface SignInWords {
  LANTAI_BREACHED_PASSWORDS?: string;
  LANTAI_SESSION_IDLE_MINUTES: number;
  LANTAI_SESSION_HOURS: number;
  LANTAI_OIDC_ISSUER?: string;
  LANTAI_OIDC_CLIENT_ID?: string;
  LANTAI_OIDC_CLIENT_SECRET?: string;
  LANTAI_OIDC_NAME: string;
  LANTAI_LDAP_URL?: string;
  LANTAI_LDAP_BASE?: string;
  LANTAI_LDAP_BIND_DN?: string;
  LANTAI_LDAP_BIND_PASSWORD?: string;
  LANTAI_LDAP_CA?: string;
  LANTAI_OIDC_ORIGINS?: string;
  LANTAI_LDAP_NAME_ATTRIBUTE: string;
  LANTAI_LDAP_SUBJECT_ATTRIBUTE: string;
}

/** What has to be set together and is not, in sentences. */
export function signInMistakes(s: Partial<SignInWords>): string[] {
  const mistakes: string[] = [];
  if (s.LANTAI_OIDC_ISSUER && !s.LANTAI_OIDC_CLIENT_ID)
    mistakes.push('LANTAI_OIDC_ISSUER needs LANTAI_OIDC_CLIENT_ID beside it.');
  if (s.LANTAI_LDAP_URL && !s.LANTAI_LDAP_BASE)
    mistakes.push('LANTAI_LDAP_URL needs LANTAI_LDAP_BASE beside it.');
  if (s.LANTAI_LDAP_BIND_DN && !s.LANTAI_LDAP_BIND_PASSWORD)
    mistakes.push('LANTAI_LDAP_BIND_DN needs LANTAI_LDAP_BIND_PASSWORD beside it.');
  return mistakes;
}

/** @param at makes a path absolute */
export function signInConfig(s: SignInWords, at: (path: string) => string): SignInConfig {
  const file = (path: string | undefined) => (path ? at(path) : undefined);
  return {
    breachedPasswords: file(s.LANTAI_BREACHED_PASSWORDS),
    idleMinutes: s.LANTAI_SESSION_IDLE_MINUTES,
    longestHours: s.LANTAI_SESSION_HOURS,
    oidc:
      s.LANTAI_OIDC_ISSUER && s.LANTAI_OIDC_CLIENT_ID
        ? {
            issuer: s.LANTAI_OIDC_ISSUER,
            clientId: s.LANTAI_OIDC_CLIENT_ID,
            clientSecret: s.LANTAI_OIDC_CLIENT_SECRET,
            origins: originsOf(s.LANTAI_OIDC_ORIGINS ?? ''),
            name: s.LANTAI_OIDC_NAME,
          }
        : undefined,
    ldap:
      s.LANTAI_LDAP_URL && s.LANTAI_LDAP_BASE
        ? {
            url: s.LANTAI_LDAP_URL,
            base: s.LANTAI_LDAP_BASE,
            ca: file(s.LANTAI_LDAP_CA),
            bindDn: s.LANTAI_LDAP_BIND_DN,
            bindPassword: s.LANTAI_LDAP_BIND_PASSWORD,
            nameAttribute: s.LANTAI_LDAP_NAME_ATTRIBUTE,
            subjectAttribute: s.LANTAI_LDAP_SUBJECT_ATTRIBUTE,
          }
        : undefined,
  };
}
