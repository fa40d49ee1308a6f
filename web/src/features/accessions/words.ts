import { MEASURES } from '#kernel/accessionWords';
import type { Wording } from '../../wording.tsx';
import type { Extent } from './queries.ts';

/** An extent as people say it: 3 卷 120 件; '' for none. */
export function extentText({ t, language }: Wording, extent: Partial<Extent> | null | undefined): string {
  return MEASURES.flatMap((m) => {
    const n = extent?.[m] ?? 0;
    return n === 0 ? [] : [t(`accession.measured.${m}`, { n })];
  }).join(language === 'en' ? ', ' : ' ');
}

export const isNothing = (extent: Partial<Extent>): boolean => MEASURES.every((m) => (extent[m] ?? 0) === 0);

export const spanText = ({ dateFrom, dateTo }: { dateFrom: string | null; dateTo: string | null }): string =>
  dateFrom === dateTo ? (dateFrom ?? '') : `${dateFrom ?? ''}—${dateTo ?? ''}`;

/** An amount with its thousands apart. */
export function moneyText(money: { amount: string; currency: string } | null): string {
  if (!money) return '';
  const [whole = '', part = '00'] = money.amount.split('.');
  return `${money.currency} ${whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')}.${part}`;
}
