import type { FileTree, TreeEntry } from '#formats/tree';
import type { Finding } from '#kernel/errors';
import { type CatalogueRule, catalogueRule, type HandoverProfile, partsOf } from '../profile.ts';
import { recogniseHandover } from '../recognise.ts';
import { type CatalogueFacts, checkCatalogue } from './catalogue.ts';
import { checkDigests } from './digests.ts';
import { checkMetadata } from './metadata.ts';
import { createSeenNames, type SeenNames } from './names.ts';
import { checkNote } from './note.ts';
import { Owners, placeOf } from './owners.ts';
import { compareRegister, counted, countFits, openRegister, type Totals } from './register.ts';
import { quoted, type Say, speaking } from './say.ts';

export interface HandoverOptions {
  /** In place of the one recognised. */
  profile?: HandoverProfile;
  /** Findings kept of one code. Default 1000. */
  limit?: number;
}

export interface HandoverReport {
  readonly valid: boolean;
  readonly findings: Finding[];
  /** Undefined where the folder is of neither layout. */
  readonly profile: HandoverProfile['id'] | undefined;
  readonly items: number;
  readonly volumes: number;
  readonly files: number;
  readonly bytes: number;
}

/** What lies in the root, by its part in the layout. */
interface Roots {
  note: string | undefined;
  catalogues: { path: string; rule: CatalogueRule }[];
  registers: string[];
  digestLists: string[];
}

/**
 * Judges a handover folder of 2012 or of DA/T 93-2022: its layout, its catalogues, every row's files and every file's row,
 * metadata, counts, sizes, the register and its digests. Memory grows by what a row says and some hundred bytes.
 */
export async function validateHandover(
  tree: FileTree,
  options: HandoverOptions = {},
): Promise<HandoverReport> {
  const { findings, say } = speaking(options.limit);
  const profile = options.profile ?? (await recogniseHandover(tree));
  const totals: Totals & { files: number } = { items: 0, volumes: 0, recordBytes: 0, allBytes: 0, files: 0 };
  if (profile) await judge(tree, profile, totals, say);
  else
    say(
      'error',
      'notRecognised',
      '',
      'This is no handover folder: there is neither 目录文件 (DA/T 93-2022) nor 电子档案, 文件目录 or 案卷目录 (2012).',
    );
  const all = [...tree.findings, ...findings.all()];
  return {
    valid: !all.some((f) => f.severity === 'error'),
    findings: all,
    profile: profile?.id,
    items: totals.items,
    volumes: totals.volumes,
    files: totals.files,
    bytes: totals.allBytes,
  };
}

async function judge(
  tree: FileTree,
  profile: HandoverProfile,
  totals: Totals & { files: number },
  say: Say,
): Promise<void> {
  const roots = await lookAtRoot(tree, profile, say);
  const owners = new Owners(profile);
  let facts: CatalogueFacts | undefined;
  // Volumes first, so that an item's row can be seen within one.
  for (const { path, rule } of roots.catalogues.sort(
    (a, b) => Number(a.rule.level === 'item') - Number(b.rule.level === 'item'),
  ))
    facts = await checkCatalogue(tree, path, rule, profile, owners, say);
  totals.items = owners.items;
  totals.volumes = owners.volumes;
  const note =
    roots.note === undefined ? undefined : await checkNote(tree, roots.note, profile, facts, owners, say);
  const said = note?.get('档案数量') ?? '';
  if (said !== '' && !countFits(said, totals))
    say('error', 'noteCount', roots.note!, `“档案数量” says ${quoted(said)}; ${counted(totals)}.`);
  const registers = [];
  for (const path of roots.registers)
    registers.push({ path, fields: await openRegister(tree, path, profile, say) });
  if (registers.length === 0)
    say('warning', 'noRegister', '', `There is no register of the handover (${profile.registers[0]}).`);
  const apart = new Set([...roots.registers, ...roots.digestLists]);
  const listed = createSeenNames();
  for (const path of roots.digestLists) {
    const algorithm = registers.map((r) => r.fields?.get('数字摘要') ?? '').join(' ');
    const carrier = note?.get('载体编号') ?? '';
    const work = { tree, profile, algorithm, carrier, isLeftOut: (p: string) => apart.has(p), say };
    await checkDigests(work, path, listed);
  }
  await lookAtFiles(tree, profile, owners, listed, totals, say);
  for (const { path, fields } of registers) if (fields) compareRegister(fields, path, totals, say);
}

async function lookAtRoot(tree: FileTree, profile: HandoverProfile, say: Say): Promise<Roots> {
  const roots: Roots = { note: undefined, catalogues: [], registers: [], digestLists: [] };
  let hasRecords = false;
  let hasOthers = false;
  const paper = (path: string) => {
    const { base } = partsOf(path);
    if (profile.registers.includes(base)) roots.registers.push(path);
    else if (profile.digestLists.includes(base)) roots.digestLists.push(path);
    else return false;
    return true;
  };
  for await (const { path, kind } of tree.list('')) {
    if (kind === 'folder') {
      if (path === profile.others.folder) hasOthers = true;
      else if (profile.records === '' || path === profile.records) hasRecords = true;
      else say('warning', 'stray', path, `The layout has no folder ${quoted(path)} in its root.`);
      continue;
    }
    const { base, extension } = partsOf(path);
    const rule = catalogueRule(profile, path);
    if (rule) roots.catalogues.push({ path, rule });
    else if (base === profile.note.file && extension === 'txt') roots.note = path;
    else if (!paper(path))
      say('warning', 'stray', path, `The layout has no file ${quoted(path)} in its root.`);
  }
  if (hasOthers)
    for await (const { path, kind } of tree.list(profile.others.folder)) if (kind === 'file') paper(path);
  const { source } = profile;
  if (roots.note === undefined)
    say('error', 'noNote', '', `“${profile.note.file}.TXT” is missing (${source}).`);
  if (roots.catalogues.length === 0)
    say(
      'error',
      'noCatalogue',
      '',
      `There is no catalogue: ${profile.catalogues.map((c) => `“${c.files[0]}.XML”`).join(' or ')} (${source}).`,
    );
  if (!hasRecords)
    say(
      'error',
      'noRecords',
      '',
      profile.records === ''
        ? `There is no folder with records (${source}).`
        : `The folder “${profile.records}” is missing (${source}).`,
    );
  if (!hasOthers && profile.others.required)
    say('warning', 'noOthers', '', `The folder “${profile.others.folder}” is missing (${source}).`);
  return roots;
}

/** Files that hold others: records are handed over unpacked [S:T2012]. */
const PACKED = ['zip', 'rar', '7z', 'gz', 'tar', 'tgz', 'bz2', 'xz', 'cab', 'iso'];

async function lookAtFiles(
  tree: FileTree,
  profile: HandoverProfile,
  owners: Owners,
  listed: SeenNames,
  totals: Totals & { files: number },
  say: Say,
): Promise<void> {
  const others = `${profile.others.folder}/`;
  const records = profile.records === '' ? '' : `${profile.records}/`;
  for await (const entry of tree.entries()) {
    if (entry.kind === 'folder') continue;
    const { path, bytes } = entry;
    totals.files++;
    totals.allBytes += bytes;
    if (!path.includes('/') || path.startsWith(others) || !path.startsWith(records)) continue;
    totals.recordBytes += bytes;
    await lookAtRecord(tree, profile, owners, entry, say);
    if (listed.count > 0 && !listed.has(path))
      say('error', 'digestMissing', path, 'The list of digests does not have this file.');
  }
  for (const owner of owners.all()) {
    if (owner.files === 0)
      say(
        'error',
        'noFiles',
        placeOf(owner),
        `Nothing is there for ${quoted(owner.code)} ${quoted(owner.title)}.`,
      );
    else if (owner.metadata === 0 && owner.level === 'item' && profile.metadata !== 'may')
      say(
        profile.metadata === 'must' ? 'error' : 'warning',
        'noMetadata',
        placeOf(owner),
        `${quoted(owner.code)} has no metadata in XML.`,
      );
    else if (owner.files === owner.metadata && owner.level === 'item' && profile.filesBy === 'code')
      say('error', 'noContent', placeOf(owner), `${quoted(owner.code)} has metadata and no file of its own.`);
  }
}

async function lookAtRecord(
  tree: FileTree,
  profile: HandoverProfile,
  owners: Owners,
  { path, bytes }: TreeEntry,
  say: Say,
): Promise<void> {
  const found = owners.ownerOf(path);
  if (!found) say('error', 'noRow', path, 'No row of a catalogue speaks of this file.');
  else {
    owners.foundFile(found.owner);
    if (found.volume) owners.foundFile(found.volume);
  }
  const { base, extension } = partsOf(path);
  if (bytes === 0) say('error', 'emptyFile', path, 'The file is empty.');
  if (PACKED.includes(extension))
    say('warning', 'packed', path, 'The file is packed; records are handed over unpacked.');
  if (extension !== 'xml' || !(profile.anyXml || base.startsWith(profile.metadataName))) return;
  if (found) owners.foundMetadata(found.owner);
  if (bytes > 0) await checkMetadata(tree, path, found?.owner, say);
}
