const LINE = 64;

/** One certificate as PEM, in the single form this project writes (64 columns, one newline at the end). */
export function certificatePem(der: Uint8Array): string {
  const base64 = Buffer.from(der).toString('base64');
  const lines = base64.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

const BLOCK = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g;

/** The DER of every certificate block in a text; whatever stands between blocks is ignored. */
export function certificatesInPem(text: string): Buffer[] {
  return [...text.matchAll(BLOCK)].map((match) => Buffer.from(match[1]!, 'base64'));
}
