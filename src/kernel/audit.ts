export { type Checkpoint, checkpointPage, digestOfStatement, INSTALLATION } from './audit/checkpoints.ts';
export { type CheckpointCopy, fileCopy } from './audit/copy.ts';
export { type Countersigning, createCountersigning, type Offer } from './audit/countersign.ts';
export {
  type AuditAct,
  type AuditActor,
  type AuditEntry,
  type AuditResult,
  type AuditRule,
  type Circumstances,
  entryBytes,
  type HashAlgorithm,
  leafHashOf,
} from './audit/entry.ts';
export { auditKeeping, type Keeping, noteVerification, type Verification } from './audit/keeping.ts';
export type { NewPeer, Peer } from './audit/peers.ts';
export {
  type ConsistencyProof,
  entryById,
  type InclusionProof,
  proveConsistency,
  proveEntry,
} from './audit/proofs.ts';
export { type Pruned, type PruningPlan, planPruning, pruneAudit } from './audit/prune.ts';
export { type HistoryEntry, historiesOf, historyOf } from './audit/read.ts';
export { createReadTrail, type ReadTrail } from './audit/reads.ts';
export { type BroughtBack, type LastRestore, lastRestore, settleRestoration } from './audit/restored.ts';
export { monthsBefore, SHORTEST_MONTHS } from './audit/retention.ts';
export {
  actsSeen,
  type EntryFilter,
  type EntryPlace,
  entryQuery,
  searchEntries,
} from './audit/search.ts';
export { createSequencer, type Sequencer, type SequencerDeps } from './audit/sequencer.ts';
export { type AuditTrail, createAuditTrail } from './audit/trail.ts';
export { type AuditVerdict, verifyAudit } from './audit/verify.ts';
