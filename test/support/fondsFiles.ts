import { join } from 'node:path';
import type { AuditTrail } from '#kernel/audit';
import { createDigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import { createStaging } from '#kernel/staging';
import { createClassified } from '#modules/classified';
import { contentStore } from '#modules/filing';
import { createFondsFiles } from '#modules/fondsfile';
import type { SmallHouse } from './house.ts';

/** Fonds files of a small house, with what its imports say. Close it. */
export function fondsFilesOf(house: SmallHouse, o: { folder: string; clock: Clock; audit: AuditTrail }) {
  const digests = createDigestPool(1);
  const ground = { db: house.db, clock: o.clock, newId: house.newId, audit: o.audit };
  const fondsFiles = createFondsFiles({
    ...ground,
    holdings: house.holdings,
    classified: createClassified({ ...ground, folder: join(o.folder, 'blocked'), key: Buffer.alloc(32, 7) }),
    staging: createStaging(join(o.folder, 'staging')),
    digests,
    content: contentStore(join(o.folder, 'fondsfile')),
    lines: [house.holdings.fondsLines],
    timeZone: 'Asia/Shanghai',
  });
  return { fondsFiles, close: () => digests.close() };
}
