import { compareDeclared } from './declared.ts';
import { packageFaults } from './package.ts';
import type { Rule } from './rule.ts';

/** There are as many bytes as the forms say, as exactly as they say it. */
export const bytesTotal: Rule = {
  slug: 'bytes-total',
  nature: 'completeness',
  method: 'automatic',
  needsAll: true,
  begin(context) {
    packageFaults(context, 'bytes-total');
    const { wholeBytes } = context.subject;
    let bytes = 0;
    return {
      file(_, { file, size }) {
        bytes += size ?? file.bytes ?? 0;
      },
      end() {
        const there = wholeBytes ?? bytes;
        context.memo('there', there);
        if (!compareDeclared(context, 'bytes', [there, bytes]))
          context.notPerformed('check.reason.nothingDeclared');
      },
    };
  },
};
