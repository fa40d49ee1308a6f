const LEGAL = /^[A-Za-z0-9\-_.!*'()]$/;

/**
 * Names set one below the other as a setSpec (OAI-PMH 2.0, section 2.6: unreserved characters of addresses, with colons between).
 * What is not allowed stands as `~` with two hexadecimal digits for each of its bytes, `~` itself too.
 */
export function setSpecOf(names: readonly string[]): string {
  return names.map(encoded).join(':');
}

function encoded(name: string): string {
  return [...name]
    .map((c) =>
      LEGAL.test(c)
        ? c
        : [...Buffer.from(c, 'utf8')].map((b) => `~${b.toString(16).padStart(2, '0')}`).join(''),
    )
    .join('');
}

/** Takes a setSpec apart. @returns undefined for what `setSpecOf` does not write */
export function namesOfSet(spec: string): string[] | undefined {
  const names = spec.split(':').map((part) => {
    const bytes: Buffer[] = [];
    for (const [piece] of part.matchAll(/~[0-9a-f]{2}|[\s\S]/gu))
      bytes.push(piece.length === 3 ? Buffer.from(piece.slice(1), 'hex') : Buffer.from(piece));
    return Buffer.concat(bytes).toString('utf8');
  });
  // One set has one name: two ways to write it would be two.
  return setSpecOf(names) === spec && names.every((n) => n !== '') ? names : undefined;
}
