import { readRetention, sortKey } from '#formats/reference-codes';
import { Refusal } from '#kernel/errors';

/** Which of the filed records of a year are handed over. */
export interface HandoverChoice {
  year: number;
  /** Codes of retention periods; null: what archives take in, permanent and thirty years or more. */
  retentions: readonly string[] | null;
  /** Codes of categories; null: all. */
  categories: readonly string[] | null;
  /** Codes of the classes of the schedule; null: all. */
  classCodes: readonly string[] | null;
  /** Reference codes, in the order of the catalogue; null: from the first, to the last. */
  from: string | null;
  to: string | null;
}

/** Years from which on a period counts as long: 长期 of the older lists is 16 to 50 years, today's lists say 30. */
const LONG = 30;

/** Whether an archive takes records of this retention period in [S:REG]. */
export function isLongTerm(retention: string | null): boolean {
  if (retention === null) return false;
  const code = readRetention(retention)?.code ?? retention;
  return code === 'Y' || Number(/^D(\d+)$/.exec(code)?.[1] ?? 0) >= LONG;
}

/** A choice as the database takes it: sort keys in place of codes. @throws Refusal record.field */
export function readChoice(
  c: HandoverChoice,
): HandoverChoice & { fromKey: string | null; toKey: string | null } {
  const codes = (list: readonly string[] | null) => {
    const said = list?.map((code) => code.trim()).filter((code) => code !== '') ?? [];
    return said.length > 0 ? said : null;
  };
  const key = (code: string | null) => (code?.trim() ? sortKey(code.trim()) : null);
  const [fromKey, toKey] = [key(c.from), key(c.to)];
  if (fromKey !== null && toKey !== null && fromKey > toKey)
    throw new Refusal('record.field', 'The first number stands behind the last.', { field: 'to' });
  return {
    year: c.year,
    retentions: codes(c.retentions),
    categories: codes(c.categories),
    classCodes: codes(c.classCodes),
    from: c.from?.trim() || null,
    to: c.to?.trim() || null,
    fromKey,
    toKey,
  };
}
