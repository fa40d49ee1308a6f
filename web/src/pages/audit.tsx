export { AuditTrail as default } from '../features/audit/audit.tsx';
