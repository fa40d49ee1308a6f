import { categoryByCode } from '#formats/reference-codes';
import { bearsSecretMark } from '#kernel/classification';
import { Refusal } from '#kernel/errors';

/** What a system may send. */
export const SENDS = ['records', 'packages', 'deposits'] as const;
export type Sends = (typeof SENDS)[number];

/** How far a package goes by itself. Sending it to the archive always takes a person's hand. */
export const ONWARD = ['prepare', 'precheck'] as const;
export type Onward = (typeof ONWARD)[number];

/** What was registered and agreed to about a system. */
export interface SystemSettings {
  name: string;
  /** Its maker and version, for people. */
  vendor: string | null;
  sends: readonly Sends[];
  /** Categories of records; null: all. */
  categories: readonly string[] | null;
  /** Most records and packages, and most bytes, of a day. */
  dayItems: number;
  dayBytes: number;
  /** The same in all; null: no end. */
  totalItems: number | null;
  totalBytes: number | null;
  /** Networks it may send from, `10.2.0.0/16`; null: any. */
  addresses: readonly string[] | null;
  /** Its last day, `YYYY-MM-DD`; null: none yet. */
  validUntil: string | null;
  onward: Onward;
  /** Whether a folder is watched for it. */
  drop: boolean;
}

export type SettingsInput = Omit<SystemSettings, 'addresses' | 'categories'> & {
  categories: readonly string[] | null;
  addresses: readonly string[] | null;
};

const wrong = (field: string, message: string) => new Refusal('intake.setting', message, { field });

/**
 * Settings as they are kept.
 *
 * @param readNetworks the rule of tokens
 * @throws Refusal `intake.setting` naming the field; token.address
 */
export function readSettings(
  input: SettingsInput,
  readNetworks: (given: readonly string[]) => string[] | null,
): SystemSettings {
  const name = input.name.normalize('NFC').trim();
  const vendor = input.vendor?.normalize('NFC').trim() || null;
  if (name === '') throw wrong('name', 'A system needs a name.');
  if (bearsSecretMark(name) || bearsSecretMark(vendor ?? ''))
    throw wrong('name', 'A name that many see may not bear a classification.');
  const sends = SENDS.filter((s) => input.sends.includes(s));
  if (sends.length === 0) throw wrong('sends', 'Say what the system may send.');
  const categories = input.categories && [...new Set(input.categories.map((c) => c.trim().toUpperCase()))];
  const odd = categories?.find((c) => !categoryByCode(c));
  if (odd !== undefined) throw wrong('categories', `“${odd}” is no category of records.`);
  if (categories?.length === 0) throw wrong('categories', 'Name at least one category, or let it send all.');
  if (input.validUntil !== null && Number.isNaN(Date.parse(`${input.validUntil}T00:00:00Z`)))
    throw wrong('validUntil', 'This is no day.');
  return {
    name,
    vendor,
    sends,
    categories,
    dayItems: input.dayItems,
    dayBytes: input.dayBytes,
    totalItems: input.totalItems,
    totalBytes: input.totalBytes,
    addresses: readNetworks(input.addresses ?? []),
    validUntil: input.validUntil,
    onward: input.onward,
    drop: input.drop,
  };
}
