/** Handover from agencies to archives 移交与接收. */
export { TRANSFER_JOB } from './commands/moving.ts';
export type { TransferDeps } from './deps.ts';
export { registerTransfers } from './http.ts';
export { createTransfers, type Transfers } from './module.ts';
export { stuckOfHouse } from './queries/stuck.ts';
