import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { messageOf, Refusal } from './errors.ts';

/** Looks through a file for malware. */
export interface Scanner {
  /**
   * @returns what was found, by the scanner's name for it; undefined where the file is clean
   * @throws Refusal upload.notScanned where the scanner gives no verdict: such a file is not taken in
   */
  scan(path: string): Promise<string | undefined>;
}

/** A scanner of the site: a clamd that listens (path of its socket, or host and port), or a program. */
export type ScannerSetting =
  | { kind: 'clamd'; at: { path: string } | { host: string; port: number } }
  | { kind: 'program'; path: string };

const LONGEST_MS = 10 * 60_000;

/** `clamd:/run/clamav/clamd.sock`, `clamd:127.0.0.1:3310`, or the absolute path of a program. Undefined: none of these. */
export function readScanner(words: string): ScannerSetting | undefined {
  if (words.startsWith('/')) return { kind: 'program', path: words };
  const clamd = /^clamd:(?:(\/.+)|([\w.-]+|\[[\da-fA-F:]+\]):(\d{1,5}))$/.exec(words);
  if (!clamd) return undefined;
  const [, path, host, port] = clamd;
  return path
    ? { kind: 'clamd', at: { path } }
    : { kind: 'clamd', at: { host: (host ?? '').replace(/[[\]]/g, ''), port: Number(port) } };
}

export function createScanner(setting: ScannerSetting, { longestMs = LONGEST_MS } = {}): Scanner {
  const scan =
    setting.kind === 'clamd'
      ? (path: string) => askClamd(() => createConnection(setting.at), path, longestMs)
      : (path: string) => runProgram(setting.path, path, longestMs);
  return {
    async scan(path) {
      try {
        return await scan(path);
      } catch (cause) {
        throw new Refusal(
          'upload.notScanned',
          'The malware scanner gave no verdict on this file, so it is not taken in. Tell your administrator.',
          { cause: messageOf(cause).slice(0, 200) },
          { cause },
        );
      }
    },
  };
}

/** What a scanner says of itself; of a program nothing can be asked. @throws what keeps it from answering */
export async function aboutScanner(
  setting: ScannerSetting,
): Promise<{ version: string; learntAt: Date | null }> {
  if (setting.kind === 'program') return { version: setting.path, learntAt: null };
  const socket = createConnection(setting.at);
  socket.setTimeout(ABOUT_MS, () => socket.destroy(new Error('no answer in time')));
  try {
    const answer = answerOf(socket);
    socket.write('zVERSION\0');
    return readVersion(await answer);
  } finally {
    socket.destroy();
  }
}

const ABOUT_MS = 10_000;

/** `ClamAV 1.4.1/27412/Sat Oct  5 08:21:45 2024`: the program, its list, and when that was made. */
export function readVersion(text: string): { version: string; learntAt: Date | null } {
  const [program = '', list, made] = text.split('/');
  const at = made === undefined ? Number.NaN : Date.parse(`${made.replace(/\s+/g, ' ').trim()} UTC`);
  const version = list === undefined ? program : `${program}/${list}`;
  return { version: version.slice(0, 100), learntAt: Number.isNaN(at) ? null : new Date(at) };
}

/** Exit 0: clean; 1: found, its last line says what; anything else is no verdict. The path is an argument, never a shell's. */
function runProgram(program: string, path: string, timeout: number): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    execFile(program, [path], { timeout, maxBuffer: 1024 * 1024 }, (error, stdout) => {
      if (!error) resolve(undefined);
      else if (error.code === 1) resolve(nameIn(stdout) ?? 'malware');
      else reject(error);
    });
  });
}

const nameIn = (text: string): string | undefined =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .at(-1)
    ?.replace(/^.*:\s*/, '')
    .replace(/\s+FOUND$/, '')
    .slice(0, 200);

/** The INSTREAM command of clamd: the file goes over in pieces, each with its length before it. */
async function askClamd(connect: () => Socket, path: string, longestMs: number): Promise<string | undefined> {
  const socket = connect();
  socket.setTimeout(longestMs, () => socket.destroy(new Error('no answer in time')));
  try {
    const answer = answerOf(socket);
    // What goes wrong while sending is told by the answer, or by the line that broke.
    const [text] = await Promise.all([answer, send(socket, path)]);
    if (/: OK$/.test(text)) return undefined;
    const found = /: (.+) FOUND$/.exec(text)?.[1];
    if (found) return found.slice(0, 200);
    throw new Error(text === '' ? 'no answer' : text.slice(0, 200));
  } finally {
    socket.destroy();
  }
}

function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      text += part;
      if (text.includes('\0') || text.length > 4_096) resolve(text.replace(/\0.*$/s, '').trim());
    });
    socket.on('end', () => resolve(text.replace(/\0.*$/s, '').trim()));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the line broke')));
  });
}

async function send(socket: Socket, path: string): Promise<void> {
  const write = (bytes: Buffer | string) =>
    new Promise<void>((resolve, reject) => {
      socket.write(bytes, (e) => (e ? reject(e) : resolve()));
    });
  await write('zINSTREAM\0');
  for await (const part of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    const bytes: Buffer = part;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    await write(Buffer.concat([length, bytes]));
  }
  await write(Buffer.alloc(4));
}
