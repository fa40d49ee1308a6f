/** PDF/A (ISO 19005): the claim of a file and what our own checks find. For threads: it reads at once. */

export { type Claim, readClaim } from './claim.ts';
export { type Flavour, flavourName, flavourOf } from './flavour.ts';
export { judge, type PdfAReport } from './judge.ts';
export { type PdfPage, pagesOf } from './pages.ts';
export type { PdfAFault } from './report.ts';
