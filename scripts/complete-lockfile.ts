/**
 * Names every optional platform package in package-lock.json.
 *
 *     node scripts/complete-lockfile.ts
 *
 * npm leaves a platform's package out of the lock file when the registry it was written with lacks that package; npm 11
 * then refuses its own lock file (`npm ci`: "Missing … from lock file"), and asks the registry for it each time. With the
 * entry there, all of npm 10, 11 and 12 accept the file, and other platforms get the package from registries that have it.
 * Run it after every `npm install` that changes the lock file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { completeLockfile } from './lockfile.ts';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = completeLockfile(lock);
if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(added.length > 0 ? `Added ${added.join(', ')}\n` : 'Nothing is missing.\n');
