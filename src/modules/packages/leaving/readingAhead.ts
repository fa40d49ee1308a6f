import type { ObjectSource, OcflRepository } from '#formats/ocfl';

/** Objects read together while those before them are written. */
const TOGETHER = 24;

/**
 * Goes through entries while the objects of those that follow are read, some together.
 *
 * @param list with the id of the object whose content leaves; null where none does
 * @returns each with what its object is to be read through
 */
export async function* readingAhead<T extends { objectId: string | null }>(
  repository: OcflRepository,
  list: readonly T[],
): AsyncGenerator<{ one: T; source: ObjectSource }> {
  const groups = Array.from({ length: Math.ceil(list.length / TOGETHER) }, (_, i) =>
    list.slice(i * TOGETHER, (i + 1) * TOGETHER),
  );
  const read = (group: readonly T[] | undefined) => {
    const ids = group?.flatMap((one) => one.objectId ?? []) ?? [];
    const source = ids.length > 0 ? repository.readAhead(ids) : Promise.resolve(repository);
    // What fails is told when its turn comes.
    source.catch(() => {});
    return source;
  };
  let next: Promise<ObjectSource> = read(groups[0]);
  for (const [i, group] of groups.entries()) {
    const source = await next;
    next = read(groups[i + 1]);
    for (const one of group) yield { one, source };
  }
}
