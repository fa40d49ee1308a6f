type Value = string | number | null;

interface Settling {
  input: Readonly<Record<string, unknown>> & { description?: Readonly<Record<string, unknown>> };
  fields: readonly { field: string; theirs: Value; conflict: boolean }[];
}

/**
 * What a draft comes to once it is chosen, field by field, what stays as it stands.
 *
 * @param theirs fields in which what stands now is kept
 */
export function settledInput(draft: Settling, theirs: ReadonlySet<string>): Record<string, unknown> {
  const { description = {}, ...ofEntry } = draft.input;
  const kept = (fields: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(fields).filter(([field]) => !theirs.has(field)));
  const elements = kept(description);
  return { ...kept(ofEntry), ...(Object.keys(elements).length > 0 ? { description: elements } : {}) };
}
