import type { FileTree } from '#formats/tree';
import { type HandoverProfile, partsOf } from './profile.ts';
import { openRegister } from './validate/register.ts';

/** What a paper of a handover folder declares of the whole. */
export interface HandoverDeclared {
  /** The paper and its field. */
  readonly source: string;
  readonly items: number | null;
  readonly bytes: number | null;
}

const NOTHING_SAID = () => {};

/** How many items a text declares: `12件，3卷`, `12`. Null where it does not say clearly. */
export function itemsIn(text: string): number | null {
  const items = /(\d+)\s*件/.exec(text);
  if (items) return Number(items[1]);
  const all = text.match(/\d+/g) ?? [];
  return all.length === 1 ? Number(all[0]) : null;
}

const bytesIn = (text: string): number | null => {
  const gigabytes = /^(\d+(?:\.\d+)?)\s*(?:GB|G|吉字节)?$/i.exec(text);
  return gigabytes ? Math.round(Number(gigabytes[1]) * 2 ** 30) : null;
};

/**
 * The totals declared by the explanatory file and by registers that a program can read. Whether they are those of what lies there
 * the validation says.
 *
 * @param note what the explanatory file says, by key
 */
export async function declaredIn(
  tree: FileTree,
  profile: HandoverProfile,
  note: ReadonlyMap<string, string>,
): Promise<readonly HandoverDeclared[]> {
  const declared: HandoverDeclared[] = [];
  const quantity = note.get('档案数量')?.trim() ?? '';
  if (quantity !== '')
    declared.push({ source: `${profile.note.file} 档案数量`, items: itemsIn(quantity), bytes: null });
  for (const path of await registersIn(tree, profile)) {
    const fields = await openRegister(tree, path, profile, NOTHING_SAID);
    if (!fields) continue;
    const items = itemsIn(fields.get('移交电子档案数量') ?? '');
    const bytes = bytesIn(fields.get('移交数据量')?.trim() ?? '');
    if (items !== null || bytes !== null) declared.push({ source: path, items, bytes });
  }
  return declared;
}

/** In the root, or among the other papers. */
async function registersIn(tree: FileTree, profile: HandoverProfile): Promise<string[]> {
  const found: string[] = [];
  for (const folder of ['', profile.others.folder])
    for await (const { path, kind } of tree.list(folder))
      if (kind === 'file' && profile.registers.includes(partsOf(path).base)) found.push(path);
  return found;
}
