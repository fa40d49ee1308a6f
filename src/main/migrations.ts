import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folders of SQL migrations: the kernel's, then each module's. Their numbers give one order over all. */
export function migrationFolders(home: string): string[] {
  const modules = join(home, 'src/modules');
  const ofModules = readdirSync(modules).map((name) => join(modules, name, 'migrations'));
  return [join(home, 'src/kernel/db/migrations'), ...ofModules].filter((folder) => existsSync(folder));
}
