import { lstat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { WrittenWrapper } from '#formats/tree';
import { type Actor, auditActor, demand } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { scopeMeant } from '#modules/holdings';
import type { PackagesDeps } from '../deps.ts';
import { PACKAGE_KINDS, type PackageKindName } from '../kinds/index.ts';
import type { Beside, HandoverLayout } from '../kinds/kind.ts';
import { type Gathered, gather } from './gather.ts';

export interface ExportOrder {
  /** An archive's code, a fonds or an entry; see `scopeMeant`. */
  id: string;
  archive?: string | undefined;
  kind: PackageKindName;
  /** Of handover folders, by which rule. Default: DA/T 93-2022. */
  layout?: HandoverLayout | undefined;
  /** A folder, or a ZIP or TAR by its ending; must not be there. */
  target: string;
}

export type Exported = Gathered & {
  kind: PackageKindName;
  path: string;
  title: string;
  /** What the kind's standard has no place for, and of how many entries or files: it left in our own description beside. */
  onlyBeside: readonly { what: Beside; count: number }[];
};

const ENDINGS: readonly (readonly [RegExp, WrittenWrapper])[] = [
  [/\.zip$/i, 'zip'],
  [/\.(tar\.gz|tgz)$/i, 'tar.gz'],
  [/\.tar$/i, 'tar'],
];

/**
 * Writes what the actor may take out of an archive, a fonds or an entry as a package. It stands under its name when it is
 * whole, and the trail knows of it before.
 *
 * @throws Refusal export.*, archive.notFound, actor.forbidden, and those of the store for content that is not what was taken in
 */
export async function exportPackage(deps: PackagesDeps, actor: Actor, order: ExportOrder): Promise<Exported> {
  if (order.layout !== undefined && order.kind !== 'handover')
    throw new Refusal('export.noLayouts', 'Only handover folders have a layout to choose.');
  const target = resolve(order.target);
  if (await lstat(target).catch(() => null))
    throw new Refusal('export.goalExists', `There is something at ${order.target} already.`, {
      path: order.target,
    });
  if (!(await lstat(dirname(target)).catch(() => null))?.isDirectory())
    throw new Refusal('export.noFolder', `There is no folder ${dirname(target)} to write it into.`, {
      path: order.target,
    });
  const scope = await scopeMeant(deps.holdings, actor, order.id, order.archive);
  demand(
    actor,
    'content.export',
    scope.archive.id,
    new Refusal('archive.notFound', 'There is no such archive.'),
  );
  const consignment = gather(deps, actor, scope);
  const wrapper = ENDINGS.find(([ending]) => ending.test(target))?.[1] ?? 'folder';
  const { gathered } = consignment;
  const date = deps.clock.now();
  const told = await PACKAGE_KINDS[order.kind].write(consignment, {
    target,
    wrapper,
    date,
    scratch: deps.scratch,
    layout: order.layout,
    signer: () => deps.signer(scope.archive),
    name: basename(target).replace(/\.(zip|tar|tar\.gz|tgz)$/i, '') || 'package',
    whole: () =>
      deps.db.system(async (tx) => {
        await deps.audit.append(tx, {
          actor: auditActor(actor),
          archiveId: scope.archive.id,
          act: 'package.exported',
          target: { type: 'archive', id: scope.archive.id },
          detail: { kind: order.kind, of: scope.title, ...gathered },
        });
      }),
  });
  const onlyBeside = [...told].map(([what, count]) => ({ what, count }));
  return { kind: order.kind, path: order.target, title: scope.title, ...gathered, onlyBeside };
}
