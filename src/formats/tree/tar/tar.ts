import { type FileHandle, open } from 'node:fs/promises';
import { createTreeBuilder, type TreeBuilder } from '../builder.ts';
import type { TreeLimits } from '../limits.ts';
import { FILE, FOLDER } from '../nodes.ts';
import { nameText } from '../rawNames.ts';
import { treeOf } from '../tree.ts';
import type { FileTree } from '../types.ts';
import { createWindow, type Window } from '../window.ts';
import { BLOCK, isZeroBlock, readHeader, readPax, type TarHeader } from './header.ts';

/** Bytes an extended header or a long name may have. */
const MAX_EXTENDED = 1024 * 1024;
/** Bytes after the end that are looked at. */
const LOOKED_AT_AFTER = 1024 * 1024;

/** What headers before an entry say of it. */
interface Said {
  name: Buffer | null;
  nameIsUtf8: boolean;
  bytes: number | null;
  sparse: boolean;
}

/**
 * @param done lets go of what the file was unpacked for
 * @param truncated why the file ends too early, where that is known already
 */
export async function tarTree(
  path: string,
  limits: TreeLimits,
  done: () => Promise<void> = async () => {},
  truncated: string | null = null,
): Promise<FileTree> {
  const handle = await open(path, 'r');
  try {
    const built = createTreeBuilder('tar', limits);
    if (truncated) built.say('tree.truncated', 'error', '', truncated);
    await readTar(handle, built);
    const close = () => handle.close().finally(done);
    return treeOf({
      wrapper: 'tar',
      built,
      source: async (node) => {
        const bytes = built.nodes.bytes(node);
        const start = built.nodes.place(node);
        const name = built.nodes.path(node);
        return { name, file: handle.fd, start, packed: bytes, bytes, packing: 'none', crc: null };
      },
      close,
    });
  } catch (e) {
    await handle.close();
    throw e;
  }
}

async function readTar(handle: FileHandle, built: TreeBuilder): Promise<void> {
  const file = createWindow(handle.fd, (await handle.stat()).size);
  const names = { unmarked: 0 };
  const overall: Said = { name: null, nameIsUtf8: false, bytes: null, sparse: false };
  let said: Said = { ...overall };
  let at = 0;
  const broken = (message: string) => built.say('tree.broken', 'error', '', message);
  for (;;) {
    const block = await file.at(at, BLOCK);
    if (block.length === 0) {
      built.say('tree.end', 'warning', '', 'The TAR has no end mark; it may have been cut off.');
      break;
    }
    if (block.length < BLOCK) {
      built.say('tree.truncated', 'error', '', 'The TAR ends in the middle of a header; it was cut off.');
      break;
    }
    if (isZeroBlock(block)) {
      await lookAfter(file, at, built);
      break;
    }
    const header = readHeader(block);
    if (!header) {
      broken(`The TAR can not be read from byte ${at} on: there is no header where one has to be.`);
      break;
    }
    const bytes = isOfContent(header) ? (said.bytes ?? header.bytes) : header.bytes;
    const content = at + BLOCK;
    at = content + Math.ceil(bytes / BLOCK) * BLOCK;
    if (content + bytes > file.size)
      built.say(
        'tree.truncated',
        'error',
        nameOf(header, said, names),
        'The TAR ends before the content of this entry does.',
      );
    if ('xgLKX'.includes(header.type)) {
      if (bytes > MAX_EXTENDED) {
        broken(`The TAR has a header of ${bytes} bytes, which none needs.`);
        break;
      }
      const text = Buffer.from(await file.at(content, bytes));
      const whole = header.type === 'g' ? overall : said;
      if (!takeExtended(header.type, text, whole)) {
        broken(`The extended header at byte ${content} of the TAR is not made as one.`);
        break;
      }
      if (header.type === 'g') said = { ...overall };
      continue;
    }
    take(built, header, said, nameOf(header, said, names), bytes, content);
    said = { ...overall };
    if (content + bytes > file.size) break;
  }
  if (names.unmarked > 0)
    built.say(
      'tree.nameEncoding',
      'info',
      '',
      `${names.unmarked} names are not UTF-8; they were read as GB 18030 where they can be.`,
    );
}

const isOfContent = (header: TarHeader) => !'xgLKX12'.includes(header.type);

function nameOf(header: TarHeader, said: Said, names: { unmarked: number }): string {
  if (said.name && said.nameIsUtf8) return said.name.toString('utf8');
  const { text, encoding } = nameText(said.name ?? header.name);
  if (encoding !== 'utf-8') names.unmarked++;
  return text;
}

/** @returns false where it is not made as it has to be */
function takeExtended(type: string, content: Buffer, said: Said): boolean {
  if (type === 'K') return true;
  if (type === 'L') {
    const end = content.indexOf(0);
    said.name = end < 0 ? content : content.subarray(0, end);
    said.nameIsUtf8 = false;
    return true;
  }
  const records = readPax(content);
  if (!records) return false;
  const path = records.get('path');
  if (path) {
    said.name = path;
    said.nameIsUtf8 = nameText(path).encoding === 'utf-8';
  }
  const size = records.get('size')?.toString('latin1');
  if (size !== undefined) {
    if (!/^[0-9]{1,15}$/.test(size)) return false;
    said.bytes = Number(size);
  }
  if ([...records.keys()].some((key) => key.startsWith('GNU.sparse.'))) said.sparse = true;
  return true;
}

function take(
  built: TreeBuilder,
  header: TarHeader,
  said: Said,
  name: string,
  bytes: number,
  content: number,
): void {
  const { type } = header;
  const wrong = whyNotTaken(type, said, nameText(header.link).text);
  if (wrong) built.say(wrong.code, 'error', name, wrong.message);
  else if (type === '5' || name.endsWith('/')) built.put(name, FOLDER, 0, -1);
  else if (type !== 'V') built.put(name, FILE, bytes, content);
}

function whyNotTaken(type: string, said: Said, link: string): { code: string; message: string } | null {
  if (said.sparse || type === 'S')
    return {
      code: 'tree.sparse',
      message: 'It is kept with its holes left out, which is not read here; pack it without --sparse.',
    };
  if (type === '1' || type === '2') {
    const what = type === '1' ? 'a hard link' : 'a symbolic link';
    return {
      code: 'tree.link',
      message: `It is ${what} (to ${link}); a package has to hold the file itself.`,
    };
  }
  if ('346'.includes(type))
    return { code: 'tree.device', message: 'It is a device or a pipe; a package holds files and folders.' };
  if ('057\0V'.includes(type)) return null;
  return { code: 'tree.type', message: `It is an entry of the kind "${type}", which is not read here.` };
}

/** After the end mark nothing may follow but zeros: what does is not seen by other programs. */
async function lookAfter(file: Window, end: number, built: TreeBuilder): Promise<void> {
  for (let at = end; at < Math.min(file.size, end + LOOKED_AT_AFTER); at += BLOCK) {
    if (isZeroBlock(await file.at(at, BLOCK))) continue;
    built.say(
      'tree.extraData',
      'warning',
      '',
      `There are bytes after the end of the TAR (from byte ${at} on); they were not looked at.`,
    );
    return;
  }
}
