/**
 * A number as the format "General" shows it where the column is wide enough: up to 15 significant digits, no
 * floating-point noise. Excel narrows General to 11 characters in a cell, by which 310101199001 becomes
 * 3.10101E+11; an archive can not lose those digits, so the longer form of the formula bar is given.
 */
export function generalNumber(value: number): string {
  if (!Number.isFinite(value)) return '#NUM!';
  if (value === 0) return '0';
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const rounded = Number(value.toPrecision(15));
  const text = String(rounded);
  const e = text.indexOf('e');
  if (e < 0) return text;
  const exponent = Number(text.slice(e + 1));
  const digits = String(Math.abs(exponent)).padStart(2, '0');
  return `${text.slice(0, e)}E${exponent < 0 ? '-' : '+'}${digits}`;
}

/** The stored text of a number cell as General shows it; whole numbers keep every digit the file holds. */
export function generalText(stored: string): string {
  if (stored === '') return '';
  if (isPlainInteger(stored)) return stored;
  const text = stored.trim();
  const value = Number(text);
  return text === '' || Number.isNaN(value) ? stored : generalNumber(value);
}

function isPlainInteger(text: string): boolean {
  const first = text.charCodeAt(0);
  if (text.length > 21 || first === 48) return text === '0';
  let i = 0;
  if (first === 45) {
    i = 1;
    if (text.length === 1 || text.charCodeAt(1) === 48) return false;
  }
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 48 || c > 57) return false;
  }
  return true;
}
