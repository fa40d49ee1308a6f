import { createHmac, hkdfSync } from 'node:crypto';
import { openSealed, seal } from '#kernel/sealing';
import type { SecretVault } from './deps.ts';

/** The vault of second factors: each use has its own key drawn from the master key (HKDF, RFC 5869). */
export function secretVault(masterKey: Uint8Array): SecretVault {
  const keyFor = (use: string) =>
    Buffer.from(hkdfSync('sha256', masterKey, new Uint8Array(0), `lantai/identity/${use}`, 32));
  const sealing = keyFor('seal');
  const digesting = keyFor('digest');
  return {
    seal: (plain, place) => seal(plain, place, sealing),
    open: (sealed, place) => openSealed(sealed, place, sealing),
    keyed: (text) => createHmac('sha256', digesting).update(text, 'utf8').digest(),
  };
}
