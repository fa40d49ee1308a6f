/** One place on the way from a fonds down to what is looked at. */
export interface PathStep {
  id: string;
  code: string;
  label: string;
  /** Entries below; undefined while that is not known. */
  count: number | undefined;
}

/** The step of the way that stands at a depth of the tree and is not among the lines loaded there (long branches come in pieces). */
export function unloadedStep(
  path: readonly PathStep[],
  depth: number,
  above: string | undefined,
  loaded: readonly { id: string }[],
): PathStep | undefined {
  const step = path[depth];
  if (!step || path[depth - 1]?.id !== above) return undefined;
  return loaded.some(({ id }) => id === step.id) ? undefined : step;
}

/** Whether a branch lies on the way to what is looked at, so that it opens; the last step is marked, not opened. */
export function isOnTheWay(path: readonly PathStep[], id: string): boolean {
  return path.slice(0, -1).some((step) => step.id === id);
}
