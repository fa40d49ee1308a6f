export const MEDIUM_KINDS = ['optical', 'magnetic', 'ssd', 'other'] as const;
export type MediumKind = (typeof MEDIUM_KINDS)[number];

export interface MediaRules {
  /** Sets written of each plan, by purpose: sealed 封存, off-site 异地, for use 查阅 (standards 3.4, 10.2 [S:EXAM]). */
  sets: readonly string[];
  /** Years within which a sample of the media of a kind is tested. */
  testYears: Readonly<Record<MediumKind, number>>;
  /** Percent of the media of a kind, and of the files of a medium, that a test takes. */
  testShare: number;
  /** Years a medium is kept after another took over. */
  keepYears: number;
}

/**
 * What counts where nobody says otherwise: optical every 4 years [S:BAK], magnetic every 2 and a tenth of the media [M];
 * solid state like magnetic, for it forgets without power [D]; old media kept 3 years after migration [S:BAK].
 */
export const MEDIA_RULES: MediaRules = {
  sets: ['sealed', 'offsite', 'use'],
  testYears: { optical: 4, magnetic: 2, ssd: 2, other: 2 },
  testShare: 10,
  keepYears: 3,
};

export interface TestedMedium {
  id: string;
  number: string;
  kind: MediumKind;
  planId: string;
  writtenAt: Date;
  testedAt: Date | null;
  testOutcome: 'passed' | 'failed' | null;
}

const yearsBefore = (now: Date, years: number): Date => {
  const then = new Date(now);
  then.setUTCFullYear(then.getUTCFullYear() - years);
  return then;
};

/** Draws an order by number and year that nobody chose, and that comes out the same when asked again. */
function lot(text: string): number {
  let h = 2166136261;
  for (const c of text) h = Math.imul(h ^ (c.codePointAt(0) ?? 0), 16777619);
  return h >>> 0;
}

/**
 * Media whose test is due: of each kind that has media older than its interval, so many that the share of all media of the
 * kind is tested within the interval, those never tested first; and all media of a plan one of whose media failed since they
 * were last tested.
 */
export function dueTests(media: readonly TestedMedium[], rules: MediaRules, now: Date): TestedMedium[] {
  const due = new Map<string, TestedMedium>();
  const failed = new Map<string, Date>();
  for (const m of media)
    if (m.testOutcome === 'failed' && m.testedAt) {
      const before = failed.get(m.planId);
      if (!before || before < m.testedAt) failed.set(m.planId, m.testedAt);
    }
  for (const m of media) {
    const since = failed.get(m.planId);
    if (since && (m.testedAt === null || m.testedAt < since)) due.set(m.id, m);
  }
  for (const kind of MEDIUM_KINDS) {
    const all = media.filter((m) => m.kind === kind);
    const since = yearsBefore(now, rules.testYears[kind]);
    const old = all.filter((m) => m.writtenAt <= since && (m.testedAt === null || m.testedAt <= since));
    const tested = all.filter((m) => m.testedAt !== null && m.testedAt > since).length;
    const wanted = Math.ceil((all.length * rules.testShare) / 100) - tested;
    const year = String(now.getUTCFullYear());
    old
      .sort(
        (a, b) =>
          (a.testedAt?.getTime() ?? 0) - (b.testedAt?.getTime() ?? 0) ||
          lot(year + a.number) - lot(year + b.number),
      )
      .slice(0, Math.max(0, wanted))
      .forEach((m) => {
        due.set(m.id, m);
      });
  }
  return [...due.values()].sort((a, b) => (a.number < b.number ? -1 : 1));
}
