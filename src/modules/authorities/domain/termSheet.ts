/** A thesaurus as a table: which column is which, and what a cell of several terms holds. */

export const TERM_COLUMNS = ['term', 'useFor', 'broader', 'related', 'scope'] as const;
export type TermColumn = (typeof TERM_COLUMNS)[number];

/** Headings people write, in both scripts and in English. */
const HEADINGS: Readonly<Record<TermColumn, RegExp>> = {
  term: /^(主题词|主題詞|正式主题词|叙词|敘詞|词|詞|偏好詞|偏好词|preferred( term)?|term|subject)$/i,
  useFor:
    /^(非正式主题词|非正式主題詞|入口词|入口詞|代|代用词|非偏好詞|同义词|同義詞|use ?for|uf|synonyms?|alt(ernative)?( ?labels?| terms?)?)$/i,
  broader: /^(上位词|上位詞|属|屬|廣義詞|广义词|broader( terms?)?|bt)$/i,
  related: /^(相关词|相關詞|参|參|关联词|related( terms?)?|rt)$/i,
  scope: /^(范围注释|範圍註|範圍註釋|注释|註釋|定义|定義|说明|說明|scope ?notes?|sn|definition|note)$/i,
};

/** Which column each heading is; undefined where no column holds the terms. */
export function termColumns(headings: readonly string[]): Partial<Record<TermColumn, number>> | undefined {
  const columns: Partial<Record<TermColumn, number>> = {};
  for (const [at, heading] of headings.entries())
    for (const column of TERM_COLUMNS)
      if (columns[column] === undefined && HEADINGS[column].test(heading.trim())) columns[column] = at;
  return columns.term === undefined ? undefined : columns;
}

/** Several terms in one cell. */
export function termsIn(cell: string | undefined): string[] {
  return (cell ?? '')
    .split(/[;；\n|]/)
    .map((t) => t.trim())
    .filter((t) => t !== '');
}

/** A term as a file gives it. */
export interface TermGiven {
  row: number;
  name: string;
  useFor: string[];
  broader: string[];
  related: string[];
  scope: string | null;
}

/** The first who would stand below itself, among what stands below what; undefined where there is none. */
export function circleIn(broader: ReadonlyMap<string, readonly string[]>): string | undefined {
  const state = new Map<string, 'open' | 'done'>();
  for (const start of broader.keys()) {
    const path = [{ id: start, next: 0 }];
    if (state.has(start)) continue;
    state.set(start, 'open');
    while (path.length > 0) {
      const here = path[path.length - 1];
      if (!here) break;
      const above = (broader.get(here.id) ?? [])[here.next++];
      if (above === undefined) {
        state.set(here.id, 'done');
        path.pop();
      } else if (state.get(above) === 'open') return above;
      else if (!state.has(above)) {
        state.set(above, 'open');
        path.push({ id: above, next: 0 });
      }
    }
  }
  return undefined;
}
