/** Handover from agencies to archives 移交与接收. */
export { HAND_ACTS, type HandAct } from './commands/act.ts';
export { TRANSFER_JOB } from './commands/moving.ts';
export type { TransferDeps } from './deps.ts';
export { BATCH_STATES, type BatchState, MOVES } from './domain/states.ts';
export { registerTransfers } from './http.ts';
export { createTransfers, type Transfers } from './module.ts';
