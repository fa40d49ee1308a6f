import { describe, expect, it } from 'vitest';
import { closingOf, filesToTryAgain, outcomeOfReport, withFurtherRuns } from './outcome.ts';

describe('the closing lines of a test run', () => {
  it('says that all is well, and the counts on a line of their own', () => {
    const { lines, exitCode } = closingOf([
      { part: 'types', passed: 1, failed: 0, skipped: 0 },
      { part: 'everyday tests', passed: 40, failed: 0, skipped: 2 },
    ]);
    expect(lines).toEqual(['Everything that was tried works.', '41 passed, 0 failed, 2 skipped']);
    expect(exitCode).toBe(0);
  });

  it('names the parts that failed', () => {
    const { lines, exitCode } = closingOf([{ part: 'journeys', passed: 3, failed: 2, skipped: 0 }]);
    expect(lines[0]).toBe('Not good: 2 of 5 checks failed (journeys).');
    expect(exitCode).toBe(1);
  });

  it('never counts as passed what could not be performed', () => {
    const { lines } = closingOf([
      { part: 'types', passed: 1, failed: 0, skipped: 0 },
      { part: 'journeys', passed: 0, failed: 0, skipped: 0, notPerformed: 'chromium is missing' },
    ]);
    expect(lines).toEqual([
      'Not performed: journeys: chromium is missing',
      'All that was tried works, but not everything was tried.',
      '1 passed, 0 failed, 1 skipped',
    ]);
  });

  it('counts a test file that could not be loaded as a failure, and names what failed', () => {
    const outcome = outcomeOfReport(
      'everyday tests',
      {
        numPassedTests: 5,
        numFailedTests: 1,
        numPendingTests: 1,
        numTodoTests: 1,
        testResults: [
          { name: '/home/x/a.test.ts', status: 'failed', message: 'no module b\nat …', assertionResults: [] },
          {
            name: '/home/x/c.test.ts',
            status: 'failed',
            assertionResults: [
              {
                fullName: 'A thing does it',
                status: 'failed',
                failureMessages: ['expected 1 to be 2\nat …'],
              },
              { fullName: 'A thing does more', status: 'passed' },
            ],
          },
        ],
      },
      '/home/x',
    );
    expect(outcome).toEqual({
      part: 'everyday tests',
      passed: 5,
      failed: 2,
      skipped: 2,
      failures: ['a.test.ts: no module b', 'c.test.ts: A thing does it: expected 1 to be 2'],
    });
    expect(closingOf([outcome]).lines).toEqual([
      'Failed: a.test.ts: no module b',
      'Failed: c.test.ts: A thing does it: expected 1 to be 2',
      'Not good: 2 of 7 checks failed (everyday tests).',
      '5 passed, 2 failed, 2 skipped',
    ]);
  });

  it('does not call an empty run a success', () => {
    expect(closingOf([]).exitCode).toBe(1);
  });

  describe('a file that failed and is run again', () => {
    const first = { part: 'tests', passed: 9, failed: 1, skipped: 0, failures: ['a.test.ts: killed: 0 > 0'] };
    const good = { part: 'tests second run', passed: 3, failed: 0, skipped: 0, failures: [] };

    it('is good where every further run is, and is told by name', () => {
      const closing = closingOf([withFurtherRuns(first, [good, good])]);
      expect(closing).toEqual({
        lines: [
          'Unsteady, failed once and then passed twice: a.test.ts: killed: 0 > 0',
          'Everything that was tried works.',
          '10 passed, 0 failed, 0 skipped',
        ],
        exitCode: 0,
      });
    });

    it('has failed where it fails again, where nothing ran, and where it was not run again', () => {
      const bad = { ...good, passed: 2, failed: 1 };
      for (const again of [[good, bad], [bad], [{ ...good, passed: 0 }], []])
        expect(closingOf([withFurtherRuns(first, again)]).exitCode).toBe(1);
    });

    it('is one of few: where more than three files failed, none is run again', () => {
      const results = (n: number) =>
        Array.from({ length: n }, (_, i) => ({
          name: `/home/x/${i}.test.ts`,
          status: i === 0 ? 'passed' : 'failed',
          assertionResults: [],
        }));
      const report = (n: number) => ({
        numPassedTests: 0,
        numFailedTests: 0,
        numPendingTests: 0,
        numTodoTests: 0,
        testResults: results(n),
      });
      expect(filesToTryAgain(report(3), '/home/x')).toEqual(['1.test.ts', '2.test.ts']);
      expect(filesToTryAgain(report(5), '/home/x')).toEqual([]);
    });
  });
});
