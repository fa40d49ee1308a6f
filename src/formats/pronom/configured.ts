import type { PronomConfig } from '#kernel/config';
import type { IdentifierConfig } from './identifier.ts';
import { keptRelease } from './release.ts';

/** How formats are told in an install: by the files its settings name, else by the release fetched last, else built in. */
export async function configuredIdentifier(
  dataDir: string,
  { signatures, containers, scanBytes: maxScan }: PronomConfig,
): Promise<IdentifierConfig> {
  if (signatures) return { signatures, containers, maxScan };
  return { ...(await keptRelease(dataDir)), maxScan };
}
