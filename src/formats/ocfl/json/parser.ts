import type { JsonSink } from './sink.ts';

/** The bytes are not JSON in UTF-8, or a part of it is larger than anything that belongs in an inventory. */
export class NotJson extends Error {
  override name = 'NotJson';
}

/** A string longer than this, or nesting deeper than this, is in no inventory. */
const STRING_LIMIT = 1024 * 1024;
const NUMBER_LIMIT = 400;
const DEPTH_LIMIT = 100;

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const isSpace = (c: number) => c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;
/** Bytes of numbers, true, false and null. */
const isWord = (c: number) =>
  (c >= 0x61 && c <= 0x7a) ||
  (c >= 0x30 && c <= 0x39) ||
  c === 0x2d ||
  c === 0x2b ||
  c === 0x2e ||
  c === 0x45;

type Expects = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or ]' | ', or }' | 'nothing';

interface Level {
  readonly sink: JsonSink;
  readonly isObject: boolean;
}

export interface JsonParser {
  /** @throws NotJson */
  write(chunk: Uint8Array): void;
  /** No more bytes follow. @throws NotJson when the text is not complete */
  end(): void;
}

/**
 * Reads JSON (RFC 8259, strictly) chunk by chunk. Keeps nothing but the part of a string or number that a chunk ended
 * in and the levels that are open.
 *
 * @param root takes the one value of the text; its `name` and `end` are not called.
 */
export function jsonParser(root: JsonSink): JsonParser {
  const levels: Level[] = [{ sink: root, isObject: false }];
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let expects: Expects = 'value';
  /** Inside a string or a word that began in this chunk or an earlier one. */
  let inside: 'string' | 'word' | null = null;
  let pieces: Buffer[] = [];
  let kept = 0;
  let escaped = false;
  let plain = true;
  let passed = 0;
  const fail = (at: number, why: string): never => {
    throw new NotJson(`at byte ${passed + at}: ${why}`);
  };

  const afterValue = () => {
    expects = levels.length === 1 ? 'nothing' : levels[levels.length - 1]!.isObject ? ', or }' : ', or ]';
  };

  function textOf(chunk: Buffer, from: number, to: number, at: number): string {
    let bytes = chunk;
    let [start, stop] = [from, to];
    if (pieces.length > 0) {
      bytes = Buffer.concat([...pieces, chunk.subarray(from, to)]);
      [start, stop] = [0, bytes.length];
      pieces = [];
      kept = 0;
    }
    if (plain) return bytes.toString('latin1', start, stop);
    try {
      const text = utf8.decode(bytes.subarray(start, stop));
      return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
    } catch {
      return fail(at, 'a string is not UTF-8, or has an escape that is none.');
    }
  }

  function gotString(text: string): void {
    const level = levels[levels.length - 1]!;
    if (expects === 'name' || expects === 'name or }') {
      level.sink.name(text);
      expects = ':';
    } else {
      level.sink.scalar(text);
      afterValue();
    }
  }

  function gotWord(text: string, at: number): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      fail(at, `"${text.slice(0, 40)}" is no value.`);
    }
    levels[levels.length - 1]!.sink.scalar(value as number | boolean | null);
    afterValue();
  }

  function open(isObject: boolean, at: number): void {
    if (levels.length > DEPTH_LIMIT) fail(at, 'it is nested too deep.');
    const { sink } = levels[levels.length - 1]!;
    levels.push({ sink: isObject ? sink.object() : sink.array(), isObject });
    expects = isObject ? 'name or }' : 'value or ]';
  }

  function close(isObject: boolean, at: number): void {
    const first = isObject ? 'name or }' : 'value or ]';
    const later = isObject ? ', or }' : ', or ]';
    if (expects !== first && expects !== later) fail(at, 'a bracket closes what is not open.');
    levels.pop()!.sink.end();
    afterValue();
  }

  function comma(at: number): void {
    if (expects === ', or }') expects = 'name';
    else if (expects === ', or ]') expects = 'value';
    else fail(at, 'a comma stands where none belongs.');
  }

  const awaitsValue = () => expects === 'value' || expects === 'value or ]';

  /** One byte outside strings and words. */
  function mark(c: number, at: number): void {
    if (c === QUOTE) {
      if (!awaitsValue() && expects !== 'name' && expects !== 'name or }')
        fail(at, 'a string stands where none belongs.');
      inside = 'string';
      plain = true;
    } else if (c === COMMA) comma(at);
    else if (c === COLON) {
      if (expects !== ':') fail(at, 'a colon stands where none belongs.');
      expects = 'value';
    } else if (c === OPEN_OBJECT || c === OPEN_ARRAY) {
      if (!awaitsValue()) fail(at, 'a bracket stands where none belongs.');
      open(c === OPEN_OBJECT, at);
    } else if (c === CLOSE_OBJECT || c === CLOSE_ARRAY) close(c === CLOSE_OBJECT, at);
    else if (isWord(c) && awaitsValue()) inside = 'word';
    else fail(at, 'a character stands where none belongs.');
  }

  /** @returns where the string ends in this chunk, or its length */
  function endOfString(chunk: Buffer, from: number): number {
    let i = from;
    for (; i < chunk.length; i++) {
      const c = chunk[i]!;
      if (escaped) escaped = false;
      else if (c === QUOTE) break;
      else if (c === BACKSLASH) {
        escaped = true;
        plain = false;
      } else if (c < 0x20) fail(i, 'a string holds a control character.');
      if (c > 0x7f) plain = false;
    }
    return i;
  }

  function keep(chunk: Buffer, from: number, limit: number): void {
    kept += chunk.length - from;
    if (kept > limit) fail(from, 'a string or number is too long.');
    // A copy: the chunk may be filled again by whoever reads.
    pieces.push(Buffer.from(chunk.subarray(from)));
  }

  return {
    write(bytes) {
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      let i = 0;
      while (i < chunk.length) {
        if (inside === 'string') {
          const end = endOfString(chunk, i);
          if (end === chunk.length) {
            keep(chunk, i, STRING_LIMIT);
            break;
          }
          inside = null;
          gotString(textOf(chunk, i, end, end));
          i = end + 1;
        } else if (inside === 'word') {
          let end = i;
          while (end < chunk.length && isWord(chunk[end]!)) end++;
          if (end === chunk.length) {
            keep(chunk, i, NUMBER_LIMIT);
            break;
          }
          inside = null;
          plain = true;
          gotWord(textOf(chunk, i, end, end), end);
          i = end;
        } else {
          const c = chunk[i]!;
          if (isSpace(c)) {
            i++;
            continue;
          }
          mark(c, i);
          // A word begins with this byte, a string after it.
          if (inside !== 'word') i++;
        }
      }
      passed += chunk.length;
    },
    end() {
      if (inside === 'word' && levels.length === 1) {
        inside = null;
        plain = true;
        gotWord(textOf(Buffer.alloc(0), 0, 0, 0), 0);
      }
      if (expects !== 'nothing') fail(0, 'the text ends before it is complete.');
    },
  };
}
