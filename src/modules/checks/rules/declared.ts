import type { MessageKey } from '#kernel/wording';
import type { Declared } from '../domain/subject.ts';
import type { RuleContext } from './rule.ts';

type Total = 'items' | 'files' | 'bytes';
const DIFFERS: Readonly<Record<Total, MessageKey>> = {
  items: 'check.finding.count',
  files: 'check.finding.files',
  bytes: 'check.finding.bytes',
};

/**
 * Compares every declaration of a total with what is there, and each with the register of the handover. What the package's own
 * validator compared is not told twice; that it was compared is.
 *
 * @param there what is there; where several figures may be meant, the first is told
 * @returns whether anything was declared
 */
export function compareDeclared(
  context: RuleContext,
  total: Total,
  there: readonly [number, ...number[]],
): boolean {
  const said = context.subject.declared.filter((d) => typeof d[total] === 'number');
  if (said.length === 0) return false;
  context.memo('declared', said.map((d) => `${d.source} ${Math.round(d[total] ?? 0)}`).join('; '));
  // Bytes of a package and of the file it is wrapped in are not the same figure: only records are compared with the register.
  const register = total === 'items' ? said.find((d) => d.isRegister) : undefined;
  for (const d of said) {
    context.judged();
    if (!d.isJudged && !there.some((n) => fits(d, total, n)))
      context.say('', '', DIFFERS[total], {
        said: Math.round(d[total] ?? 0),
        there: there[0],
        source: d.source,
      });
    if (register && d !== register && d[total] !== register[total])
      context.say('', '', 'check.finding.countRegister', {
        said: d[total] ?? 0,
        source: d.source,
        registered: register[total] ?? 0,
        register: register.source,
      });
  }
  return true;
}

const fits = (d: Declared, total: Total, n: number): boolean =>
  Math.abs(n - (d[total] ?? 0)) <= (total === 'bytes' ? (d.precision ?? 0) : 0);
