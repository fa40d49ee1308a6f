import { type Actor, can, demand, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import { deleteView, insertView, type TableView, updateView, viewById, viewsFor } from './store/views.ts';

type Deps = Pick<HoldingsDeps, 'db' | 'newId' | 'clock'>;

export interface ViewInput {
  name: string;
  shared: boolean;
  state: Record<string, unknown>;
}

/** A view, and whether the asker may change it. */
export type OfferedView = TableView & { mine: boolean };

const noView = () => new Refusal('view.notFound', 'There is no such view.');
const LONGEST_STATE = 20_000;

const personOf = (actor: Actor, archiveId: string): string => {
  if (!actor.id || !can(actor, 'holdings.read', archiveId)) throw noView();
  return actor.id;
};

/** Views a person may choose from: own ones first. @throws Refusal view.notFound */
export async function tableViews(deps: Deps, actor: Actor, archiveId: string): Promise<OfferedView[]> {
  const personId = personOf(actor, archiveId);
  return deps.db.as(scopeOf(actor), async (tx) =>
    (await viewsFor(tx, archiveId, personId)).map((v) => ({ ...v, mine: v.ownerId === personId })),
  );
}

/** Keeps a view. What is shared with an archive is kept by who describes there. @throws Refusal view.duplicate, view.name, actor.forbidden */
export async function addView(
  deps: Deps,
  actor: Actor,
  archiveId: string,
  input: ViewInput,
): Promise<OfferedView> {
  const ownerId = personOf(actor, archiveId);
  const { name, shared, state } = checked(actor, archiveId, input);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const view = {
      id: deps.newId(),
      archiveId,
      ownerId,
      ownerName: actor.name,
      name,
      shared,
      state,
      version: 1,
    };
    if (!(await insertView(tx, view, deps.clock.now())))
      throw new Refusal('view.duplicate', 'There is a view of this name.', { field: 'name' });
    return { ...view, mine: true };
  });
}

/** @throws Refusal view.notFound, view.changed, view.name, actor.forbidden */
export async function changeView(
  deps: Deps,
  actor: Actor,
  id: string,
  version: number,
  input: ViewInput,
): Promise<OfferedView> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const view = await viewById(tx, id);
    if (!view || view.ownerId !== actor.id) throw noView();
    const given = checked(actor, view.archiveId, input);
    const next = { ...view, ...given, version };
    if (!(await updateView(tx, next, deps.clock.now())))
      throw new Refusal('view.changed', 'This view was changed meanwhile.');
    return { ...next, version: version + 1, mine: true };
  });
}

/** @throws Refusal view.notFound */
export async function removeView(deps: Deps, actor: Actor, id: string): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const view = await viewById(tx, id);
    if (!view || view.ownerId !== actor.id) throw noView();
    await deleteView(tx, id);
  });
}

function checked(actor: Actor, archiveId: string, input: ViewInput): ViewInput {
  const name = input.name.trim();
  if (name === '' || [...name].length > 100)
    throw new Refusal('view.name', 'A view needs a name of at most 100 characters.', { field: 'name' });
  if (JSON.stringify(input.state).length > LONGEST_STATE)
    throw new Refusal('view.state', 'This view has too much in it.');
  if (input.shared) demand(actor, 'holdings.write', archiveId);
  return { name, shared: input.shared, state: input.state };
}
