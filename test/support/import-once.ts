/** Takes a file in, in a process that a test may kill. Arguments: database URL, folder, archive, file. */

import { systemActor } from '#kernel/actor';
import { createAuditTrail } from '#kernel/audit';
import { systemClock } from '#kernel/clock';
import { openDatabase } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createCatalogueImport } from '#modules/holdings';
import { catalogueIndexer } from '../../src/main/searchIndex.ts';

const [url, folder, archiveId, path] = process.argv.slice(2) as [string, string, string, string];
const imports = createCatalogueImport({
  db: openDatabase({ url, max: 3 }),
  clock: systemClock,
  newId,
  audit: createAuditTrail(systemClock, newId, 'sha256'),
  jobs: { enqueue: async () => newId() },
  indexer: catalogueIndexer(),
  index: { changed: async () => {} },
  staging: { file: () => Promise.reject(new Error('nothing is uploaded here')), remove: async () => {} },
  folder,
});
const actor = systemActor('test');
const id = await imports.createFromFile(actor, { archiveId, path, fileName: 'killed.csv' });
process.stdout.write(`${id}\n`);
await imports.workNow(actor, id, 'run', { progress: (p) => process.stdout.write(`${p.done}\n`) });
process.stdout.write('finished\n');
process.exit(0);
