import type { AccessionState, Verdict, Way } from '#kernel/accessionWords';
import type { Capability } from '#kernel/actor';

export const ACCESSION_ACTS = [
  'agree',
  'arrive',
  'accept',
  'propose',
  'reconsider',
  'approve',
  'decline',
  'giveBack',
  'arrange',
  'close',
  'reopen',
  'withdraw',
] as const;
export type AccessionAct = (typeof ACCESSION_ACTS)[number];

/** What the table of moves looks at. */
export interface Standing {
  state: AccessionState;
  way: Way;
  hasPrice: boolean;
  /** Of what was last proposed. */
  verdict: Verdict | null;
  /** Imports, fonds or entries it was arranged into are named. */
  isPlaced: boolean;
  /** Something that was promised has not come. */
  isOutstanding: boolean;
}

interface Move {
  act: AccessionAct;
  from: readonly AccessionState[];
  to: AccessionState | ((s: Standing) => AccessionState);
  who: Capability;
  /** Whose hand it may not be: of who registered it or proposed. */
  byAnother?: true;
  /** Why it can not be made though it stands there; the code of the refusal. */
  barred?: (s: Standing) => string | null;
  reason?: (s: Standing) => boolean;
}

const always = () => true;

/** The one table of moves, for commands and screens. */
export const MOVES: readonly Move[] = [
  { act: 'agree', from: ['promised'], to: 'agreed', who: 'accessions.write' },
  // What comes later, after a part was taken, is appraised anew.
  {
    act: 'arrive',
    from: ['promised', 'agreed', 'received', 'accepted', 'arranged'],
    to: 'received',
    who: 'accessions.write',
    barred: byItself,
  },
  {
    act: 'accept',
    from: ['received'],
    to: 'accepted',
    who: 'accessions.write',
    // Money, and what is not taken, are decided by two.
    barred: (s) => (s.way === 'purchase' || s.hasPrice ? 'accession.needsDecision' : null),
  },
  {
    act: 'propose',
    from: ['received'],
    to: 'proposed',
    who: 'accessions.write',
    barred: (s) =>
      s.way === 'purchase' && !s.hasPrice && s.verdict !== 'none' ? 'accession.needsPrice' : null,
    reason: (s) => s.verdict !== 'whole',
  },
  { act: 'reconsider', from: ['proposed'], to: 'received', who: 'accessions.write', reason: always },
  {
    act: 'approve',
    from: ['proposed'],
    to: (s) => (s.verdict === 'none' ? 'refused' : 'accepted'),
    who: 'accessions.decide',
    byAnother: true,
  },
  {
    act: 'decline',
    from: ['proposed'],
    to: 'received',
    who: 'accessions.decide',
    byAnother: true,
    reason: always,
  },
  // What was refused goes back whole; of what was taken in part the rest, and nothing else changes.
  {
    act: 'giveBack',
    from: ['refused', 'accepted', 'arranged'],
    to: (s) => (s.state === 'refused' ? 'returned' : s.state),
    who: 'accessions.write',
    barred: (s) =>
      byItself(s) ?? (s.state !== 'refused' && s.verdict !== 'part' ? 'accession.nothingRefused' : null),
  },
  {
    act: 'arrange',
    from: ['accepted'],
    to: 'arranged',
    who: 'accessions.write',
    barred: (s) => (s.isPlaced ? null : 'accession.notPlaced'),
  },
  { act: 'close', from: ['arranged'], to: 'closed', who: 'accessions.write', reason: (s) => s.isOutstanding },
  { act: 'reopen', from: ['closed'], to: 'arranged', who: 'accessions.write', reason: always },
  { act: 'withdraw', from: ['promised', 'agreed'], to: 'withdrawn', who: 'accessions.write', reason: always },
];

/** What a handover is, the handover says. */
function byItself(s: Standing): string | null {
  return s.way === 'transfer' ? 'accession.byTransfer' : null;
}

/** A deposit that is the owner's again leaves the archive whole: decided by who decides, not by who registered it. */
export const GIVE_BACK_DEPOSIT: Move = {
  act: 'giveBack',
  from: ['accepted', 'arranged', 'closed'],
  to: 'returned',
  who: 'accessions.decide',
  byAnother: true,
  reason: always,
};

/** The move an act makes from where something stands; undefined: none. @param whole of a deposit: all of it goes back to its owner */
export function moveOf(s: Standing, act: AccessionAct, whole = false): Move | undefined {
  if (act === 'giveBack' && whole && s.way === 'deposit' && GIVE_BACK_DEPOSIT.from.includes(s.state))
    return GIVE_BACK_DEPOSIT;
  return MOVES.find((m) => m.act === act && m.from.includes(s.state));
}

export const targetOf = (move: Move, s: Standing): AccessionState =>
  typeof move.to === 'function' ? move.to(s) : move.to;

/** States nothing follows upon: the accession is in the register, and no more. */
export const OVER: ReadonlySet<AccessionState> = new Set(['withdrawn', 'returned']);
/** States in which what it says of itself may be corrected. */
export const isOpen = (state: AccessionState): boolean => !OVER.has(state) && state !== 'closed';
/** A price that was proposed or decided on stays: it is what was decided on. */
export const priceStands = (state: AccessionState): boolean =>
  ['proposed', 'accepted', 'arranged', 'closed'].includes(state);
/** States in which something is expected to come. */
export const AWAITING: readonly AccessionState[] = ['promised', 'agreed', 'received', 'accepted', 'arranged'];
