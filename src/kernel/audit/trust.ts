import type { Clock } from '../clock.ts';
import type { Tx } from '../db.ts';
import type { Keyring } from '../keyring.ts';
import { type Anchor, parseTrust } from '../signing/trust.ts';

/** Whom checkpoints are believed from, and the present. */
export interface Trust {
  anchors: readonly Anchor[];
  now: Date;
}

/** This installation's own signatures alone are believed. */
export async function ownTrust(deps: { clock: Clock; keyring: Keyring }, tx: Tx): Promise<Trust> {
  const bundle = await deps.keyring.trustBundle(tx, null);
  return { anchors: bundle === '' ? [] : parseTrust([bundle]), now: deps.clock.now() };
}
