/**
 * A name as printed on a certificate and shown on the public check page: the first character, the rest as circles;
 * Latin names by their initials. Standards 7.3: readers' identity is masked.
 */
export function maskName(name: string): string {
  const chars = [...name.trim()];
  if (chars.length === 0) return '';
  if (/^[\p{Script=Latin}\s.'-]+$/u.test(name)) {
    return name
      .trim()
      .split(/\s+/)
      .map((w) => `${[...w][0]}.`)
      .join(' ');
  }
  return chars[0]! + '〇'.repeat(Math.max(1, chars.length - 1));
}

/** An identity document's number: the last four characters at most, and never more than a third of it. */
export function maskIdNumber(idNumber: string): string {
  const chars = [...idNumber.replace(/\s/g, '')];
  if (chars.length === 0) return '';
  const shown = Math.min(4, Math.floor(chars.length / 3));
  return '*'.repeat(Math.max(3, chars.length - shown)) + chars.slice(chars.length - shown).join('');
}

/** A telephone number, as an identity document's. */
export const maskTelephone = (telephone: string): string => maskIdNumber(telephone);

/** An address: its first six characters (province and city, as a rule), never more than a third of it. */
export function maskAddress(address: string): string {
  const chars = [...address.trim()];
  if (chars.length === 0) return '';
  return `${chars.slice(0, Math.min(6, Math.floor(chars.length / 3))).join('')}***`;
}
