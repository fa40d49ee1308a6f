import type { BackupFinding, Overview, SegmentsState, Store } from './shapes.ts';

/** Something that may cost holdings if nobody does anything, as the words know it. */
export interface Risk {
  code:
    | 'damaged'
    | 'missing'
    | 'storeForeign'
    | 'storeAway'
    | 'oneStore'
    | 'heldTooFew'
    | 'behind'
    | 'storeFull'
    | 'backup'
    | 'late'
    | 'segmentsLate'
    | 'neverVerified'
    | 'copying';
  /** `waiting` will come right by itself or is not yet bad. */
  tone: 'wrong' | 'waiting';
  n?: number;
  /** Counted up to a limit: at least so many. */
  atLeast?: boolean;
  store?: Store;
  /** What is wrong with the backups, as their part says it. */
  finding?: string;
  /** Days or an instant the sentence speaks of. */
  days?: number;
  since?: string;
  act: 'mend' | 'verify' | 'stores' | 'failures' | 'backups' | null;
}

/** Less free than this, of the whole and in bytes, is nearly full. */
const NEARLY_FULL = 0.05;
const LEAST_FREE = 20e9;

const inUse = (store: Store): boolean => store.state === 'active' || store.state === 'draining';
const nearlyFull = ({ freeBytes, totalBytes }: Store): boolean =>
  freeBytes !== null && totalBytes !== null && freeBytes < Math.min(LEAST_FREE, totalBytes * NEARLY_FULL);

/** What is at risk, the worst first. Each with the one act that helps. */
export function risksOf(
  o: {
    overview: Overview;
    stores: readonly Store[];
    segments?: SegmentsState | undefined;
    backups?: readonly BackupFinding[] | undefined;
  },
  now: Date,
): Risk[] {
  const { atRisk, copiesWanted, stores: count, cycleDays } = o.overview;
  const stores = o.stores.filter(inUse);
  const risks: (Risk | false | null | undefined)[] = [
    atRisk.damaged > 0 && { code: 'damaged', tone: 'wrong', n: atRisk.damaged, act: 'mend' },
    atRisk.missing > 0 && { code: 'missing', tone: 'wrong', n: atRisk.missing, act: 'mend' },
    ...stores.map(
      (store): Risk | false =>
        store.reach === 'foreign' && { code: 'storeForeign', tone: 'wrong', store, act: 'stores' },
    ),
    ...stores.map(
      (store): Risk | false =>
        store.reach === 'unreachable' && {
          code: 'storeAway',
          tone: 'wrong',
          store,
          ...(store.unreachableSince ? { since: store.unreachableSince } : {}),
          act: 'stores',
        },
    ),
    count < 2 && { code: 'oneStore', tone: 'wrong', act: 'stores' },
    count >= 2 &&
      atRisk.heldTooFew > 0 &&
      atRisk.wanted === 0 && {
        code: 'heldTooFew',
        tone: 'wrong',
        n: atRisk.heldTooFew,
        atLeast: !atRisk.heldTooFewIsExact,
        act: count < copiesWanted ? 'stores' : 'failures',
      },
    atRisk.behind > 0 && { code: 'behind', tone: 'waiting', n: atRisk.behind, act: 'failures' },
    ...stores.map(
      (store): Risk | false =>
        nearlyFull(store) && { code: 'storeFull', tone: 'wrong', store, act: 'stores' },
    ),
    ...(o.backups ?? []).map(
      ({ code, severity }): Risk => ({
        code: 'backup',
        tone: severity === 'error' ? 'wrong' : 'waiting',
        finding: code,
        act: 'backups',
      }),
    ),
    atRisk.late > 0 && {
      code: 'late',
      tone: 'wrong',
      n: atRisk.late,
      atLeast: atRisk.late >= atRisk.countedUpTo,
      days: cycleDays,
      act: 'verify',
    },
    o.segments && segmentsLate(o.segments, now),
    atRisk.neverVerified > 0 && {
      code: 'neverVerified',
      tone: 'waiting',
      n: atRisk.neverVerified,
      atLeast: atRisk.neverVerified >= atRisk.countedUpTo,
      act: 'verify',
    },
    atRisk.wanted > 0 && { code: 'copying', tone: 'waiting', n: atRisk.wanted, act: null },
  ];
  return risks.filter((risk): risk is Risk => Boolean(risk)).sort(byTone);
}

const byTone = (a: Risk, b: Risk): number => Number(a.tone === 'waiting') - Number(b.tone === 'waiting');

/** Rows wait as long as the setting says; three times that is late. */
function segmentsLate({ oldestWaiting, delaySeconds, waitingRows }: SegmentsState, now: Date): Risk | false {
  if (!oldestWaiting) return false;
  const late = now.getTime() - Date.parse(oldestWaiting) > (delaySeconds * 3 + 60) * 1000;
  return late && { code: 'segmentsLate', tone: 'wrong', n: waitingRows, since: oldestWaiting, act: null };
}
