import type { Capability } from '#kernel/actor';

/**
 * Where a batch stands on its way from the agency to the archive, and who may move it: the one table, in code and on screen
 * (DA/T 93-2022: received, checking, to be reviewed, accepting, accepted, rejected; 电子档案移交与接收办法 for both sides' signatures).
 */
export const BATCH_STATES = [
  'preparing',
  'prechecking',
  'checked',
  'dispatched',
  'reading',
  'sent',
  'received',
  'checking',
  'reviewing',
  'proposed',
  'accepting',
  'accepted',
  'returned',
  'withdrawn',
  'blocked',
  'removed',
] as const;
export type BatchState = (typeof BATCH_STATES)[number];

export const BATCH_ACTS = [
  'precheck',
  'precheckPassed',
  'precheckFailed',
  'send',
  'dispatch',
  'readIn',
  'readPartly',
  'readWrong',
  'readWhole',
  'receive',
  'register',
  'checkDone',
  'propose',
  'reconsider',
  'accept',
  'return',
  'takeIn',
  'takeInRefused',
  'revise',
  'withdraw',
  'block',
  'remove',
] as const;
export type BatchAct = (typeof BATCH_ACTS)[number];

/** Whose hand an act is: a capability for the agency of the batch, or the system's own. */
export type Mover = Capability | 'system';

/** A person who has had a part in a batch and may therefore not do this. */
export type Part = 'prepared' | 'registered' | 'proposed';

export interface Move {
  act: BatchAct;
  from: readonly BatchState[];
  to: BatchState;
  who: Mover;
  /** Not by who did this before in the same round: accepting and deciding never sit with the person who prepared it. */
  notBy?: readonly Part[];
  /** A reason is kept with it. */
  reason?: true;
}

export const MOVES: readonly Move[] = [
  { act: 'precheck', from: ['preparing', 'returned'], to: 'prechecking', who: 'filing.write' },
  { act: 'precheckPassed', from: ['prechecking'], to: 'checked', who: 'system' },
  { act: 'precheckFailed', from: ['prechecking'], to: 'preparing', who: 'system' },
  { act: 'send', from: ['checked'], to: 'sent', who: 'filing.approve', notBy: ['prepared'] },
  // By media: signed as on-line, then the archive reads them, one after the other, until all that was signed is there.
  { act: 'dispatch', from: ['checked'], to: 'dispatched', who: 'filing.approve', notBy: ['prepared'] },
  { act: 'readIn', from: ['dispatched'], to: 'reading', who: 'transfer.receive' },
  { act: 'readPartly', from: ['reading'], to: 'dispatched', who: 'system' },
  { act: 'readWrong', from: ['reading'], to: 'dispatched', who: 'system' },
  { act: 'readWhole', from: ['reading'], to: 'received', who: 'system' },
  { act: 'receive', from: ['sent'], to: 'received', who: 'system' },
  { act: 'register', from: ['received'], to: 'checking', who: 'transfer.receive' },
  { act: 'checkDone', from: ['checking'], to: 'reviewing', who: 'system' },
  { act: 'propose', from: ['reviewing'], to: 'proposed', who: 'transfer.receive' },
  { act: 'reconsider', from: ['proposed'], to: 'reviewing', who: 'transfer.decide', reason: true },
  {
    act: 'accept',
    from: ['proposed'],
    to: 'accepting',
    who: 'transfer.decide',
    notBy: ['prepared', 'registered', 'proposed'],
  },
  {
    act: 'return',
    from: ['proposed', 'dispatched'],
    to: 'returned',
    who: 'transfer.decide',
    notBy: ['prepared', 'registered', 'proposed'],
    reason: true,
  },
  { act: 'takeIn', from: ['accepting'], to: 'accepted', who: 'system' },
  // What was sound when it was checked may not be now: another entry bears its code. People weigh it again.
  { act: 'takeInRefused', from: ['accepting'], to: 'reviewing', who: 'system' },
  { act: 'revise', from: ['checked'], to: 'preparing', who: 'filing.write' },
  {
    act: 'withdraw',
    from: ['preparing', 'checked', 'dispatched', 'returned'],
    to: 'withdrawn',
    who: 'filing.write',
    reason: true,
  },
  { act: 'block', from: ['prechecking', 'checking'], to: 'blocked', who: 'system' },
  { act: 'remove', from: ['blocked'], to: 'removed', who: 'secrets.handle', reason: true },
];

/** States in which the next move is the system's: a batch that stays in one of them is stuck. */
export const UNDER_WAY: ReadonlySet<BatchState> = new Set(
  MOVES.filter((m) => m.who === 'system').flatMap((m) => m.from),
);

/** States in which the batch is the agency's alone: the archive does not see it yet, or any more. */
export const WITH_AGENCY: ReadonlySet<BatchState> = new Set([
  'preparing',
  'prechecking',
  'checked',
  'withdrawn',
]);

/** What may be sent or replaced by the agency. */
export const OPEN_FOR_CONTENT: ReadonlySet<BatchState> = new Set(['preparing', 'returned']);

/** The move an act makes from a state, or undefined where it makes none. */
export function moveOf(state: BatchState, act: BatchAct): Move | undefined {
  return MOVES.find((m) => m.act === act && m.from.includes(state));
}
