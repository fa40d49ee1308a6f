import { afterEach, beforeEach, describe } from 'vitest';
import { CHROMIUM } from './browser.ts';

/**
 * A scenario in numbered steps (`it`), each standing on the one before: after a step that failed the rest is skipped, so
 * that the report names the step and not its echoes.
 */
export function journey(title: string, steps: () => void): void {
  describe.skipIf(!CHROMIUM)(title, () => {
    let broken = false;
    beforeEach((context) => {
      if (broken) context.skip('an earlier step of this journey failed');
    });
    afterEach((context) => {
      if (context.task.result?.state === 'fail') broken = true;
    });
    steps();
  });
}
