import { manual } from './manual.ts';
import type { Rule } from './rule.ts';

/** The carrier is read as fast as its kind is: a person judges by the time it took. */
export const mediaSpeed: Rule = manual('media-speed', 'security', (context) => {
  if (context.subject.carrier === 'online') {
    context.notApplicable('check.reason.online');
    return {};
  }
  const began = performance.now();
  let bytes = 0;
  return {
    file: (_, { size }) => {
      bytes += size ?? 0;
    },
    end() {
      const seconds = Math.max(0.001, (performance.now() - began) / 1000);
      context.memo('megabytesPerSecond', Math.round((bytes / 1e6 / seconds) * 10) / 10);
    },
  };
});
