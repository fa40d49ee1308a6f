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
