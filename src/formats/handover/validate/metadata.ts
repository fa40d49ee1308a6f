import { isEep, treeSource, validateEep } from '#formats/eep';
import type { FileTree } from '#formats/tree';
import { documentText, type XmlRefusals, XmlTokenizer } from '#formats/xml';
import { isRefusal, messageOf } from '#kernel/errors';
import type { Owner } from './owners.ts';
import { quoted, type Say } from './say.ts';

class BrokenXml extends Error {}
const refusals: XmlRefusals = {
  damaged: (what) => new BrokenXml(what),
  forbidden: (what) => new BrokenXml(`it ${what}`),
};

/** Values that are looked for, and files a metadata document may speak of. */
const WANTED: ReadonlySet<string> = new Set(['档号', '题名', '页数', '计算机文件名', '计算机文件大小']);
const MOST_FILES = 10_000;
const LONGEST = 2000;

interface Said {
  values: Map<string, string>;
  files: { name: string; size: string; line: number }[];
}

/** Reads one metadata document in constant memory. */
async function read(tree: FileTree, path: string): Promise<Said> {
  const said: Said = { values: new Map(), files: [] };
  let text = '';
  let line = 0;
  const xml = new XmlTokenizer(
    {
      open(name, x) {
        text = '';
        x.wantsText = WANTED.has(name);
        line = x.line;
      },
      text(piece) {
        if (text.length < LONGEST) text += piece;
      },
      close(name, x) {
        const value = text.trim();
        text = '';
        x.wantsText = false;
        if (!WANTED.has(name) || value === '') return;
        if (!said.values.has(name)) said.values.set(name, value);
        if (name === '计算机文件名' && said.files.length < MOST_FILES)
          said.files.push({ name: value, size: '', line });
        const file = said.files.at(-1);
        if (name === '计算机文件大小' && file && file.size === '') file.size = value;
      },
    },
    refusals,
    { lines: true },
  );
  for await (const piece of documentText((await tree.open(path)) as AsyncIterable<Buffer>, refusals))
    xml.write(piece);
  xml.end();
  return said;
}

/**
 * Judges the metadata of an item: XML that can be read, says what the catalogue says, and speaks of files that are there and
 * as large as it says. A package of DA/T 48 is judged as one.
 */
export async function checkMetadata(
  tree: FileTree,
  path: string,
  owner: Owner | undefined,
  say: Say,
): Promise<void> {
  try {
    if (await isEep(treeSource(tree, path))) {
      const { findings } = await validateEep(treeSource(tree, path), { limit: 20 });
      for (const f of findings) say(f.severity, f.code, f.path, f.message);
      return;
    }
    const { values, files } = await read(tree, path);
    if (owner) compare(values, owner, path, say);
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    for (const { name, size, line } of files)
      await checkFile(tree, folder, name, size, `${path}:${line}`, say);
  } catch (e) {
    if (!(e instanceof BrokenXml) && !isRefusal(e)) throw e;
    say('error', 'metadataXml', path, `The metadata can not be read: ${messageOf(e)}.`);
  }
}

function compare(values: ReadonlyMap<string, string>, owner: Owner, path: string, say: Say): void {
  const code = values.get('档号');
  if (code !== undefined && owner.code !== '' && code !== owner.code)
    say(
      'error',
      'metadataCode',
      path,
      `The metadata says 档号 ${quoted(code)}; the catalogue says ${quoted(owner.code)}.`,
    );
  const title = values.get('题名');
  if (
    title !== undefined &&
    owner.title !== '' &&
    title.replace(/\s+/g, '') !== owner.title.replace(/\s+/g, '')
  )
    say(
      'warning',
      'metadataTitle',
      path,
      `The metadata says 题名 ${quoted(title)}; the catalogue says ${quoted(owner.title)}.`,
    );
  const pages = values.get('页数');
  if (pages !== undefined && owner.pages !== '' && Number(pages) !== Number(owner.pages))
    say(
      'error',
      'pages',
      path,
      `The metadata says ${quoted(pages)} pages; the catalogue says ${quoted(owner.pages)}.`,
    );
}

async function checkFile(
  tree: FileTree,
  folder: string,
  name: string,
  size: string,
  place: string,
  say: Say,
): Promise<void> {
  const below = name.replaceAll('\\', '/').replace(/^\.?\/+/, '');
  const entry = (await tree.entry(`${folder}${below}`)) ?? (await tree.entry(below));
  if (entry?.kind !== 'file')
    say(
      'error',
      'metadataFile',
      place,
      `The metadata speaks of the file ${quoted(name)}, which is not there.`,
    );
  else if (/^\d{1,15}$/.test(size) && Number(size) !== entry.bytes)
    say(
      'error',
      'size',
      place,
      `The metadata says that ${quoted(name)} has ${size} bytes; it has ${entry.bytes}.`,
    );
}
