import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const STEP_SECONDS = 30;
const DIGITS = 6;
/** One step early or late: clocks of telephones differ (RFC 6238, 5.2). */
const SKEW_STEPS = 1;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 160 bits, as RFC 4226 (4, R6) recommends. */
export const newTotpSecret = (): Buffer => randomBytes(20);

/** The number of the thirty seconds a moment lies in (RFC 6238, 4.2). */
export const stepOf = (at: Date): number => Math.floor(at.getTime() / 1000 / STEP_SECONDS);

/** The code of one step (RFC 4226, 5.3; RFC 6238), with leading zeros. */
export function totpCode(secret: Uint8Array, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac.at(-1)! & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/**
 * The step a code belongs to, one step early or late allowed.
 *
 * @param after the last step used; a code of it or of an earlier one is a replay and fits nothing
 */
export function stepOfCode(
  secret: Uint8Array,
  code: string,
  now: Date,
  after: number | null,
): number | undefined {
  const given = code.normalize('NFKC').replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(given)) return undefined;
  const middle = stepOf(now);
  let found: number | undefined;
  // All steps are tried whatever fits, so that the time taken tells nothing.
  for (let step = middle - SKEW_STEPS; step <= middle + SKEW_STEPS; step++) {
    const fits = timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(given));
    if (fits && (after === null || step > after)) found ??= step;
  }
  return found;
}

/** RFC 4648 base32 without padding, as authenticator apps take it. */
export function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const b of bytes) bits += b.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

/** The address a QR code holds, by the convention of authenticator apps. */
export function otpauthUri(o: { secret: Uint8Array; issuer: string; account: string }): string {
  const label = `${encodeURIComponent(o.issuer)}:${encodeURIComponent(o.account)}`;
  const query = new URLSearchParams({
    secret: base32(o.secret),
    issuer: o.issuer,
    algorithm: 'SHA1',
    digits: String(DIGITS),
    period: String(STEP_SECONDS),
  });
  return `otpauth://totp/${label}?${query.toString().replaceAll('+', '%20')}`;
}
