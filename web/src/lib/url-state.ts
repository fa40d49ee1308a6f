/**
 * The address bar holds the state of a view. A view names its keys once; unknown keys in an address are left alone,
 * empty values are not written, and a change of a filter drops the page cursor that belonged to the old list.
 */
export type ViewState<K extends string> = Partial<Record<K, string>>;

export function readState<K extends string>(params: URLSearchParams, keys: readonly K[]): ViewState<K> {
  const state: ViewState<K> = {};
  for (const key of keys) {
    const value = params.get(key);
    if (value) state[key] = value;
  }
  return state;
}

/** What goes with a page of a list, and with nothing else. */
const PAGE_KEYS = ['cursor', 'from_row'] as const;

/** @param change values to set; undefined or '' takes a key away. Without `keepPage` the list starts at its beginning. */
export function changeState(
  params: URLSearchParams,
  change: Readonly<Record<string, string | undefined>>,
  options: { keepPage?: boolean } = {},
): URLSearchParams {
  const next = new URLSearchParams(params);
  if (!options.keepPage) for (const key of PAGE_KEYS) next.delete(key);
  for (const [key, value] of Object.entries(change)) {
    if (value) next.set(key, value);
    else next.delete(key);
  }
  return next;
}

/** Which rows a page shows: first row number and last, from the row the cursor starts at. */
export function pageSpan(fromRow: string | undefined, shown: number): { first: number; last: number } {
  const first = Math.max(1, Number.parseInt(fromRow ?? '1', 10) || 1);
  return { first: shown === 0 ? 0 : first, last: shown === 0 ? 0 : first + shown - 1 };
}

/** Text someone pasted that looks like a reference code: then the search box goes to the record at once. */
export function looksLikeReferenceCode(text: string): boolean {
  const code = text.trim();
  return (
    code.length <= 120 &&
    /^[A-Za-z0-9]{1,8}[-—–－_][\p{Script=Han}A-Za-z0-9·•・．.\-—–－_]+$/u.test(code) &&
    /\d/.test(code)
  );
}
