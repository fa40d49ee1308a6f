import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditTrail } from '#kernel/audit';
import { systemClock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import { newId } from '#kernel/ids';
import { type CatalogueImport, createCatalogueImport } from '#modules/holdings';
import { catalogueIndex, catalogueIndexer } from '../../src/main/searchIndex.ts';

/** The catalogue import over a database, with a folder of its own for files. */
export interface ImportBench {
  imports: CatalogueImport;
  folder: string;
  /** Files with secret rows that were handed over. */
  turned: { path: string; name: string; what: string }[];
  /** Writes a text file and says where it is. */
  file(name: string, text: string): Promise<string>;
  close(): Promise<void>;
}

export async function importBench(db: Database): Promise<ImportBench> {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-import-'));
  const turned: ImportBench['turned'] = [];
  const imports = createCatalogueImport({
    db,
    clock: systemClock,
    newId,
    audit: createAuditTrail(systemClock, newId, 'sha256'),
    jobs: { enqueue: async () => newId() },
    indexer: catalogueIndexer(),
    index: catalogueIndex(),
    staging: {
      file: async () => {
        throw new Error('nothing is uploaded here');
      },
      remove: async () => {},
    },
    folder: join(folder, 'imports'),
    apart: join(folder, 'apart'),
    async turnedAway(_, file) {
      turned.push(file);
      await rm(file.path);
    },
  });
  return {
    imports,
    folder,
    turned,
    async file(name, text) {
      const path = join(folder, name);
      await writeFile(path, text);
      return path;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
