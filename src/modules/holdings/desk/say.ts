import type { Language } from '#kernel/actor';
import { t } from '#kernel/wording';
import type { Oddity } from './rules/oddities.ts';

/** What is odd, as a sentence. */
export const sayOddity = (o: Pick<Oddity, 'rule' | 'detail'>, language: Language): string =>
  t(language, `deskHelp.odd.${o.rule}`, o.detail);
