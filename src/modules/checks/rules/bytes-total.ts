import { packageFaults } from './package.ts';
import type { Rule } from './rule.ts';

/** There are as many bytes as the form says, as exactly as the form says it. */
export const bytesTotal: Rule = {
  slug: 'bytes-total',
  nature: 'completeness',
  method: 'automatic',
  needsAll: true,
  begin(context) {
    packageFaults(context, 'bytes-total');
    const { declared, wholeBytes } = context.subject;
    let bytes = 0;
    return {
      file(_, { file, size }) {
        bytes += size ?? file.bytes ?? 0;
      },
      end() {
        context.memo('there', wholeBytes ?? bytes);
        if (declared?.bytes === undefined || declared.bytes === null) {
          context.notPerformed('check.reason.nothingDeclared');
          return;
        }
        context.judged();
        const { precision = 0, source } = declared;
        const fits = [bytes, wholeBytes ?? bytes].some(
          (n) => Math.abs(n - (declared.bytes ?? 0)) <= precision,
        );
        if (!fits)
          context.say('', '', 'check.finding.bytes', {
            said: declared.bytes,
            there: wholeBytes ?? bytes,
            source,
          });
      },
    };
  },
};
