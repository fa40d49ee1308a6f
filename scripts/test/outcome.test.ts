import { describe, expect, it } from 'vitest';
import { closingOf, outcomeOfReport } from './outcome.ts';

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

  it('counts a test file that could not be loaded as a failure', () => {
    const outcome = outcomeOfReport('everyday tests', {
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{}] },
        { status: 'passed', assertionResults: [{}] },
      ],
    });
    expect(outcome).toEqual({ part: 'everyday tests', passed: 5, failed: 2, skipped: 2 });
  });

  it('does not call an empty run a success', () => {
    expect(closingOf([]).exitCode).toBe(1);
  });
});
