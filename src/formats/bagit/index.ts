/** Bags: BagIt 0.93 to 0.97 and 1.0 (RFC 8493), read, judged and written through a tree of files. */
export { BAG_VERSIONS } from './declaration.ts';
export type { FetchLine } from './fetch.ts';
export { type Fetched, type FetchLeave, fetchMissing } from './fetching.ts';
export { type BagDeclared, type BagInfo, declaredBy } from './info.ts';
export { type Bag, readBag, recogniseBag } from './read.ts';
export { type BagReport, validateBag } from './validate.ts';
export { type BagAlgorithm, type NewBag, writeBag } from './write.ts';
