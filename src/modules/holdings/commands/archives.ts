import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import { type Agency, type Archive, allArchives, insertAgency, insertArchive } from '../store/archives.ts';

export interface NewArchive {
  parentId?: string | null;
  code: string;
  name: string;
  nameHant?: string | null;
  nameEn?: string | null;
  level: string;
}

const BELOW = { province: 'city', city: 'county' } as Record<string, string>;

/** Founds an archive in the caller's transaction. @throws Refusal archive.* */
export async function foundArchiveIn(
  deps: HoldingsDeps,
  tx: Tx,
  actor: Actor,
  a: NewArchive,
): Promise<string> {
  const code = a.code.normalize('NFKC').trim();
  if (!/^[A-Za-z0-9]{1,20}$/.test(code)) {
    throw new Refusal('archive.code', 'An archive code has 1 to 20 letters and digits (usually 6 digits).', {
      code,
    });
  }
  const parent = a.parentId ? (await allArchives(tx)).find((x) => x.id === a.parentId) : undefined;
  if (a.parentId && !parent) throw new Refusal('archive.notFound', 'There is no such archive above.');
  if (parent && BELOW[parent.level] !== a.level) {
    throw new Refusal(
      'archive.level',
      `Below a ${parent.level} archive stands a ${BELOW[parent.level] ?? 'no further'} archive.`,
    );
  }
  const id = deps.newId();
  const archive: Archive = {
    id,
    parentId: parent?.id ?? null,
    path: [...(parent?.path ?? []), id],
    code,
    name: a.name.trim(),
    nameHant: a.nameHant ?? null,
    nameEn: a.nameEn ?? null,
    level: a.level as Archive['level'],
  };
  if (!(await insertArchive(tx, archive)))
    throw new Refusal('archive.duplicate', `There is already an archive with the code ${code}.`, { code });
  await deps.audit.append(tx, {
    actor: auditActor(actor),
    archiveId: id,
    act: 'archive.founded',
    target: { type: 'archive', id },
    detail: { code, name: a.name, level: a.level },
  });
  await deps.index.archivesChanged(tx, [archive]);
  return id;
}

export function addAgency(deps: HoldingsDeps, actor: Actor, a: Omit<Agency, 'id'>): Promise<string> {
  demand(
    actor,
    'holdings.write',
    a.archiveId,
    new Refusal('archive.notFound', 'There is no such archive.'),
    'whole',
  );
  return deps.db.as(scopeOf(actor), async (tx) => {
    const id = deps.newId();
    if (!(await insertAgency(tx, { ...a, id }))) {
      throw new Refusal('agency.duplicate', `There is already an agency with the code ${a.code}.`, {
        code: a.code,
      });
    }
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: a.archiveId,
      act: 'agency.added',
      target: { type: 'agency', id },
      detail: { code: a.code, name: a.name },
    });
    return id;
  });
}
