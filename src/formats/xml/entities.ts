import type { XmlRefusals } from './refusals.ts';
import { USUAL } from './usual-entities.ts';

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Characters that a document's own entities may add to it in all. */
const MOST_ADDED = 1 << 20;

/** The character a reference such as `#38` or `#x4E00` names; undefined when it is no such reference. */
export function numberedCharacter(reference: string, refusals: XmlRefusals): string | undefined {
  const match = /^#(?:x([0-9a-fA-F]{1,8})|(\d{1,8}))$/.exec(reference);
  if (!match) return undefined;
  const code = match[1] !== undefined ? Number.parseInt(match[1], 16) : Number(match[2]);
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    throw refusals.damaged(`its XML names the impossible character ${reference}`);
  }
  return String.fromCodePoint(code);
}

/** Turns references into characters: the five of XML, numbers, and what the document declares as plain words. */
export class References {
  readonly #refusals: XmlRefusals;
  /** Plain text by name; null for what is declared and not resolved here. */
  #declared: ReadonlyMap<string, string | null> = new Map();
  #typed = false;
  #added = 0;

  constructor(refusals: XmlRefusals) {
    this.#refusals = refusals;
  }

  /** The document has a type, which declares these entities itself and may declare others elsewhere. */
  declare(entities: ReadonlyMap<string, string | null>): void {
    this.#declared = entities;
    this.#typed = true;
  }

  /** Resolves references, and line ends as XML 1.0 section 2.11 asks. */
  decode(raw: string): string {
    let text = raw;
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
    if (!text.includes('&')) return text;
    let out = '';
    let from = 0;
    for (let amp = text.indexOf('&'); amp >= 0; amp = text.indexOf('&', from)) {
      const end = text.indexOf(';', amp);
      if (end < 0 || end - amp > 40) throw this.#refusals.damaged('its XML holds a bare "&"');
      out += text.slice(from, amp) + this.#character(text.slice(amp + 1, end));
      from = end + 1;
    }
    return out + text.slice(from);
  }

  #usual(reference: string): string | null | undefined {
    if (this.#declared.has(reference)) return null;
    return this.#typed ? USUAL.get(reference) : undefined;
  }

  #character(reference: string): string {
    const known = NAMED[reference] ?? numberedCharacter(reference, this.#refusals);
    if (known !== undefined) return known;
    const name = reference.slice(0, 20);
    const declared = this.#declared.get(reference) ?? this.#usual(reference);
    if (declared === undefined) throw this.#refusals.damaged(`its XML uses the unknown entity "&${name};"`);
    if (declared === null)
      throw this.#refusals.forbidden(
        `uses the entity "&${name};", which stands for another file or for further entities`,
      );
    this.#added += declared.length;
    if (this.#added > MOST_ADDED) throw this.#refusals.forbidden('grows without measure by its entities');
    return declared;
  }
}
