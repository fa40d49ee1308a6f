import { readRetention } from '#formats/reference-codes';
import { parseArchivalDate } from '#kernel/dates';
import type { MetadataField } from './types.ts';
import { termOf } from './vocabularies.ts';

const YES = /^(?:yes|y|true|1|是|有|√)$/i;
const NO = /^(?:no|n|false|0|否|无|無|×)$/i;
/** What stands between several terms. */
const BETWEEN = /\s*[;；、]\s*/;

/** The terms of a value that may have several. */
export const termsIn = (value: string): string[] => value.split(BETWEEN).filter((one) => one !== '');

/**
 * The one form in which a value is kept, so that equal values are equal: terms of an archive's vocabulary by their codes, days
 * as the standard writes them, numbers without blanks. A value that can not be read stays as it was written; `judgeField` says why.
 */
export function canonical(field: MetadataField, written: string): string {
  const value = written.trim();
  if (value === '') return '';
  // Terms of a standard are kept in its words: what is exchanged is the words.
  if (field.own && field.vocabulary) {
    const { vocabulary } = field;
    const code = (one: string) => termOf(vocabulary, one)?.code ?? one;
    return field.many ? [...new Set(termsIn(value).map(code))].join('; ') : code(value);
  }
  switch (field.type) {
    case 'integer':
    case 'decimal': {
      const plain = value.normalize('NFKC').replace(/[\s,](?=\d{3}(?:\D|$))/g, '');
      return /^[+-]?\d{1,15}(?:\.\d{1,10})?$/.test(plain) ? shortest(plain) : value;
    }
    case 'date': {
      const { date } = parseArchivalDate(value);
      return date?.lossless ? date.text : value;
    }
    case 'year':
      return /^[12]\d{3}$/.exec(value.normalize('NFKC').replace(/年度?$/, ''))?.[0] ?? value;
    case 'yesNo':
      return YES.test(value) ? 'yes' : NO.test(value) ? 'no' : value;
    case 'retention':
      return readRetention(value)?.code ?? value;
    default:
      return value;
  }
}

function shortest(number: string): string {
  const [, sign = '', whole = '', part = ''] = /^([+-]?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(number) ?? [];
  const digits = part === '' ? whole : `${whole}.${part}`;
  return sign === '-' && /[1-9]/.test(digits) ? `-${digits}` : digits;
}
