import { fill, type Params } from './message.ts';

/** What may be told of a refusal besides its code: words and numbers. */
export function tellable(values: Readonly<Record<string, unknown>> = {}): Params {
  return Object.fromEntries(
    Object.entries(values).filter((one): one is [string, string | number] =>
      ['string', 'number'].includes(typeof one[1]),
    ),
  );
}

/**
 * The sentence of a refusal; what is wrong in a table says first where: sheet, row, column, as far as they are known.
 *
 * @param words looks a message up; undefined for a key the catalogue has not
 * @param code as the refusal has it, without `error.`
 * @returns undefined where the catalogue has no sentence for it
 */
export function sayRefusal(
  words: (key: string) => string | undefined,
  code: string,
  values?: Readonly<Record<string, unknown>>,
): string | undefined {
  const own = words(`error.${code}`);
  if (own === undefined) return undefined;
  const params = tellable(values);
  const said = fill(own, params);
  if (!code.startsWith('sheet.')) return said;
  const parts = ['sheet', 'row', 'column'].flatMap((part) =>
    params[part] === undefined ? [] : [fill(words(`refusal.${part}`) ?? '', params)],
  );
  if (parts.length === 0) return said;
  const place = parts.join(words('refusal.between') ?? ', ');
  return fill(words('refusal.placed') ?? said, {
    place: place.charAt(0).toUpperCase() + place.slice(1),
    said,
  });
}
