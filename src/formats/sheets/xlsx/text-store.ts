import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '#kernel/ids';

const BLOCK = 1 << 20;
const OFFSETS = 1 << 16;
const PAGE = 16 * 1024;
const PAGES = 512;
const REMEMBERED = 1 << 13;
const LONGEST_REMEMBERED = 200;

/**
 * A grow-only list of texts that stays small: UTF-8 in 1 MiB blocks with 4 bytes of offset a text, and past
 * `memoryBytes` in a temporary file that vanishes with the process. Texts are read back in any order; those used
 * lately are remembered, because catalogues repeat (retention periods, names of offices).
 */
export class TextStore {
  readonly #memoryBytes: number;
  readonly #folder: string;
  readonly #blocks: Buffer[] = [];
  readonly #offsets: Uint32Array[] = [];
  readonly #rememberedIndex = new Int32Array(REMEMBERED).fill(-1);
  readonly #rememberedText: string[] = new Array(REMEMBERED);
  readonly #pages = new Map<number, Buffer>();
  #block = Buffer.allocUnsafeSlow(BLOCK);
  #used = 0;
  /** Bytes before the block being filled. */
  #sealed = 0;
  #spilledFrom = Number.POSITIVE_INFINITY;
  #file: number | undefined;
  #path = '';
  #count = 0;

  constructor(memoryBytes: number, folder: string = tmpdir()) {
    this.#memoryBytes = memoryBytes;
    this.#folder = folder;
  }

  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#sealed + this.#used;
  }

  add(text: string): void {
    const room = text.length * 3;
    const segment = this.#count >>> 16;
    if (segment === this.#offsets.length) this.#offsets.push(new Uint32Array(OFFSETS));
    this.#offsets[segment]![this.#count & (OFFSETS - 1)] = this.bytes;
    this.#count++;
    if (room <= BLOCK - this.#used) {
      this.#used += this.#block.write(text, this.#used, 'utf8');
      return;
    }
    const bytes = Buffer.from(text, 'utf8');
    for (let from = 0; from < bytes.length; ) {
      const taken = bytes.copy(this.#block, this.#used, from);
      from += taken;
      this.#used += taken;
      if (this.#used === BLOCK) this.#seal();
    }
  }

  /** @param index 0-based, below `count` */
  get(index: number): string {
    const slot = index & (REMEMBERED - 1);
    if (this.#rememberedIndex[slot] === index) return this.#rememberedText[slot]!;
    const from = this.#offset(index);
    const to = index + 1 < this.#count ? this.#offset(index + 1) : this.bytes;
    const text = this.#read(from, to);
    if (text.length <= LONGEST_REMEMBERED) {
      this.#rememberedIndex[slot] = index;
      this.#rememberedText[slot] = text;
    }
    return text;
  }

  close(): void {
    if (this.#file === undefined) return;
    closeSync(this.#file);
    this.#file = undefined;
    unlinkQuietly(this.#path);
  }

  #offset(index: number): number {
    return this.#offsets[index >>> 16]![index & (OFFSETS - 1)]!;
  }

  #seal(): void {
    if (this.#sealed + BLOCK <= this.#memoryBytes) {
      this.#blocks.push(this.#block);
      this.#block = Buffer.allocUnsafeSlow(BLOCK);
    } else {
      if (this.#file === undefined) {
        this.#spilledFrom = this.#sealed;
        this.#path = join(this.#folder, `lantai-texts-${newId()}`);
        this.#file = openSync(this.#path, 'wx+', 0o600);
        // Gone from the folder at once where the system allows it, so that a killed process leaves nothing.
        unlinkQuietly(this.#path);
      }
      writeSync(this.#file, this.#block, 0, BLOCK, this.#sealed - this.#spilledFrom);
    }
    this.#sealed += BLOCK;
    this.#used = 0;
  }

  #read(from: number, to: number): string {
    if (from === to) return '';
    const sameBlock = Math.floor(from / BLOCK) === Math.floor((to - 1) / BLOCK);
    if (from >= this.#sealed) return this.#block.toString('utf8', from - this.#sealed, to - this.#sealed);
    if (sameBlock && from < this.#spilledFrom) {
      const block = this.#blocks[Math.floor(from / BLOCK)]!;
      return block.toString('utf8', from % BLOCK, (from % BLOCK) + (to - from));
    }
    const page = Math.floor(from / PAGE);
    if (from >= this.#spilledFrom && to <= this.#sealed && Math.floor((to - 1) / PAGE) === page) {
      const at = from - page * PAGE;
      return this.#page(page).toString('utf8', at, at + (to - from));
    }
    return this.#gather(from, to);
  }

  #page(page: number): Buffer {
    const known = this.#pages.get(page);
    if (known) return known;
    let buffer: Buffer;
    if (this.#pages.size >= PAGES) {
      // The oldest page makes room and lends its memory.
      const [oldest, memory] = this.#pages.entries().next().value!;
      this.#pages.delete(oldest);
      buffer = memory;
    } else buffer = Buffer.allocUnsafeSlow(PAGE);
    readSync(this.#file!, buffer, 0, PAGE, page * PAGE - this.#spilledFrom);
    this.#pages.set(page, buffer);
    return buffer;
  }

  /** The rare text that lies across blocks or pages. */
  #gather(from: number, to: number): string {
    const out = Buffer.alloc(to - from);
    for (let at = from; at < to; ) {
      const target = at - from;
      const end = Math.min(to, (Math.floor(at / BLOCK) + 1) * BLOCK);
      if (at >= this.#sealed) this.#block.copy(out, target, at - this.#sealed, end - this.#sealed);
      else if (at < this.#spilledFrom) {
        this.#blocks[Math.floor(at / BLOCK)]!.copy(out, target, at % BLOCK, (at % BLOCK) + (end - at));
      } else readSync(this.#file!, out, target, end - at, at - this.#spilledFrom);
      at = end;
    }
    return out.toString('utf8', 0, out.length);
  }
}

function unlinkQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Systems that keep open files in place remove it in close().
  }
}
