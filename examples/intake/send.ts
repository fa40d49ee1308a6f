/**
 * Sends records of an office system to Lantai: Node 24 or later, nothing to install.
 *
 *   LANTAI_URL=https://archive.example LANTAI_TOKEN=lantai_… node send.ts records.json
 *
 * records.json is a list of { id, metadata, files: [{ path, name? }], parts?, events?, revision? }. Running it again, after any break,
 * changes nothing that is there already: the id is yours, and what is the same is answered as the same.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';

interface SourceFile {
  path: string;
  name?: string;
}
interface SourceDocument {
  metadata: Record<string, string | number | null>;
  files?: SourceFile[];
}
interface SourceRecord extends SourceDocument {
  id: string;
  revision?: number;
  parts?: (SourceDocument & { id: string; part?: string })[];
  events?: { action: string; at: string; agent?: string; basis?: string; note?: string }[];
}

const { LANTAI_URL = 'http://127.0.0.1:8080', LANTAI_TOKEN = '' } = process.env;
/** Up to here a file travels within the message; what is larger is an upload. */
const INLINE = 256 * 1024;
/** One piece of an upload: what is lost when the line breaks. */
const PIECE = 8 * 1024 * 1024;
const TRIES = 6;

/** Asks, and asks again with growing pauses where the line, the server or its patience was at fault. */
async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${LANTAI_TOKEN}`, 'accept-language': 'zh-CN', ...init.headers };
  for (let n = 1; ; n++) {
    const answer = await fetch(new URL(url, LANTAI_URL), { ...init, headers }).catch((e: unknown) => e);
    const passing = !(answer instanceof Response) || answer.status >= 500 || answer.status === 429;
    if (!passing) return answer;
    const wait = answer instanceof Response ? Number(answer.headers.get('retry-after') ?? 0) : 0;
    // A quota of the day that is used up is asked for tomorrow, not in a loop.
    if (n === TRIES || wait > 300) {
      if (answer instanceof Response) return answer;
      throw answer;
    }
    await pause(Math.max(wait * 1_000, 250 * 2 ** n * (0.5 + Math.random())));
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return `sha256:${hash.digest('hex')}`;
}

const TUS = { 'tus-resumable': '1.0.0' };
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Sends a file in pieces (tus 1.0); after a break it goes on where the server stands. @returns the upload's id */
async function upload(path: string, name: string): Promise<string> {
  const { size } = await stat(path);
  const made = await ask('/api/v1/uploads', {
    method: 'POST',
    headers: { ...TUS, 'upload-length': String(size), 'upload-metadata': `filename ${base64(name)}` },
  });
  if (made.status !== 201) throw new Error(`upload of ${name}: ${made.status} ${await made.text()}`);
  const at = new URL(made.headers.get('location') ?? '', new URL('/api/v1/uploads/', LANTAI_URL)).href;
  const file = await open(path);
  try {
    for (let offset = 0; offset < size; ) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(PIECE, size - offset)), 0, undefined, offset);
      const sent = await ask(at, {
        method: 'PATCH',
        headers: { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
        body: new Uint8Array(buffer.subarray(0, bytesRead)),
      });
      if (sent.status === 204) offset = Number(sent.headers.get('upload-offset'));
      else {
        // Somebody has it further, or less far, than we thought: ask.
        const head = await ask(at, { method: 'HEAD', headers: TUS });
        if (head.status !== 200) throw new Error(`upload of ${name}: ${sent.status} ${await sent.text()}`);
        offset = Number(head.headers.get('upload-offset'));
      }
    }
  } finally {
    await file.close();
  }
  return at.split('/').at(-1) ?? '';
}

async function fileOf({ path, name = basename(path) }: SourceFile, folder: string) {
  const full = resolve(folder, path);
  const digest = await digestOf(full);
  if ((await stat(full)).size <= INLINE) return { name, digest, content: (await readFile(full)).toString('base64') };
  return { name, digest, upload: await upload(full, name) };
}

async function filesOf(files: SourceFile[] = [], folder: string) {
  const sent = [];
  for (const file of files) sent.push(await fileOf(file, folder));
  return sent;
}

/** @returns whether it is there now */
async function send({ id, files, parts, ...record }: SourceRecord, folder: string): Promise<boolean> {
  const message = {
    ...record,
    files: await filesOf(files, folder),
    parts: await Promise.all(
      (parts ?? []).map(async (part) => ({ ...part, files: await filesOf(part.files, folder) })),
    ),
  };
  const answer = await ask(`/api/v1/intake/records/${encodeURIComponent(id)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
  });
  const said = (await answer.json()) as {
    outcome?: string;
    code?: string;
    detail?: string;
    values?: { findings?: { field: string; message: string }[] };
  };
  console.log(`${id}\t${said.outcome ?? said.code}`);
  for (const { field, message } of said.values?.findings ?? []) console.log(`\t${field}: ${message}`);
  // Said late, but nothing is missing: what came after it is there.
  return answer.ok || said.code === 'intake.superseded.conflict';
}

const [list] = process.argv.slice(2);
if (!list || !LANTAI_TOKEN) {
  console.error('LANTAI_URL=… LANTAI_TOKEN=… node send.ts records.json');
  process.exit(2);
}
let refused = 0;
for (const record of JSON.parse(await readFile(list, 'utf8')) as SourceRecord[])
  if (!(await send(record, dirname(resolve(list))))) refused++;
process.exit(refused === 0 ? 0 : 1);
