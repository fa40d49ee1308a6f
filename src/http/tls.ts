import { X509Certificate } from 'node:crypto';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { FastifyServerFactory } from 'fastify';
import { messageOf, Refusal } from '#kernel/errors';
import type { Log } from '#kernel/log';

export interface TlsFiles {
  /** Certificate chain, PEM. */
  cert: string;
  /** Private key, PEM. */
  key: string;
}

const LOOK_EVERY_MS = 30_000;
const MIN_VERSION = 'TLSv1.2';

/** @throws Refusal tls.unusable when a file can not be read, or the key is not the certificate's */
export function readTls({ cert, key }: TlsFiles): { cert: Buffer; key: Buffer; validTo: Date } {
  try {
    const pair = { cert: readFileSync(cert), key: readFileSync(key) };
    createSecureContext({ ...pair, minVersion: MIN_VERSION });
    return { ...pair, validTo: new Date(new X509Certificate(pair.cert).validTo) };
  } catch (cause) {
    throw new Refusal(
      'tls.unusable',
      `The certificate ${cert} and its key ${key} can not be used: ${messageOf(cause)}.`,
      {},
      { cause },
    );
  }
}

/**
 * Makes the server that speaks TLS itself. A renewed certificate is taken over within half a minute, without a restart;
 * an unusable one is told in the log, and the old one stays.
 *
 * @throws Refusal tls.unusable
 */
export function tlsServer(
  files: TlsFiles,
  log: Log,
  lookEveryMs = LOOK_EVERY_MS,
): { factory: FastifyServerFactory; stop(): void } {
  const { cert, key } = readTls(files);
  const servers: Server[] = [];
  const reload = () => {
    try {
      const renewed = readTls(files);
      for (const server of servers)
        server.setSecureContext({ cert: renewed.cert, key: renewed.key, minVersion: MIN_VERSION });
      log.info({ validTo: renewed.validTo }, 'a renewed TLS certificate is in use');
    } catch (err) {
      log.error({ err }, 'the renewed TLS certificate can not be used; the one before stays in use');
    }
  };
  for (const file of [files.cert, files.key])
    watchFile(file, { interval: lookEveryMs, persistent: false }, reload);
  return {
    factory: (handler, options) => {
      const server = createServer({ ...options, cert, key, minVersion: MIN_VERSION }, handler);
      servers.push(server);
      return server;
    },
    stop: () => {
      for (const file of [files.cert, files.key]) unwatchFile(file, reload);
    },
  };
}
