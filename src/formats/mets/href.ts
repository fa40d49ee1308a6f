/**
 * The paths a reference may mean below the folder of its document, likeliest first: percent signs decoded, then as
 * written, then plus signs for spaces. Empty for what lies elsewhere (another scheme, an absolute path, beyond the folder).
 */
export function resourcePath(href: string): string[] {
  const local = /^file:(?:\/{2}(?=\.))?/i.test(href) ? href.replace(/^file:(?:\/\/)?/i, '') : href;
  if (/^[a-z][a-z0-9+.-]*:/i.test(local)) return [];
  const found: string[] = [];
  // Some systems write a space as forms do, with a plus sign.
  const asForm = local.includes('%') ? decoded(local.replaceAll('+', ' ')) : undefined;
  for (const written of [decoded(local), local, asForm]) {
    const path = written === undefined ? undefined : plain(written);
    if (path !== undefined && !found.includes(path)) found.push(path);
  }
  return found;
}

/** A path written as a reference: what a URL can not hold, and the percent sign, encoded. */
export function hrefOf(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

const encodeSegment = (s: string) =>
  encodeURIComponent(s).replace(/%(?:2B|2C|3D|40|26|24)/g, (c) => decodeURIComponent(c));

function decoded(href: string): string | undefined {
  try {
    return decodeURIComponent(href);
  } catch {
    return undefined;
  }
}

function plain(path: string): string | undefined {
  if (path.startsWith('/')) return undefined;
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.pop() === undefined) return undefined;
  }
  return out.length === 0 ? undefined : out.join('/');
}
