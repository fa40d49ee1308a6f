import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { FileStore } from '@tus/file-store';
import { ERRORS, EVENTS, Server } from '@tus/server';
import type { Actor } from '#kernel/actor';
import { isRefusal, Refusal } from '#kernel/errors';
import type { App, Request } from '#kernel/http/route';
import type { Staging } from '#kernel/staging';
import { problemOf } from './errors.ts';

const PATH = '/api/v1/uploads';
/** One file of a disc: a large TIFF or PDF. Whole folders come as many uploads. */
const MOST_BYTES = 64 * 1024 ** 3;
const WAITS_MS = 7 * 24 * 3_600_000;

/** Whose uploads count against a quota. */
export interface Uploaders {
  /** Before an upload of a sender system begins. @throws Refusal */
  beginUpload(actor: Actor, upload: { id: string; bytes: number | undefined }): Promise<void>;
  /** It was taken back. */
  endUpload(id: string): Promise<void>;
}

/**
 * Resumable uploads (tus 1.0): a broken line costs the piece under way, not the file. An upload belongs to the person
 * who began it.
 */
export function registerUploads(
  app: App,
  { staging, intake }: { staging: Staging; intake: Uploaders },
): void {
  mkdirSync(staging.folder, { recursive: true, mode: 0o700 });
  const people = new WeakMap<object, Actor>();
  const idOf = (req: object) => people.get(rawOf(req))?.id ?? '';
  const tus = new Server({
    path: PATH,
    datastore: new FileStore({ directory: staging.folder, expirationPeriodInMilliseconds: WAITS_MS }),
    maxSize: MOST_BYTES,
    relativeLocation: true,
    namingFunction: () => randomBytes(16).toString('hex'),
    async onUploadCreate(req, upload) {
      const actor = people.get(rawOf(req));
      if ((await roomIn(staging.folder)) < (upload.size ?? 0)) refuse(noRoom());
      if (actor && isSender(actor))
        await intake.beginUpload(actor, { id: upload.id, bytes: upload.size }).catch(refuse);
      const { filename = null, relativePath = null } = upload.metadata ?? {};
      return { metadata: { filename, relativePath, person: actor?.id ?? null } };
    },
    async onIncomingRequest(req, id) {
      if (!id) return;
      const upload = await staging.arrived(id, idOf(req)).catch((e) => e);
      // Not whole yet is what resuming is for; not theirs is not there.
      if (
        upload instanceof Error &&
        'code' in upload &&
        upload.code === 'upload.notFound' &&
        req.method !== 'POST'
      ) {
        throw { status_code: 404, body: 'There is no such upload.\n' };
      }
    },
    async onResponseError(_req, error) {
      const isOurs = !('status_code' in error) || error.body === ERRORS.FILE_WRITE_ERROR.body;
      if (!isOurs) return undefined;
      // What arrived before stays, and the upload can go on.
      if (isFull(error) || (await roomIn(staging.folder)) < LITTLE) return answerOf(noRoom());
      const problem = problemOf(error);
      app.log.warn({ err: error, reference: problem.reference }, 'an upload broke off');
      return { status_code: problem.status, body: `${JSON.stringify(problem)}\n` };
    },
  });

  tus.on(EVENTS.POST_TERMINATE, (_req, _res, id) => void intake.endUpload(id).catch(() => {}));

  app.addContentTypeParser('application/offset+octet-stream', (_req, _payload, done) => done(null));
  const handle = async (req: Request, reply: { hijack(): void; raw: import('node:http').ServerResponse }) => {
    people.set(req.raw, req.actor);
    reply.hijack();
    await tus.handle(req.raw, reply.raw);
  };
  for (const url of [PATH, `${PATH}/*`]) {
    app.route({
      method: ['POST', 'PATCH', 'HEAD', 'DELETE', 'OPTIONS'],
      url,
      config: { policy: 'sender' },
      schema: { hide: true },
      handler: handle,
    });
  }
}

/** The node request under the web request the upload library hands out. */
function rawOf(req: object): object {
  const node = (req as { runtime?: { node?: { req?: object } } }).runtime?.node?.req;
  return node ?? req;
}

/** A system, whose uploads are counted. */
const isSender = (actor: Actor): boolean =>
  [...actor.rights.values()].some((capabilities) => capabilities.has('intake.send'));

/** A refusal as the upload library passes it on: the same problem document as everywhere. */
function refuse(e: unknown): never {
  if (!isRefusal(e)) throw e;
  throw answerOf(e);
}

function answerOf(e: Refusal): { status_code: number; body: string } {
  const problem = problemOf(e);
  return { status_code: problem.status, body: `${JSON.stringify(problem)}\n` };
}

/** With less room a write of which no more is known than that it failed is taken to have failed for want of it. */
const LITTLE = 1024 * 1024;

const isFull = (e: object): boolean => 'code' in e && (e.code === 'ENOSPC' || e.code === 'EDQUOT');

const noRoom = () => new Refusal('upload.noRoom', 'The server has no room left for this file.');

/** Bytes the disk of a folder still takes. */
async function roomIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
