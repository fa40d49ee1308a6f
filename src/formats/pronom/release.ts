import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolderDurably, writeDurably } from '#kernel/durably';
import { messageOf, Refusal } from '#kernel/errors';
import { createOutbound } from '#kernel/outbound';
import { readContainerFile } from './reading/containers.ts';
import { readSignatureFile } from './reading/droid.ts';

/** The National Archives' page that links to each release of the signature files. */
export const RELEASES = 'https://www.nationalarchives.gov.uk/aboutapps/pronom/droid-signature-files.htm';

/** A release kept in a folder: paths of its two files. */
export interface Release {
  readonly signatures: string;
  readonly containers: string;
}

const FOLDER = 'pronom';
const CURRENT = 'current.json';
const LARGEST = 100_000_000;
const WAIT_MS = 120_000;

/** The release that was fetched last into this data folder, if any was. */
export async function keptRelease(dataDir: string): Promise<Release | undefined> {
  const folder = join(dataDir, FOLDER);
  let text: string;
  try {
    text = await readFile(join(folder, CURRENT), 'utf8');
  } catch (e) {
    if (e instanceof Error && 'code' in e && (e.code === 'ENOENT' || e.code === 'ENOTDIR')) return undefined;
    throw e;
  }
  const { signatures, containers } = JSON.parse(text) as Record<string, unknown>;
  const isName = (name: unknown): name is string => typeof name === 'string' && /^[\w.-]+\.xml$/.test(name);
  if (!isName(signatures) || !isName(containers))
    throw new Refusal('pronom.kept', `${join(folder, CURRENT)} names no signature files; fetch them again.`);
  return { signatures: join(folder, signatures), containers: join(folder, containers) };
}

/**
 * Fetches the newest release from the page `url`, sees that both files can be read, and puts them into the data folder.
 * They count all at once, or not at all.
 *
 * @throws Refusal `pronom.noRelease` when the page can not be reached or links to no release; `pronom.signatures` when
 * what came is no signature file
 */
export async function fetchRelease(
  dataDir: string,
  url: string,
): Promise<Release & { readonly version: string }> {
  const page = await ask(url, url);
  const signatures = newest(page, url, /DROID_SignatureFile_V(\d{1,4})\.xml/i);
  const containers = newest(page, url, /container-signature-(\d{8})\.xml/i);
  if (!signatures || !containers)
    throw new Refusal('pronom.noRelease', `The page ${url} links to no release of the signature files.`, {
      url,
    });
  const [binary, inside] = [
    Buffer.from(await ask(signatures.url, url)),
    Buffer.from(await ask(containers.url, url)),
  ];
  const { version } = readSignatureFile(binary, signatures.url);
  readContainerFile(inside, containers.url);
  const folder = join(dataDir, FOLDER);
  await makeFolderDurably(folder);
  await writeDurably(join(folder, signatures.name), binary);
  await writeDurably(join(folder, containers.name), inside);
  const current = { signatures: signatures.name, containers: containers.name };
  await writeDurably(join(folder, CURRENT), `${JSON.stringify(current)}\n`);
  return { version, signatures: join(folder, signatures.name), containers: join(folder, containers.name) };
}

async function ask(address: string, page: string): Promise<string> {
  try {
    const outbound = createOutbound([new URL(address).origin], { timeoutMs: WAIT_MS, longest: LARGEST });
    const { status, text } = await outbound.ask(address);
    if (status !== 200) throw new Error(`it answered ${status}`);
    return text;
  } catch (cause) {
    const why =
      cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : messageOf(cause);
    throw new Refusal(
      'pronom.noRelease',
      `The signature files could not be fetched from ${address}: ${why}. Without a network, put the two files on this machine ` +
        'and name them in LANTAI_PRONOM_SIGNATURES and LANTAI_PRONOM_CONTAINERS; the built-in table works without them.',
      { address, page },
      { cause },
    );
  }
}

/** The link with the highest number. Only https, or the page's own origin: a page served plainly serves its own files. */
function newest(page: string, base: string, name: RegExp): { url: string; name: string } | undefined {
  let best: { url: string; name: string; number: number } | undefined;
  for (const [, link = ''] of page.matchAll(/href\s*=\s*["']([^"'<>\s]{1,2000})["']/gi)) {
    const found = name.exec(link);
    if (!found || !URL.canParse(link, base)) continue;
    const url = new URL(link, base);
    if (url.protocol !== 'https:' && url.origin !== new URL(base).origin) continue;
    const number = Number(found[1]);
    if (!best || number > best.number) best = { url: url.href, name: found[0], number };
  }
  return best;
}
