import type { FileTree, TreeEntry } from '#formats/tree';
import { Refusal } from '#kernel/errors';
import { type CatalogueRow, catalogueRows, UnreadableCatalogue } from './catalogue/rows.ts';
import { declaredIn, type HandoverDeclared } from './declared.ts';
import { type CatalogueRule, catalogueRule, type HandoverProfile, partsOf } from './profile.ts';
import { recogniseHandover } from './recognise.ts';
import { keyedLines, readText } from './text.ts';
import { fileNames } from './validate/owners.ts';

/** One row of a catalogue with what lies there for it. */
export interface HandoverItem {
  readonly level: 'item' | 'volume';
  readonly code: string;
  readonly title: string;
  /** All columns as written. */
  readonly values: ReadonlyMap<string, string>;
  /** File and line. */
  readonly place: string;
  readonly files: readonly TreeEntry[];
  /** Those among them that are XML metadata. */
  readonly metadata: readonly TreeEntry[];
}

export interface HandoverFolder {
  readonly profile: HandoverProfile;
  /** What the explanatory file says, by key. */
  readonly note: ReadonlyMap<string, string>;
  /** Totals its papers declare. */
  readonly declared: readonly HandoverDeclared[];
  /** Rows in the order of the catalogues, volumes before items. @throws Refusal `handover.unreadable` */
  items(): AsyncGenerator<HandoverItem>;
}

/** Files of one item that are told. */
const MOST_FILES = 100_000;

/**
 * Opens a handover folder for reading. Nothing is judged: `validateHandover` does that.
 *
 * @throws Refusal `handover.notRecognised`
 */
export async function readHandover(tree: FileTree, given?: HandoverProfile): Promise<HandoverFolder> {
  const profile = given ?? (await recogniseHandover(tree));
  if (!profile)
    throw new Refusal('handover.notRecognised', 'This is no handover folder of 2012 or of DA/T 93-2022.');
  let note: ReadonlyMap<string, string> = new Map();
  const catalogues: { path: string; rule: CatalogueRule }[] = [];
  for await (const { path, kind } of tree.list('')) {
    if (kind === 'folder') continue;
    const rule = catalogueRule(profile, path);
    if (rule) catalogues.push({ path, rule });
    else if (partsOf(path).base === profile.note.file && partsOf(path).extension === 'txt')
      note = keyedLines((await readText(tree, path)).text);
  }
  catalogues.sort((a, b) => Number(a.rule.level === 'item') - Number(b.rule.level === 'item'));
  return {
    profile,
    note,
    declared: await declaredIn(tree, profile, note),
    async *items() {
      const places = await placesOf(tree, profile);
      for (const { path, rule } of catalogues)
        for await (const row of rowsOf(tree, path, rule))
          yield itemOf(tree, profile, places, row, rule.level, path);
    },
  };
}

/** The rows of a catalogue, in the encoding it says or, where that is wrong from the first row on, in GB 18030. */
async function* rowsOf(tree: FileTree, path: string, rule: CatalogueRule): AsyncGenerator<CatalogueRow> {
  let told = 0;
  try {
    for await (const row of catalogueRows(tree, path, rule)) {
      told++;
      yield row;
    }
  } catch (e) {
    if (!(e instanceof UnreadableCatalogue)) throw e;
    if (e.code === 'handover.encoding' && told === 0) yield* catalogueRows(tree, path, rule, {}, true);
    else throw new Refusal('handover.unreadable', `${path}: ${e.message}`, { path }, { cause: e });
  }
}

/** Where folders and files lie, by their own names: the first of each. */
async function placesOf(tree: FileTree, profile: HandoverProfile): Promise<ReadonlyMap<string, string>> {
  const prefix = profile.records === '' ? '' : `${profile.records}/`;
  const others = `${profile.others.folder}/`;
  const places = new Map<string, string>();
  for await (const { path, kind } of tree.entries()) {
    if (!path.startsWith(prefix) || path.startsWith(others)) continue;
    // By its reference code only a folder is meant; a column may name files too.
    if (kind === 'file' && (profile.filesBy === 'code' || !path.includes('/'))) continue;
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (!places.has(name)) places.set(name, path);
  }
  return places;
}

async function itemOf(
  tree: FileTree,
  profile: HandoverProfile,
  places: ReadonlyMap<string, string>,
  row: CatalogueRow,
  level: 'item' | 'volume',
  catalogue: string,
): Promise<HandoverItem> {
  const code = row.values.get('档号')?.trim() ?? '';
  const names =
    profile.filesBy === 'code' ? [code] : fileNames(profile, row.values.get(profile.filesColumn) ?? '');
  const files: TreeEntry[] = [];
  for (const name of names) {
    const whole = profile.records === '' ? name : `${profile.records}/${name}`;
    const entry = (await tree.entry(whole)) ?? (await tree.entry(places.get(name) ?? whole));
    if (entry?.kind === 'file') files.push(entry);
    else if (entry)
      for await (const within of tree.below(entry.path).entries())
        if (within.kind === 'file' && files.length < MOST_FILES)
          files.push({ ...within, path: `${entry.path}/${within.path}` });
  }
  return {
    level,
    code,
    title: row.values.get('题名')?.trim() ?? '',
    values: row.values,
    place: `${catalogue}:${row.line}`,
    files,
    metadata: files.filter((f) => partsOf(f.path).extension === 'xml'),
  };
}
