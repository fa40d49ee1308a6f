import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { openPieces } from '#kernel/filePieces';
import { openOle } from './ole.ts';
import { summaryOf } from './summary.ts';
import type { Inside } from './types.ts';

const MAX_ENTRIES = 20_000;
const MAX_PART = 4 * 1024 * 1024;

/** Office files old and new: what they claim of author and pages, macros, encryption. */
export async function lookInsideOffice(path: string): Promise<Inside> {
  try {
    await using file = await openPieces(path);
    const isOle = (await file.at(0, 2)).toString('latin1') === '\xd0\xcf';
    return isOle ? await lookInsideOle(path) : await lookInsideZip(path);
  } catch (e) {
    if (e instanceof Error && 'syscall' in e) throw e;
    return { kind: 'office', notPerformed: ['The file is damaged: its parts could not be listed.'] };
  }
}

async function lookInsideOle(path: string): Promise<Inside> {
  await using file = await openPieces(path);
  const ole = await openOle(file);
  const has = (pattern: RegExp) => ole.entries.some((entry) => pattern.test(entry.name));
  const summary = ole.entries.find((entry) => entry.name === '\x05SummaryInformation');
  const claims = summary ? summaryOf(await ole.read(summary, MAX_PART)) : {};
  const pages = Number(claims.pages);
  // A new office file that is enciphered lies in an old one.
  const encrypted = has(/^(EncryptedPackage|EncryptedSummary)$/);
  return {
    kind: 'office',
    ...(pages > 0 ? { pages } : {}),
    ...(encrypted ? { encrypted } : {}),
    office: {
      form: encrypted ? 'OOXML, enciphered' : 'OLE2',
      macros: has(/^(VBA|_VBA_PROJECT|_VBA_PROJECT_CUR|Macros)$/),
    },
    claims,
    notPerformed: encrypted
      ? []
      : ['Whether an old office file is enciphered with a password was not looked at.'],
  };
}

async function lookInsideZip(path: string): Promise<Inside> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  try {
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= MAX_ENTRIES) break;
      entries.set(entry.fileName, entry);
    }
    const read = async (name: string) => {
      const entry = entries.get(name);
      return entry ? textOf(zip, entry) : '';
    };
    const isOpenDocument = entries.has('META-INF/manifest.xml');
    return isOpenDocument
      ? openDocument(await read('meta.xml'), await read('META-INF/manifest.xml'), [...entries.keys()])
      : officeOpen(await read('docProps/core.xml'), await read('docProps/app.xml'), [...entries.keys()]);
  } finally {
    zip.close();
  }
}

async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > MAX_PART) return '';
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of await zip.openReadStreamPromise(entry)) {
    const bytes: Buffer = piece;
    length += bytes.length;
    if (length > MAX_PART) return '';
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function officeOpen(core: string, app: string, names: readonly string[]): Inside {
  const claims = fields(core, ['title', 'creator', 'lastModifiedBy', 'created', 'modified', 'subject']);
  Object.assign(claims, fields(app, ['Application', 'Company', 'Pages', 'Slides', 'Words']));
  const pages = Number(claims.Pages ?? claims.Slides);
  return {
    kind: 'office',
    ...(pages > 0 ? { pages } : {}),
    office: { form: 'OOXML', macros: names.some((name) => /vbaProject\.bin$/i.test(name)) },
    claims,
    attachments: names
      .filter((name) => /\/embeddings\//.test(name))
      .slice(0, 500)
      .map((name) => ({ name })),
    notPerformed: [],
  };
}

function openDocument(meta: string, manifest: string, names: readonly string[]): Inside {
  const claims = fields(meta, ['title', 'initial-creator', 'creator', 'creation-date', 'date', 'generator']);
  const pages = Number(/page-count="(\d{1,9})"/.exec(meta)?.[1]);
  const encrypted = /<(?:\w+:)?encryption-data/.test(manifest);
  return {
    kind: 'office',
    ...(pages > 0 ? { pages } : {}),
    ...(encrypted ? { encrypted } : {}),
    office: { form: 'ODF', macros: names.some((name) => /^(Basic|Scripts)\/./.test(name)) },
    claims,
    notPerformed: [],
  };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text of elements that hold nothing but text, by their local names. */
function fields(xml: string, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const text = new RegExp(`<(?:[\\w-]{1,20}:)?${name}(?:\\s[^>]{0,500})?>([^<]{1,2000})</`).exec(xml)?.[1];
    if (text)
      found[name] = text
        .replace(/&(\w{2,4});/g, (all, entity: string) => ENTITIES[entity] ?? all)
        .slice(0, 300);
  }
  return found;
}
