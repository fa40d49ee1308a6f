import { Refusal } from '#kernel/errors';

/** An amount: decimal as it is written, so that no cent is rounded away, in a currency of ISO 4217. */
export interface Money {
  amount: string;
  currency: string;
}

const AMOUNT = /^(?:0|[1-9]\d{0,11})(?:\.\d{1,2})?$/;
const CURRENCY = /^[A-Z]{3}$/;
const wrong = (field: string) =>
  new Refusal('accession.money', 'An amount is written as 1200.50, with its currency, such as CNY.', {
    field,
  });

/** An amount as given; null: none. @throws Refusal accession.money */
export function readMoney(given: Money | null): Money | null {
  if (given === null) return null;
  const amount = given.amount.trim().replaceAll(/[,，\s]/g, '');
  const currency = given.currency.trim().toUpperCase();
  if (!AMOUNT.test(amount)) throw wrong('amount');
  if (!CURRENCY.test(currency)) throw wrong('currency');
  return { amount: inCents(amount), currency };
}

/** With two decimals. */
function inCents(amount: string): string {
  const [whole = '0', part = ''] = amount.split('.');
  return `${whole}.${part.padEnd(2, '0')}`;
}

export const isSame = (a: Money | null, b: Money | null): boolean =>
  a?.amount === b?.amount && a?.currency === b?.currency;

/** Grouped as people read it: 1,200.50 */
export function readable({ amount, currency }: Money): string {
  const [whole = '', part] = amount.split('.');
  return `${currency} ${whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')}.${part}`;
}
