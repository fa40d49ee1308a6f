import type { Config } from '#kernel/config';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/**
 * What an install that serves plain HTTP beyond its own machine can not protect, in a sentence; undefined where the way
 * is protected: TLS of its own, a public address with https (a proxy speaks TLS), or nobody outside reaches it.
 */
export function plainHttpWarning(config: Pick<Config, 'host' | 'publicUrl' | 'tlsCert'>): string | undefined {
  if (config.tlsCert || config.publicUrl?.startsWith('https:')) return undefined;
  if (LOOPBACK.test(config.host) && !config.publicUrl) return undefined;
  return (
    'Served over plain HTTP: who shares the network can read passwords and records on their way, change answers, and ' +
    'take over a sign-in; security keys do not work. Set LANTAI_TLS_CERT and LANTAI_TLS_KEY, or put Lantai behind a ' +
    'proxy with HTTPS and set LANTAI_PUBLIC_URL and LANTAI_TRUSTED_PROXY.'
  );
}
