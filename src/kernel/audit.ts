export {
  type AuditAct,
  type AuditActor,
  type AuditEntry,
  type AuditTrail,
  createAuditTrail,
  entryBytes,
  type HashAlgorithm,
  leafHashOf,
} from './audit/entry.ts';
export { type HistoryEntry, historyOf } from './audit/read.ts';
export { createSequencer, INSTALLATION, type Sequencer, type SequencerDeps } from './audit/sequencer.ts';
export { type AuditVerdict, verifyAudit } from './audit/verify.ts';
