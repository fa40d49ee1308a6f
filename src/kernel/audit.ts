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
export { type HistoryEntry, historyOf } from './audit/read.ts';
export { createReadTrail, type ReadTrail } from './audit/reads.ts';
export { createSequencer, INSTALLATION, type Sequencer, type SequencerDeps } from './audit/sequencer.ts';
export { type AuditTrail, createAuditTrail } from './audit/trail.ts';
export { type AuditVerdict, verifyAudit } from './audit/verify.ts';
