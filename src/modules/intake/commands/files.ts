import { randomUUID } from 'node:crypto';
import { copyFile, link, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Digests, digestBytes } from '#kernel/checksums';
import { isRefusal, Refusal } from '#kernel/errors';
import type { StagedFile } from '#kernel/staging';
import type { HeldFile } from '#modules/filing';
import type { IntakeDeps } from '../deps.ts';
import { type FileRef, MOST_INLINE_BYTES } from '../domain/message.ts';
import type { Found } from '../domain/registration.ts';
import type { SaidBefore } from '../store/items.ts';

/** A file of a message, known by its content. */
export interface Planned extends HeldFile {
  /** Where its content comes from; null: it is there from the time before. */
  from: { upload: StagedFile } | { content: Buffer } | null;
  uploadId: string | null;
}

const DIGEST = /^(sha512|sha256|sm3):([0-9a-f]+)$/;
const LENGTHS = { sha512: 128, sha256: 64, sm3: 64 } as const;

/** Whether a file can be called so anywhere. */
export function isUsableName(name: string): boolean {
  return (
    name !== '' &&
    name !== '.' &&
    name !== '..' &&
    Buffer.byteLength(name) <= 255 &&
    !/[\u0000-\u001f\u007f/\\]/.test(name)
  );
}

/**
 * What the files of a document are, by content; nothing is moved yet.
 *
 * @param known uploads the item was made of before, which are gone by now
 * @returns the files, and what is wrong with those that are missing among them
 */
export async function planFiles(
  deps: IntakeDeps,
  systemId: string,
  refs: readonly FileRef[],
  { at, known }: { at: string; known: SaidBefore['uploads'] },
): Promise<{ files: Planned[]; found: Found[] }> {
  const files: Planned[] = [];
  const found: Found[] = [];
  for (const [i, ref] of refs.entries()) {
    const field = `${at}[${i}]`;
    const fault = (code: string, message: string, detail: Record<string, unknown> = {}) =>
      found.push({ field, code, message, detail });
    const name = ref.name;
    if (!isUsableName(name))
      fault('intake.fileName', 'The name can not be used.', { name: name.slice(0, 100) });
    else if (refs.findIndex((r) => r.name === name) < i)
      fault('intake.fileTwice', 'The name stands there twice.', { name });
    else {
      const planned = await planOne(deps, systemId, ref, known);
      if ('code' in planned) fault(planned.code, planned.message, planned.detail);
      else files.push(planned);
    }
  }
  return { files, found };
}

type Fault = Omit<Found, 'field'>;

async function planOne(
  deps: IntakeDeps,
  systemId: string,
  { name, upload, content, digest }: FileRef,
  known: SaidBefore['uploads'],
): Promise<Planned | Fault> {
  const [, algorithm, hex] = (digest === undefined ? null : DIGEST.exec(digest.toLowerCase())) ?? [];
  const said =
    algorithm === 'sha512' || algorithm === 'sha256' || algorithm === 'sm3' ? algorithm : undefined;
  if (digest !== undefined && (said === undefined || hex?.length !== LENGTHS[said]))
    return {
      code: 'intake.digestForm',
      message: 'A digest is written as sha512:… in hexadecimal.',
      detail: {},
    };
  const fits = (digests: Digests) => said === undefined || digests[said] === hex;
  const differs = { code: 'intake.digest', message: 'The file does not fit its digest.', detail: { name } };
  if ((upload === undefined) === (content === undefined))
    return { code: 'intake.fileSource', message: 'A file names an upload or its content.', detail: {} };
  if (content !== undefined) {
    const bytes = Buffer.from(content, 'base64');
    // What is no Base64 does not come out again as it went in.
    if (bytes.toString('base64') !== content || bytes.length > MOST_INLINE_BYTES)
      return {
        code: 'intake.fileContent',
        message: 'The content is no Base64 or too long.',
        detail: { most: MOST_INLINE_BYTES },
      };
    const { digests } = digestBytes(bytes, said && said !== 'sha512' ? ['sha512', said] : ['sha512']);
    const sha512 = digests.sha512 ?? '';
    return fits(digests)
      ? { name, sha512, bytes: bytes.length, from: { content: bytes }, uploadId: null }
      : differs;
  }
  const uploadId = upload ?? '';
  const before = known[uploadId];
  if (before) {
    if (said === 'sha512' && hex !== before.sha512) return differs;
    return { name, ...before, from: null, uploadId };
  }
  try {
    const staged = await deps.staging.file(uploadId, systemId);
    const { digests } = await deps.digests.digestFile(
      staged.path,
      said && said !== 'sha512' ? ['sha512', said] : ['sha512'],
    );
    const sha512 = digests.sha512 ?? '';
    return fits(digests)
      ? { name, sha512, bytes: staged.bytes, from: { upload: staged }, uploadId }
      : differs;
  } catch (e) {
    if (isRefusal(e)) return { code: e.code, message: e.message, detail: { ...e.detail, name } };
    throw e;
  }
}

/**
 * Brings contents to where filing keeps them; until a record has them, a sweep may take them away after a day. Uploads stay.
 *
 * @throws Refusal upload.infected, upload.notScanned
 */
export async function keepPlanned(deps: IntakeDeps, planned: readonly Planned[]): Promise<void> {
  for (const { from, name, sha512 } of planned) {
    if (from === null) continue;
    if ('content' in from) {
      await deps.filing.keepBytes(from.content, sha512, (path) => demandClean(deps, path, name));
      continue;
    }
    const path = await workPlace(deps);
    try {
      await secondName(from.upload.path, path);
      await deps.filing.keep(path, sha512);
    } finally {
      await rm(path, { force: true });
    }
  }
}

/** Contents as files of their own on the data folder's file system, for as long as something is done with them. */
export async function atHand(
  deps: Pick<IntakeDeps, 'folder' | 'scan'>,
  planned: readonly Planned[],
  use: (files: { path: string; name: string }[]) => Promise<void>,
): Promise<void> {
  const made: { path: string; name: string }[] = [];
  try {
    for (const { from, name } of planned) {
      if (from === null) continue;
      const path = await workPlace(deps);
      made.push({ path, name });
      if ('content' in from) {
        await writeFile(path, from.content, { flag: 'wx', mode: 0o600 });
        await demandClean(deps, path, name);
        continue;
      }
      await secondName(from.upload.path, path);
    }
    await use(made);
  } finally {
    for (const { path } of made) await rm(path, { force: true });
  }
}

async function workPlace({ folder }: Pick<IntakeDeps, 'folder'>): Promise<string> {
  const work = join(folder, 'work');
  await mkdir(work, { recursive: true, mode: 0o700 });
  return join(work, randomUUID());
}

/** The upload stays until what was made of it is written down: a second name where the file system has such, else a copy. */
async function secondName(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}

/** Uploads are looked through where they wait; a content within a message is looked through here. @throws Refusal upload.infected, upload.notScanned */
async function demandClean({ scan }: Pick<IntakeDeps, 'scan'>, path: string, name: string): Promise<void> {
  const finding = await scan?.(path);
  if (finding !== undefined)
    throw new Refusal(
      'upload.infected',
      `The malware scanner found “${finding}” in this file. It is not taken in.`,
      {
        finding,
        name,
        relativePath: null,
      },
    );
}
