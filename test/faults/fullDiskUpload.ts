/**
 * Sends files to a server whose uploads lie on a small file system that fills up, and checks that each is refused or broken off
 * with the one reason, that nothing of it is lost, and that it goes on once there is room. Started by the test beside it, in a mount
 * of its own. Says what it found in one line of JSON.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, statfs, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const [url = '', folder = '', disk = '', rounds = '0'] = process.argv.slice(2);
const dataDir = join(folder, 'data');
await mkdir(dataDir, { recursive: true });
await mkdir(join(disk, 'staging'));
await symlink(join(disk, 'staging'), join(dataDir, 'staging'));

// The server of the tests of uploads, in this process: it reads its own arguments, and says where it listens.
process.argv.splice(2, Infinity, url, dataDir, 'system');
const said = new Promise<{ port: number; token: string }>((resolve) => {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (text: string | Uint8Array) => {
    process.stdout.write = write;
    resolve(JSON.parse(String(text)));
    return true;
  };
});
await import('./uploadServer.ts');
const { port, token } = await said;
const api = `http://127.0.0.1:${port}/api/v1`;
const headers = { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' };

const SIZE = 3_000_000;
const faults: string[] = [];
let full = 0;
const filler = join(disk, 'filler');
async function leaveFree(bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(disk);
  const size = bavail * bsize - bytes;
  if (size > 0) await writeFile(filler, Buffer.alloc(size));
}
const begin = () =>
  fetch(`${api}/uploads`, {
    method: 'POST',
    headers: { ...headers, 'upload-length': `${SIZE}`, 'upload-metadata': 'filename YS5iaW4=' },
  });
const send = (at: string, from: number, content: Buffer) =>
  fetch(at, {
    method: 'PATCH',
    headers: {
      ...headers,
      'upload-offset': `${from}`,
      'content-type': 'application/offset+octet-stream',
    },
    body: new Uint8Array(content.subarray(from)),
  });
async function isRefused(answer: Response, when: string): Promise<void> {
  const text = await answer.text();
  if (answer.status !== 507 || !text.includes('upload.noRoom'))
    faults.push(`${when}: ${answer.status} ${text}`);
  else full++;
}

for (let round = 0; round < Number(rounds) && faults.length === 0; round++) {
  await leaveFree(1_000_000);
  await isRefused(await begin(), 'at the beginning');
  await rm(filler);
  const made = await begin();
  const id = made.headers.get('location')?.split('/').at(-1) ?? '';
  const at = `${api}/uploads/${id}`;
  const content = randomBytes(SIZE);
  await leaveFree(500_000 + round * 100_000);
  await isRefused(await send(at, 0, content), 'on the way');
  await rm(filler);
  const head = await fetch(at, { method: 'HEAD', headers });
  const offset = Number(head.headers.get('upload-offset'));
  if (!(offset > 0 && offset < SIZE)) faults.push(`it stands at ${offset}`);
  const { status } = await send(at, offset, content);
  if (status !== 204) faults.push(`it did not go on: ${status}`);
  const there = await readFile(join(dataDir, 'staging', id));
  const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  if (digest(there) !== digest(content)) faults.push('what lies there is not what was sent');
  const registered = await fetch(`${api}/intake/records/r-${round}`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({
      metadata: { title: '录像', date: '2025-01-01' },
      files: [{ name: 'a.bin', upload: id, digest: `sha256:${digest(content)}` }],
    }),
  });
  if (!registered.ok) faults.push(`it was not registered: ${await registered.text()}`);
}
process.stdout.write(`${JSON.stringify({ faults, full })}\n`);
process.exit(0);
