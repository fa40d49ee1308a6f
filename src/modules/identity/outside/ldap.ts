import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import {
  AndFilter,
  Client,
  EqualityFilter,
  type Filter,
  InvalidCredentialsError,
  ResultCodeError,
} from 'ldapts';
import { messageOf, Refusal } from '#kernel/errors';

export interface LdapSettings {
  /** `ldaps://…`, or `ldap://…` which is raised to TLS by StartTLS unless it is this machine. */
  url: string;
  /** The account people are looked up with; both undefined: looked up without one. */
  bindDn: string | undefined;
  bindPassword: string | undefined;
  base: string;
  /** Certificates (PEM) its own is judged by, beside those every machine knows. */
  ca?: string | undefined;
  /** The attribute that holds the user name. */
  nameAttribute: string;
  /** The attribute that never changes hands: `entryUUID`, or `objectGUID` (bytes). */
  subjectAttribute: string;
}

export interface LdapHouse {
  issuer: string;
  /**
   * Judges a name and password by binding as the one entry with that name.
   *
   * @returns the subject, or undefined when there is no such entry, more than one, or the password is wrong
   * @throws Refusal ldap.unreachable
   */
  subjectOf(username: string, password: string): Promise<string | undefined>;
}

const TIMEOUT_MS = 10_000;

export function ldapHouse(s: LdapSettings): LdapHouse {
  const { protocol, hostname } = new URL(s.url);
  const host = hostname.replace(/^\[|\]$/g, '');
  // Named here, because a line that is raised later knows no name to hold the certificate against.
  const raising = {
    host,
    ...(isIP(host) ? {} : { servername: host }),
    ...(s.ca === undefined ? {} : { ca: trusted(s.ca) }),
  };
  const local = hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost';

  async function withClient<T>(use: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({
      url: s.url,
      timeout: TIMEOUT_MS,
      connectTimeout: TIMEOUT_MS,
      // With any of these the library speaks TLS from the first byte, so an ldap: address gets none.
      ...(protocol === 'ldaps:' && s.ca !== undefined ? { tlsOptions: { ca: trusted(s.ca) } } : {}),
    });
    try {
      if (protocol === 'ldap:' && !local) await client.startTLS(raising);
      return await use(client);
    } finally {
      await client.unbind().catch(() => undefined);
    }
  }

  async function entryOf(username: string): Promise<{ dn: string; subject: string } | undefined> {
    return withClient(async (client) => {
      if (s.bindDn !== undefined) await client.bind(s.bindDn, s.bindPassword ?? '');
      // Filters are built, not written, so that no name can change their meaning.
      const name: Filter = new EqualityFilter({ attribute: s.nameAttribute, value: username });
      const { searchEntries } = await client.search(s.base, {
        scope: 'sub',
        filter: new AndFilter({ filters: [name] }),
        attributes: [s.subjectAttribute],
        explicitBufferAttributes: [s.subjectAttribute],
        sizeLimit: 2,
        timeLimit: TIMEOUT_MS / 1000,
      });
      const [entry, second] = searchEntries;
      if (!entry || second) return undefined;
      const subject = subjectText(entry[s.subjectAttribute]);
      return subject === undefined ? undefined : { dn: entry.dn, subject };
    });
  }

  return {
    issuer: `${s.url.replace(/\/+$/, '').toLowerCase()}/${s.base.toLowerCase()}`,
    async subjectOf(username, password) {
      // A bind with a name and no password is no proof: servers answer it as anonymous (RFC 4513, 5.1.2).
      if (password === '' || username === '') return undefined;
      try {
        const entry = await entryOf(username);
        if (!entry) return undefined;
        return await withClient(async (client) => {
          try {
            await client.bind(entry.dn, password);
            return entry.subject;
          } catch (e) {
            if (e instanceof InvalidCredentialsError) return undefined;
            throw e;
          }
        });
      } catch (cause) {
        // Size limit: more than one entry has the name.
        if (cause instanceof ResultCodeError && cause.code === 4) return undefined;
        throw new Refusal(
          'ldap.unreachable',
          'The directory that knows the passwords can not be used now. Try again later.',
          { cause: messageOf(cause).slice(0, 200) },
          { cause },
        );
      }
    },
  };
}

const trusted = (ca: string): string[] => [...rootCertificates, ca];

/** Text where the bytes are text without control characters, else in hexadecimal digits. */
function subjectText(value: Buffer | Buffer[] | string | string[] | undefined): string | undefined {
  const one = Array.isArray(value) ? (value.length === 1 ? value[0] : undefined) : value;
  if (one === undefined || one.length === 0) return undefined;
  const bytes = Buffer.from(one);
  const text = bytes.toString('utf8');
  return /^[\x20-\x7e]+$/.test(text) ? text : bytes.toString('hex');
}
