import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Refusal } from '#kernel/errors';
import { Base64Stream } from './base64.ts';
import type { EepSource } from './source.ts';
import { Unreadable, type WalkedElement, type Walker, walk } from './walk.ts';

/** One computer file in a package (编码). */
export interface EepFile {
  /** How many modifications there were before the layer that brought it. */
  readonly layer: number;
  /** From 1, in the whole package. */
  readonly number: number;
  /** 文档标识符. */
  readonly document: string;
  /** 计算机文件名, as it is said: not to be used as a path. */
  readonly name: string;
  /** 计算机文件大小, as it is said. */
  readonly size: string;
  /** 反编码关键字. */
  readonly keyword: string;
  readonly dataId: string;
  /** The identifier of the data that is meant, where it stands elsewhere; then nothing comes here. */
  readonly refersTo: string | undefined;
}

const NOTED = ['文档标识符', '计算机文件名', '计算机文件大小', '反编码关键字'];
const LONGEST_NOTE = 4000;

type Step = { file: EepFile } | { bytes: Buffer } | { end: string | undefined };

class Taking implements Walker {
  readonly #take: (file: EepFile) => Promise<Writable | null>;
  readonly #open: string[] = [];
  readonly #notes = new Map<string, string>();
  #steps: Step[] = [];
  #decoder: Base64Stream | undefined;
  #into: Writable | null = null;
  #done: Promise<void> | undefined;
  #layers = 0;
  #files = 0;

  constructor(take: (file: EepFile) => Promise<Writable | null>) {
    this.#take = take;
  }

  open({ name, attributes }: WalkedElement): void {
    this.#open.push(name);
    if (NOTED.includes(name)) this.#notes.set(name, '');
    if (name === '编码') for (const note of NOTED.slice(1)) this.#notes.delete(note);
    if (name !== '编码数据') return;
    const said = (attribute: string) => attributes.find((a) => a.name === attribute)?.value;
    const note = (of: string) => this.#notes.get(of) ?? '';
    this.#decoder = new Base64Stream();
    this.#steps.push({
      file: {
        layer: this.#layers,
        number: ++this.#files,
        document: note('文档标识符'),
        name: note('计算机文件名'),
        size: note('计算机文件大小'),
        keyword: note('反编码关键字'),
        dataId: said('编码数据ID') ?? '',
        refersTo: said('引用编码数据ID'),
      },
    });
  }

  text(text: string): void {
    const name = this.#open.at(-1)!;
    if (name === '编码数据' && this.#decoder) this.#steps.push({ bytes: this.#decoder.push(text) });
    const noted = this.#notes.get(name);
    if (noted !== undefined && noted.length < LONGEST_NOTE)
      this.#notes.set(name, noted + text.slice(0, LONGEST_NOTE));
  }

  close(): void {
    const name = this.#open.pop();
    if (name === '被签名对象') this.#layers++;
    if (name !== '编码数据' || !this.#decoder) return;
    this.#decoder.end();
    this.#steps.push({ end: this.#decoder.fault });
    this.#decoder = undefined;
  }

  async passOn(): Promise<void> {
    const steps = this.#steps;
    this.#steps = [];
    for (const step of steps) {
      if ('file' in step) {
        this.#into = await this.#take(step.file);
        this.#done = this.#into ? finished(this.#into) : undefined;
        // Awaited at the file's end; a failure before that is not to pass unheard.
        this.#done?.catch(() => {});
      } else if ('bytes' in step) {
        if (this.#into && step.bytes.length > 0 && !this.#into.write(step.bytes))
          await Promise.race([once(this.#into, 'drain'), this.#done]);
      } else {
        if (step.end !== undefined)
          throw this.fail(
            new Refusal('eep.badData', `A file in the package can not be taken out: “编码数据” ${step.end}.`),
          );
        this.#into?.end();
        await this.#done;
        this.#into = null;
      }
    }
  }

  /** Ends what is being written with an error. */
  fail(error: Error): Error {
    this.#into?.destroy(error);
    return error;
  }
}

/**
 * Takes the files out of a package, one after the other, in constant memory.
 *
 * @param take gives the stream a file goes to, which is ended; null to pass over the file
 * @throws Refusal `eep.unreadable`, `eep.badData` (no Base64); the streams' errors
 */
export async function takeFiles(
  source: EepSource,
  take: (file: EepFile) => Promise<Writable | null>,
): Promise<void> {
  const taking = new Taking(take);
  try {
    await walk(source, taking);
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    if (!(cause instanceof Unreadable)) throw taking.fail(error);
    throw taking.fail(
      new Refusal('eep.unreadable', `The package can not be read: ${cause.message}`, {}, { cause }),
    );
  }
}
