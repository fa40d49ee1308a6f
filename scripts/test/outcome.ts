/** What one part of the test run came to. */
export interface Outcome {
  part: string;
  passed: number;
  failed: number;
  skipped: number;
  /** Why the part, or some of it, was not performed. */
  notPerformed?: string;
}

/** The parts of vitest's JSON report that are read. */
export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** A file that could not even be loaded has no tests to count; it counts as one that failed. */
export function outcomeOfReport(part: string, report: VitestReport): Outcome {
  const broken = report.testResults.filter(
    (r) => r.status === 'failed' && r.assertionResults.length === 0,
  ).length;
  return {
    part,
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

export interface Closing {
  lines: string[];
  exitCode: number;
}

/** The closing lines: what it means, then the bare counts. A part that was not performed counts as one skipped. */
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
      ...missing.map((o) => `Not performed: ${o.part}: ${o.notPerformed}`),
      verdict,
      `${passed} passed, ${failed} failed, ${skipped} skipped`,
    ],
    exitCode: failed > 0 || nothing ? 1 : 0,
  };
}
