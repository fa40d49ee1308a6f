import { createServer, type Server, type Socket } from 'node:net';

/** The standard test file of scanners, put together here so that no scanner takes this source for it. */
export const EICAR = [
  'X5O!P%@AP[4',
  '\\PZX54(P^)7CC)7}$',
  'EICAR-STANDARD',
  '-ANTIVIRUS-TEST-FILE!$H+H*',
].join('');

export interface StandIn {
  /** What LANTAI_SCANNER would say. */
  readonly setting: string;
  readonly scans: number;
  /** From now on. `hangs`: takes everything and says nothing; `drops`: breaks the line in the middle of a file. */
  behave(how: 'well' | 'hangs' | 'drops' | 'ends'): void;
  close(): Promise<void>;
}

/**
 * Speaks the protocol of clamd as its manual has it: commands begin with `z` and end with NUL, a file comes in pieces with their length
 * before them, an empty piece ends it, and beyond the limit of a stream it is told so and the line ends.
 *
 * @param at a path for a socket, or nothing for a port of 127.0.0.1
 */
export async function standInClamd(
  at: string | null,
  { limit = 25 * 1024 * 1024, version = 'ClamAV 1.4.1/27412/Sat Mar  2 08:21:45 2024' } = {},
): Promise<StandIn> {
  let how: Parameters<StandIn['behave']>[0] = 'well';
  let scans = 0;
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => {});
    let waiting = Buffer.alloc(0);
    let command: string | undefined;
    const pieces: Buffer[] = [];
    let bytes = 0;
    const answer = (text: string) => socket.end(`${text}\0`);
    socket.on('data', (part: Buffer) => {
      waiting = Buffer.concat([waiting, part]);
      if (command === undefined) {
        const end = waiting.indexOf(0);
        if (end < 0) return;
        command = waiting.subarray(0, end).toString('latin1');
        waiting = waiting.subarray(end + 1);
        if (command === 'zVERSION') return void answer(version);
        if (command === 'zPING') return void answer('PONG');
        if (command !== 'zINSTREAM') return void answer('UNKNOWN COMMAND');
        scans++;
      }
      if (how === 'drops') return void socket.destroy();
      while (waiting.length >= 4 && waiting.length >= 4 + waiting.readUInt32BE(0)) {
        const length = waiting.readUInt32BE(0);
        if (length === 0) {
          if (how === 'hangs') return;
          if (how === 'ends') return void socket.end();
          const content = Buffer.concat(pieces);
          return void answer(content.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK');
        }
        bytes += length;
        if (bytes > limit) return void answer('INSTREAM size limit exceeded. ERROR');
        pieces.push(waiting.subarray(4, 4 + length));
        waiting = waiting.subarray(4 + length);
      }
    });
  });
  await new Promise<void>((ready) =>
    at === null ? server.listen(0, '127.0.0.1', ready) : server.listen(at, ready),
  );
  const address = server.address();
  const place = typeof address === 'string' || address === null ? at : `127.0.0.1:${address.port}`;
  return {
    setting: `clamd:${place}`,
    get scans() {
      return scans;
    },
    behave(now) {
      how = now;
    },
    close: () =>
      new Promise((done) => {
        for (const socket of open) socket.destroy();
        server.close(() => done());
      }),
  };
}
