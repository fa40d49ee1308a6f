import { type Element, oid, readAll, readOne, TAG } from './der.ts';
import { OID } from './oids.ts';

/** Short names of attributes as people know them (RFC 4514, X.520); others are told by their number. */
const SHORT: Readonly<Record<string, string>> = {
  [OID.commonName]: 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  [OID.organization]: 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.42': 'GN',
  [OID.organizationIdentifier]: 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'E',
};
const LONGEST = 200;
const BMP_STRING = 0x1e;

/** An OBJECT IDENTIFIER's content in dotted numbers. */
export function dotted(body: Uint8Array): string {
  const numbers: number[] = [];
  let value = 0;
  for (const byte of body) {
    value = value * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    if (numbers.length === 0) {
      const first = Math.min(2, Math.floor(value / 40));
      numbers.push(first, value - first * 40);
    } else numbers.push(value);
    value = 0;
  }
  return numbers.join('.');
}

/** BMPString is UTF-16; the others are UTF-8 or within it. What can not be shown is shown as a gap. */
function textOf({ tag, body }: Element): string {
  const text = tag === BMP_STRING ? new TextDecoder('utf-16be').decode(body) : body.toString('utf8');
  return text.replace(/\p{C}+/gu, ' ').slice(0, LONGEST);
}

/** Attributes of a distinguished name in their order. @throws DerError */
function attributesOf(name: Buffer): { type: string; value: Element }[] {
  return readAll(readOne(name).body).flatMap((set) =>
    readAll(set.body).flatMap((pair) => {
      const [type, value] = readAll(readOne(pair.whole, TAG.sequence).body);
      return type && value ? [{ type: dotted(type.body), value }] : [];
    }),
  );
}

/** One attribute of a name; undefined where it has none, or can not be read. @param type dotted */
export function attributeOf(name: Buffer, type: string): string | undefined {
  try {
    const found = attributesOf(name).find((a) => oid(a.type).equals(oid(type)));
    return found && textOf(found.value);
  } catch {
    return undefined;
  }
}

/** A distinguished name for people, as it is written: `CN=…, O=…`. @throws DerError */
export const nameInWords = (name: Buffer): string =>
  attributesOf(name)
    .map(({ type, value }) => `${SHORT[type] ?? type}=${textOf(value)}`)
    .join(', ')
    .slice(0, 1_000);
