import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { Transform } from 'node:stream';

/** What befalls a request on its way; undefined: nothing. */
export type Trouble =
  /** Nothing comes back, ever. */
  | 'silence'
  /** The line is cut before the request reaches the server. */
  | 'cutBefore'
  /** The server does it, and its answer is lost. */
  | 'cutAfter'
  /** The server says it is too busy. */
  | 'busy'
  /** Half of the answer's content, then the line is cut. */
  | 'half'
  /** Half of the answer's content, then nothing more. */
  | 'stall'
  /** The server is asked after a while only. */
  | 'late'
  /** One byte of the answer's content is another. */
  | 'wrongByte';

export interface TroubledLine {
  readonly endpoint: string;
  /** Asked for each request. */
  trouble(
    choose: (method: string, path: string, headers: IncomingMessage['headers']) => Trouble | undefined,
  ): void;
  /** How late is late, in milliseconds. */
  lateMs: number;
  close(): Promise<void>;
}

/** A line to a server on which things go wrong as told. */
export async function troubledLine(target: string): Promise<TroubledLine> {
  const { port } = new URL(target);
  let choose: Parameters<TroubledLine['trouble']>[0] = () => undefined;

  function pass(req: IncomingMessage, res: ServerResponse, trouble: Trouble | undefined): void {
    const onward = request(
      { port, host: '127.0.0.1', method: req.method, path: req.url, headers: req.headers },
      (answer) => {
        if (trouble === 'cutAfter') {
          answer.resume();
          answer.on('end', () => res.destroy());
          return;
        }
        res.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
        const half = Number(answer.headers['content-length'] ?? 0) / 2;
        let sent = 0;
        answer
          .pipe(
            new Transform({
              transform(chunk: Buffer, _, done) {
                const before = sent;
                sent += chunk.length;
                const here = half > before && half <= sent;
                if (trouble === 'wrongByte' && here) chunk[Math.floor(half) - before]! ^= 1;
                if (here && trouble === 'half') return void setTimeout(() => res.destroy(), 20);
                if (here && trouble === 'stall') return;
                done(null, chunk);
              },
            }),
          )
          .pipe(res);
      },
    );
    onward.on('error', () => res.destroy());
    req.pipe(onward);
  }

  const server = createServer((req, res) => {
    const trouble = choose(req.method ?? '', req.url ?? '', req.headers);
    if (trouble === 'silence') return void req.resume();
    if (trouble === 'cutBefore') return void req.destroy();
    if (trouble === 'busy') {
      req.resume();
      req.on('end', () =>
        res.writeHead(503).end('<Error><Code>SlowDown</Code><Message>later</Message></Error>'),
      );
      return;
    }
    if (trouble === 'late') return void setTimeout(() => pass(req, res, trouble), line.lateMs);
    pass(req, res, trouble);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const line: TroubledLine = {
    lateMs: 1_000,
    endpoint: `http://127.0.0.1:${address.port}`,
    trouble(next) {
      choose = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return line;
}
