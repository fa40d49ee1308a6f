/** Fields found by exact match. */
export type MatchField = 'name' | 'idNumber' | 'telephone';

/**
 * A value as it is matched: how it was typed must not keep it from being found. Full and half width, spaces and the dot
 * inside foreign names count as one; numbers by their digits and letters alone; a telephone without its country code.
 *
 * @returns '' when nothing is left to match
 */
export function normalised(field: MatchField, value: string): string {
  const text = value.normalize('NFKC').trim();
  switch (field) {
    case 'name':
      return text
        .toLowerCase()
        .replace(/[\s\u200b-\u200d\ufeff]+/gu, '')
        .replace(/[•‧∙⋅・.]/gu, '·');
    case 'idNumber':
      return text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
    case 'telephone':
      return text
        .replace(/(?!^\+)[^\d]/g, '')
        .replace(/^(?:\+|00)86(?=1\d{10}$)/, '')
        .replace(/\D/g, '');
  }
}
