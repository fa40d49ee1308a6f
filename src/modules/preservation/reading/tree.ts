import { isSafeStorePath, type StoreReader } from '#formats/ocfl';
import { Refusal } from '#kernel/errors';
import { explain, isReadable, type PackagePart } from './explain.ts';

/** Something directly below a folder of an object as it lies in a store. */
export interface TreeEntry {
  name: string;
  kind: 'file' | 'folder' | 'other';
  /** null for folders. */
  bytes: number | null;
  part: PackagePart;
  readable: boolean;
}

const AT_ONCE = 16;

/** Names as people sort them: v2 before v10. */
const order = new Intl.Collator('en', { numeric: true });

/**
 * One folder of an object, by name, behind a name of it.
 *
 * @param at the object's folder in the store
 * @param path below it
 * @throws Refusal package.notFound
 */
export async function folderOf(
  store: Pick<StoreReader, 'list' | 'sizeOf'>,
  at: string,
  path: string,
  page: { after?: string; limit: number },
): Promise<{ items: TreeEntry[]; more: boolean }> {
  const whole = within(at, path);
  const entries = await store.list(whole);
  if (entries === null) throw noSuchPart(path);
  const { after } = page;
  const rest = [...entries]
    .sort((a, b) => order.compare(a.name, b.name))
    .filter((e) => after === undefined || order.compare(e.name, after) > 0);
  const shown = rest.slice(0, page.limit);
  const items: TreeEntry[] = [];
  for (let i = 0; i < shown.length; i += AT_ONCE) {
    const some = shown.slice(i, i + AT_ONCE).map(async ({ name, kind }): Promise<TreeEntry> => {
      const below = path === '' ? name : `${path}/${name}`;
      return {
        name,
        kind,
        bytes: kind === 'file' ? await store.sizeOf(`${whole}/${name}`) : null,
        part: explain(below),
        readable: kind === 'file' && isReadable(below),
      };
    });
    items.push(...(await Promise.all(some)));
  }
  return { items, more: rest.length > shown.length };
}

export interface TextShown {
  text: string;
  bytes: number;
  /** Only the beginning is shown. */
  cut: boolean;
  part: PackagePart;
}

const MOST_SHOWN = 256 * 1024;

/**
 * A small text file of an object, or its beginning.
 *
 * @throws Refusal package.notFound; package.notText for what is no text, or is content and has its own page
 */
export async function textOf(
  store: Pick<StoreReader, 'open' | 'sizeOf'>,
  at: string,
  path: string,
): Promise<TextShown> {
  const whole = within(at, path);
  if (!isReadable(path)) throw noText(path);
  const bytes = await store.sizeOf(whole);
  if (bytes === null) throw noSuchPart(path);
  const cut = bytes > MOST_SHOWN;
  const chunks: Buffer[] = [];
  if (bytes > 0)
    for await (const chunk of await store.open(whole, { start: 0, end: Math.min(bytes, MOST_SHOWN) - 1 }))
      chunks.push(chunk as Buffer);
  try {
    // A cut may go through a character: `stream` leaves its first half out.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks), { stream: cut });
    return { text, bytes, cut, part: explain(path) };
  } catch {
    throw noText(path);
  }
}

function within(at: string, path: string): string {
  if (!isSafeStorePath(path)) throw noSuchPart(path);
  return path === '' ? at : `${at}/${path}`;
}

const noSuchPart = (path: string) =>
  new Refusal('package.notFound', 'The package has nothing of that name.', { path });
const noText = (path: string) => new Refusal('package.notText', 'That is not shown as text.', { path });
