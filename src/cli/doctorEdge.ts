import type { Config } from '#kernel/config';
import { messageOf } from '#kernel/errors';
import { plainHttpWarning } from '../http/plainHttp.ts';
import { readTls } from '../http/tls.ts';
import type { HealthCheck } from './doctorChecks.ts';

const DAY_MS = 86_400_000;
const RENEW_DAYS = 30;

/** How people's browsers reach the server. */
export function checkWay(
  config: Pick<Config, 'host' | 'publicUrl' | 'tlsCert' | 'trustedProxy'>,
): HealthCheck {
  const name = 'way to the server';
  const plain = plainHttpWarning(config);
  if (plain) return { name, state: 'warning', message: plain };
  if (config.tlsCert) return { name, state: 'ok', message: 'TLS with a certificate of its own' };
  if (!config.publicUrl) return { name, state: 'ok', message: 'this machine alone' };
  if (config.trustedProxy === false)
    return {
      name,
      state: 'warning',
      message:
        'a proxy speaks TLS, but LANTAI_TRUSTED_PROXY does not name it: every request seems to come from the proxy',
    };
  return { name, state: 'ok', message: 'TLS by a trusted proxy' };
}

/** The certificate of its own, where there is one. */
export function checkTls(config: Pick<Config, 'tlsCert' | 'tlsKey'>, now = new Date()): HealthCheck[] {
  const { tlsCert: cert, tlsKey: key } = config;
  if (!cert || !key) return [];
  const name = 'TLS certificate';
  try {
    const { validTo } = readTls({ cert, key });
    const days = Math.floor((validTo.getTime() - now.getTime()) / DAY_MS);
    const until = validTo.toISOString().slice(0, 10);
    if (days < 0) return [{ name, state: 'problem', message: `ran out on ${until}` }];
    return [{ name, state: days < RENEW_DAYS ? 'warning' : 'ok', message: `valid until ${until}` }];
  } catch (e) {
    return [{ name, state: 'problem', message: messageOf(e) }];
  }
}
