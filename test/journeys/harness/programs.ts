import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether a program of this name is in the path of programs. */
export function program(name: string): boolean {
  const there = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
  if (!there) process.stderr.write(`Not performed: what needs ${name}, which is not here.\n`);
  return there;
}
