import { join } from 'node:path';
import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import type { Database } from '#kernel/db';
import { newId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Keyring } from '#kernel/keyring';
import type { Log } from '#kernel/log';
import type { Access } from '#modules/access';
import type { Digitisation } from '#modules/digitisation';
import type { Holdings } from '#modules/holdings';
import {
  createDisposal,
  createMediaSets,
  type Keeping,
  type Preservation,
  type Renditions,
} from '#modules/preservation';
import { removePages } from '#modules/search';

/** Media kept off-line, and destroying what is held with all that has to forget it. */
export function disposalHouse(o: {
  config: Config;
  db: Database;
  clock: Clock;
  audit: AuditTrail;
  jobs: Jobs;
  log: Log;
  keyring: Keyring;
  holdings: Holdings;
  preservation: Preservation;
  digitisation: Digitisation;
  access: Access;
  renditions: Renditions;
  copies: Pick<Keeping, 'contentStores'>;
  digests: DigestPool;
}) {
  const { config, preservation, digitisation, access, renditions, copies, digests, ...rest } = o;
  const media = createMediaSets({
    ...rest,
    newId,
    digests,
    root: preservation.root,
    pathOf: preservation.repository.pathOf,
    rules: config.media.rules,
    folders: config.media.folders,
    timeZone: config.timezone,
  });
  const disposals = createDisposal({
    ...rest,
    newId,
    repository: preservation.repository,
    writing: preservation.writing,
    rules: config.disposal,
    beingCertified: access.beingCertified,
    certifiedOf: access.certifiedOf,
    async forgetText(tx, unitId) {
      await digitisation.forgetTexts(tx, unitId);
      await removePages(tx, unitId);
    },
    async forgetCaches(file) {
      await renditions.forget(file);
      await preservation.forgetCopy(file);
    },
    stores: copies.contentStores,
    async mediaOf(tx, objectIds) {
      const found = await media.holding(tx, objectIds);
      return found.map((m) => ({ id: m.id, name: m.number, objectId: m.objectId }));
    },
    mediumDestroyed: (tx, id, reason) => media.destroyedByHand(tx, id, reason),
    folder: join(config.dataDir, 'disposals'),
    timeZone: config.timezone,
  });
  return { disposals, media };
}
