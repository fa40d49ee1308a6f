import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

/** An entry: its name, its password, and its attributes. */
export interface DirectoryEntry {
  dn: string;
  password: string;
  attributes: Record<string, string | Buffer>;
}

export interface Directory {
  url: string;
  /** Values that were searched for, as they arrived. */
  asked: string[];
  /** Passwords that came over a line without TLS. */
  heardInClear: string[];
  close(): Promise<void>;
}

/** One element of BER: its tag, what it holds, and the bytes it took. */
interface Element {
  tag: number;
  value: Buffer;
  size: number;
}

function read(bytes: Buffer): Element | undefined {
  if (bytes.length < 2) return undefined;
  let length = bytes[1]!;
  let at = 2;
  if (length & 0x80) {
    const count = length & 0x7f;
    if (bytes.length < 2 + count) return undefined;
    length = count === 0 ? 0 : bytes.readUIntBE(2, count);
    at += count;
  }
  if (bytes.length < at + length) return undefined;
  return { tag: bytes[0]!, value: bytes.subarray(at, at + length), size: at + length };
}

function readAll(bytes: Buffer): Element[] {
  const all: Element[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const one = read(rest);
    if (!one) break;
    all.push(one);
    rest = rest.subarray(one.size);
  }
  return all;
}

function write(tag: number, ...parts: (Buffer | string)[]): Buffer {
  const value = Buffer.concat(parts.map((p) => Buffer.from(p)));
  const length =
    value.length < 128 ? Buffer.of(value.length) : Buffer.of(0x82, value.length >> 8, value.length & 0xff);
  return Buffer.concat([Buffer.of(tag), length, value]);
}

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const OCTETS = 0x04;
const ENUM = 0x0a;
const [BIND, BOUND, UNBIND, SEARCH, ENTRY, DONE] = [0x60, 0x61, 0x42, 0x63, 0x64, 0x65];
const [EXTENDED, EXTENDED_DONE] = [0x77, 0x78];
const START_TLS = '1.3.6.1.4.1.1466.20037';
const [OK, SIZE_LIMIT, INVALID, UNWILLING] = [0, 4, 49, 53];

const result = (tag: number, code: number) =>
  write(tag, write(ENUM, Buffer.of(code)), write(OCTETS, ''), write(OCTETS, ''));

/** The attribute and value of an equality test, alone or inside an `and`. */
function equality(filter: Element): { attribute: string; value: string } | undefined {
  if (filter.tag === 0xa0) return readAll(filter.value).map(equality)[0];
  if (filter.tag !== 0xa3) return undefined;
  const [attribute, value] = readAll(filter.value);
  return { attribute: String(attribute?.value), value: value?.value.toString('utf8') ?? '' };
}

/** Lines under TLS: from their first byte (`ldaps`), or raised by the client (`startTls`). */
export interface DirectoryTls {
  way: 'ldaps' | 'startTls';
  /** PEM. */
  key: string;
  cert: string;
}

/**
 * A small LDAP server on this machine: simple bind, and search by one equal attribute, with a size limit. Searching takes a
 * bind before; a bind with a name and no password is answered as anonymous, as many servers do.
 */
export async function ldapDirectory(
  entries: readonly DirectoryEntry[],
  tls?: DirectoryTls,
  /** Where it listens. */
  host = '127.0.0.1',
): Promise<Directory> {
  const asked: string[] = [];
  const heardInClear: string[] = [];
  const secureContext = tls && createSecureContext({ key: tls.key, cert: tls.cert });
  const sockets = new Set<Socket>();

  function answer(op: Element, bound: { as: string | undefined }, clear: boolean): Buffer[] {
    if (op.tag === BIND) {
      const [, name, secret] = readAll(op.value);
      const dn = String(name?.value);
      const given = String(secret?.value);
      if (clear && given !== '') heardInClear.push(given);
      if (given === '') return [result(BOUND, OK)];
      const fits = entries.some((e) => e.dn === dn && e.password === given);
      bound.as = fits ? dn : undefined;
      return [result(BOUND, fits ? OK : INVALID)];
    }
    if (op.tag !== SEARCH) return [result(DONE, UNWILLING)];
    const [, , , limit, , , filter] = readAll(op.value);
    const wanted = filter && equality(filter);
    if (!bound.as || !wanted) return [result(DONE, UNWILLING)];
    asked.push(wanted.value);
    const found = entries.filter((e) => String(e.attributes[wanted.attribute]) === wanted.value);
    const most = limit?.value.at(-1) || entries.length;
    const shown = found.slice(0, most).map((e) => {
      const attributes = Object.entries(e.attributes).map(([name, value]) =>
        write(SEQUENCE, write(OCTETS, name), write(SET, write(OCTETS, value))),
      );
      return write(ENTRY, write(OCTETS, e.dn), write(SEQUENCE, ...attributes));
    });
    return [...shown, result(DONE, found.length > most ? SIZE_LIMIT : OK)];
  }

  const raised = (socket: Socket) =>
    secureContext ? new TLSSocket(socket, { isServer: true, secureContext }) : socket;

  function serve(socket: Socket): void {
    const bound: { as: string | undefined } = { as: undefined };
    let waiting: Buffer = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', function heard(part: Buffer) {
      waiting = Buffer.concat([waiting, part]);
      for (let message = read(waiting); message; message = read(waiting)) {
        waiting = waiting.subarray(message.size);
        const [id, op] = readAll(message.value);
        if (!id || !op || op.tag === UNBIND) {
          socket.end();
          return;
        }
        if (op.tag === EXTENDED) {
          const wanted = String(readAll(op.value)[0]?.value);
          const can = tls?.way === 'startTls' && wanted === START_TLS;
          const done = result(EXTENDED_DONE, can ? OK : UNWILLING);
          socket.write(write(SEQUENCE, write(INTEGER, id.value), done));
          if (!can) continue;
          socket.off('data', heard);
          serve(raised(socket));
          return;
        }
        const clear = !(socket instanceof TLSSocket);
        for (const a of answer(op, bound, clear)) socket.write(write(SEQUENCE, write(INTEGER, id.value), a));
      }
    });
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    serve(tls?.way === 'ldaps' ? raised(socket) : socket);
  });
  await new Promise<void>((ready) => server.listen(0, host, ready));
  return {
    url: `${tls?.way === 'ldaps' ? 'ldaps' : 'ldap'}://${host}:${(server.address() as AddressInfo).port}`,
    asked,
    heardInClear,
    close: () =>
      new Promise((done) => {
        for (const s of sockets) s.destroy();
        server.close(() => done());
      }),
  };
}
