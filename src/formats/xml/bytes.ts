export const LESS = 60;
export const GREATER = 62;
export const SLASH = 47;
export const BANG = 33;
export const QUESTION = 63;
export const QUOTE = 34;
export const APOSTROPHE = 39;
export const EQUALS = 61;
export const AMPERSAND = 38;
export const RETURN = 13;

export function isSpace(c: number): boolean {
  return c === 32 || c === 10 || c === 13 || c === 9;
}

export function grown(spans: Int32Array): Int32Array {
  const larger = new Int32Array(spans.length * 2);
  larger.set(spans);
  return larger;
}
