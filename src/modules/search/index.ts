/** Search: catalogue and page text found together, by whoever may see them. */
export type { AccessStatus, ArchiveLabel, FondsLabel, PageText, UnitEntry } from './entry.ts';
export { fold } from './folding/fold.ts';
export { type SoughtTitle, titlesLike } from './query/alike.ts';
export { type Completion, completionsOf } from './query/completions.ts';
export {
  type ArchiveName,
  FACETS,
  type Facets,
  type FacetValue,
  find,
  type Hit,
  type SearchResult,
  type Why,
} from './query/find.ts';
export { excerpt, highlight, type Range } from './query/highlight.ts';
export { type SearchRequest, SORTS, type Sort } from './query/request.ts';
export type { Snippet } from './query/snippets.ts';
export type { Suggestion } from './query/suggest.ts';
export { parseQuery } from './query/words.ts';
export { type NewAccess, updateAccess } from './store/access.ts';
export { emptyIndex } from './store/emptying.ts';
export { indexAdded, indexLater, indexPending } from './writing/pending.ts';
export { indexIsCurrent, renewIndex, type UnitsAfter } from './writing/renew.ts';
export {
  ENTRY_LINES,
  indexArchives,
  indexFonds,
  indexNewUnits,
  indexPages,
  indexUnits,
  removePages,
  removeUnits,
  settle,
} from './writing/write.ts';
