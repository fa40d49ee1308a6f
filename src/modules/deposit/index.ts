/** Registration backup: early copies an agency deposits, kept sealed, and compared with what it hands over. */
export type { DepositOrder } from './commands/make.ts';
export type { ArrivedBatch, DepositDeps } from './deps.ts';
export { registerDeposits } from './http.ts';
export { createDeposits, type Deposits } from './module.ts';
export { COMPARE_JOB } from './working/compare.ts';
export { SEAL_JOB } from './working/seal.ts';
