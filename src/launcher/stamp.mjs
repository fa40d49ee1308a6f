import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @returns {string} a digest of the parts, each set apart from the next */
export function digestOf(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}

/**
 * A digest of the names and bytes of files.
 *
 * @param {string} root
 * @param {string[]} inputs files or folders below root; those that are not there count as absent
 * @param {(name: string) => boolean} leaveOut names of files and folders that do not count
 */
export function digestOfFiles(root, inputs, leaveOut) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) {
      for (const name of readdirSync(join(root, path)).sort()) if (!leaveOut(name)) visit(`${path}/${name}`);
    } else if (stat.isFile()) {
      hash.update(`${path}\0${stat.size}\0`).update(readFileSync(join(root, path)));
    }
  };
  for (const input of inputs) visit(input);
  return hash.digest('hex');
}

/** @returns {string} what the stamp file says, '' when there is none */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Writes a stamp in one move, so that it is never half there. */
export function writeStamp(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, `${value}\n`);
  renameSync(aside, file);
}
