/** Names of scans: which unit and page a file may belong to, and walking the folders they lie in. */
export { codeKey } from './codeKey.ts';
export { matchScan, type ScanCandidate, type ScanKind, scanKind } from './match.ts';
export { compareNaturally } from './naturalOrder.ts';
export { compilePattern, defaultPatterns, type ScanPattern } from './pattern.ts';
export { type FoundFile, isJunkName, walkScans } from './walk.ts';
