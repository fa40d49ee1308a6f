import type { XmlHandler, XmlTokenizer } from '#formats/xml';
import type { SheetLimits } from '../limits.ts';
import { damaged, refuse } from '../refusals.ts';
import type { Container } from '../zip/container.ts';
import { TextStore } from './text-store.ts';
import { decodeEscapes, partText, partTokenizer } from './xml.ts';

/** The table of texts that cells refer to by number. */
export interface SharedTexts {
  /** Reads on until the table holds text number `index`, or to its end. */
  reach(index: number): Promise<void>;
  /** The text, once reached; undefined if the table does not hold it. */
  get(index: number): string | undefined;
  close(): Promise<void>;
}

/** One `<si>` after the other, the runs of rich text joined, phonetic readings left out. */
class TextTableHandler implements XmlHandler {
  readonly #store: TextStore;
  readonly #limits: SheetLimits;
  #text = '';
  #phonetic = 0;

  constructor(store: TextStore, limits: SheetLimits) {
    this.#store = store;
    this.#limits = limits;
  }

  open(name: string, xml: XmlTokenizer): void {
    if (name === 'si') this.#text = '';
    else if (name === 'rPh') this.#phonetic++;
    else if (name === 't') xml.wantsText = this.#phonetic === 0;
  }

  close(name: string, xml: XmlTokenizer): void {
    if (name === 't') xml.wantsText = false;
    else if (name === 'rPh') this.#phonetic--;
    else if (name === 'si') this.#add();
  }

  text(text: string): void {
    this.#text += text;
    if (this.#text.length > this.#limits.cellLength * 8) throw this.#tooLong();
  }

  #add(): void {
    const text = decodeEscapes(this.#text);
    if (text.length > this.#limits.cellLength) throw this.#tooLong();
    if (this.#store.count >= this.#limits.sharedTexts) {
      throw refuse('tooLarge', `the workbook holds more than ${this.#limits.sharedTexts} different texts.`);
    }
    this.#store.add(text);
  }

  #tooLong(): Error {
    return refuse(
      'cellTooLong',
      `the workbook holds a text of more than ${this.#limits.cellLength} characters (number ${this.#store.count + 1} in its table), more than a cell may have.`,
      {},
      { most: this.#limits.cellLength },
    );
  }
}

/**
 * Opens the table without reading it: it is read as far as cells ask, so that the first rows of a large workbook
 * are there at once.
 */
export function openSharedTexts(
  container: Container,
  part: string | undefined,
  limits: SheetLimits,
  temporaryFolder: string | undefined,
): SharedTexts {
  const store = new TextStore(limits.sharedTextMemory, temporaryFolder);
  const xml = partTokenizer(new TextTableHandler(store, limits));
  const source = part === undefined ? undefined : partText(container.part(part, limits.partBytes));
  let atEnd = source === undefined;
  let failure: unknown;
  let reading: Promise<void> | undefined;

  const readOn = async (index: number): Promise<void> => {
    while (!atEnd && store.count <= index) {
      const next = await source!.next();
      if (next.done) {
        atEnd = true;
        xml.end();
      } else xml.write(next.value);
    }
  };

  return {
    async reach(index) {
      // Two readings of the same workbook may ask at once: one after the other.
      while (reading) await reading.catch(() => {});
      if (failure) throw failure;
      if (atEnd || store.count > index) return;
      reading = readOn(index);
      try {
        await reading;
      } catch (cause) {
        failure = cause ?? damaged('its table of texts can not be read');
        throw failure;
      } finally {
        reading = undefined;
      }
    },
    get: (index) => (index >= 0 && index < store.count ? store.get(index) : undefined),
    async close() {
      atEnd = true;
      await source?.return(undefined);
      store.close();
    },
  };
}
