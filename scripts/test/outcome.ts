import { relative } from 'node:path';

/** What one part of the test run came to. */
export interface Outcome {
  part: string;
  passed: number;
  failed: number;
  skipped: number;
  /** What failed: the file, the titles down to the test, and the first line of what was found wrong. */
  failures?: string[];
  /** What failed once and then held at each of the further runs of its file alone: good, but told, for it has a cause. */
  unsteady?: string[];
  /** Why the part, or some of it, was not performed. */
  notPerformed?: string;
}

/** The parts of vitest's JSON report that are read. */
export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name: string;
    status: string;
    /** Why the file could not be loaded. */
    message?: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[];
  }[];
}

/**
 * A file that could not even be loaded has no tests to count; it counts as one that failed.
 * Files are named as seen from `home`.
 */
export function outcomeOfReport(part: string, report: VitestReport, home: string): Outcome {
  const broken = report.testResults.filter((r) => r.status === 'failed' && r.assertionResults.length === 0);
  const named = (file: string, title: string, message: string | undefined) =>
    `${relative(home, file)}: ${[title, message?.split('\n', 1)[0]].filter(Boolean).join(': ')}`;
  return {
    part,
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...broken.map((r) => named(r.name, '', r.message)),
      ...report.testResults.flatMap((r) =>
        r.assertionResults
          .filter((a) => a.status === 'failed')
          .map((a) => named(r.name, a.fullName, a.failureMessages?.[0])),
      ),
    ],
  };
}

/** How many files that failed are looked at once more; where more of them failed, it was no chance. */
const MOST_FILES = 3;

/** The files a report says failed, as seen from `home`; none where they are too many to have failed by chance. */
export function filesToTryAgain(report: VitestReport, home: string): string[] {
  const failed = report.testResults.filter((r) => r.status === 'failed').map((r) => relative(home, r.name));
  return failed.length > MOST_FILES ? [] : failed;
}

/** @param again what further runs of all files that failed came to; where each of them is without a failure, so is the outcome */
export function withFurtherRuns(first: Outcome, again: readonly Outcome[]): Outcome {
  const steady = again.length > 0 && again.every((o) => o.failed === 0 && o.passed > 0);
  if (!steady) return first;
  const { failures = [], ...counts } = first;
  return { ...counts, passed: first.passed + first.failed, failed: 0, unsteady: failures };
}

export interface Closing {
  lines: string[];
  exitCode: number;
}

/**
 * The closing lines: what failed by name (whoever sees only the end of a run must know it), what it means, then the
 * bare counts. A part that was not performed counts as one skipped.
 */
export function closingOf(outcomes: readonly Outcome[]): Closing {
  const sum = (pick: (o: Outcome) => number) => outcomes.reduce((total, o) => total + pick(o), 0);
  const passed = sum((o) => o.passed);
  const failed = sum((o) => o.failed);
  const missing = outcomes.filter((o) => o.notPerformed !== undefined);
  const skipped = sum((o) => o.skipped) + missing.length;
  const nothing = passed + failed === 0;
  const verdict =
    failed > 0
      ? `Not good: ${failed} of ${passed + failed} checks failed (${outcomes
          .filter((o) => o.failed > 0)
          .map((o) => o.part)
          .join(', ')}).`
      : nothing
        ? 'Nothing was tried.'
        : missing.length > 0
          ? 'All that was tried works, but not everything was tried.'
          : 'Everything that was tried works.';
  return {
    lines: [
      ...outcomes.flatMap((o) => o.failures ?? []).map((failure) => `Failed: ${failure}`),
      ...outcomes
        .flatMap((o) => o.unsteady ?? [])
        .map((failure) => `Unsteady, failed once and then passed twice: ${failure}`),
      ...missing.map((o) => `Not performed: ${o.part}: ${o.notPerformed}`),
      verdict,
      `${passed} passed, ${failed} failed, ${skipped} skipped`,
    ],
    exitCode: failed > 0 || nothing ? 1 : 0,
  };
}
