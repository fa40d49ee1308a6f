import type { Inside } from '#formats/inside';
import type { FoundFormat, IntakeCheck } from '../../package/records.ts';
import type { Category, Target } from '../domain/types.ts';
import { MADE } from './recipes.ts';

/** What is known of the original that the result has to agree with. */
export interface SourceFacts {
  pages?: number | undefined;
  width?: number | undefined;
  height?: number | undefined;
  seconds?: number | undefined;
}

/** Names of what is looked at in a result. */
export const RESULT_CHECKS = {
  format: 'format as wanted',
  opened: 'opened',
  pages: 'pages agree',
  size: 'size agrees',
  duration: 'duration agrees',
} as const;

const OPENED_AS: Readonly<Record<Target, Inside['kind']>> = {
  tiff: 'image',
  pdfa: 'pdf',
  wav: 'media',
  mp4: 'media',
};

/** Sound is decoded in frames, and a container may round: so many seconds, or this part of the whole, are no difference. */
const SLACK_SECONDS = 0.5;
const SLACK = 0.01;

/**
 * Whether the result of a conversion stands for the original, as far as figures tell. What could not be compared says so
 * and is no failure.
 */
export function checkResult(
  o: { target: Target; category: Category; source: SourceFacts },
  result: { format: FoundFormat | undefined; inside: Inside },
): IntakeCheck[] {
  const { target, category, source } = o;
  const { format, inside } = result;
  const judged = (check: string, passed: boolean, note: string): IntakeCheck => ({
    check,
    outcome: passed ? 'passed' : 'failed',
    note,
  });
  const notPerformed = (check: string, note: string): IntakeCheck => ({
    check,
    outcome: 'not performed',
    note,
  });
  const list: IntakeCheck[] = [
    judged(
      RESULT_CHECKS.format,
      format !== undefined && MADE[target].wanted.includes(format.puid),
      format?.puid ?? 'not told',
    ),
    judged(RESULT_CHECKS.opened, opens(target, inside), inside.notPerformed.join(' ') || inside.kind),
  ];
  if (target === 'tiff') {
    const { width, height } = inside.image ?? {};
    list.push(
      source.pages === undefined
        ? notPerformed(RESULT_CHECKS.pages, 'the original does not say')
        : judged(RESULT_CHECKS.pages, inside.pages === source.pages, `${source.pages}, ${inside.pages ?? 0}`),
      source.width === undefined
        ? notPerformed(RESULT_CHECKS.size, 'the original does not say')
        : judged(
            RESULT_CHECKS.size,
            width === source.width && height === source.height,
            `${source.width} × ${source.height}, ${width ?? 0} × ${height ?? 0}`,
          ),
    );
  }
  if (target === 'pdfa') {
    // Slides are pages; the lines of a text fall where fonts and printer let them.
    const fixed = category === 'presentation' && source.pages !== undefined;
    list.push(
      fixed
        ? judged(RESULT_CHECKS.pages, inside.pages === source.pages, `${source.pages}, ${inside.pages ?? 0}`)
        : notPerformed(
            RESULT_CHECKS.pages,
            `such a file has no fixed pages; the result has ${inside.pages ?? 0}`,
          ),
    );
  }
  if (target === 'wav' || target === 'mp4') {
    const seconds = inside.media?.seconds;
    list.push(
      source.seconds === undefined || seconds === undefined
        ? notPerformed(RESULT_CHECKS.duration, 'the duration is not known of both')
        : judged(
            RESULT_CHECKS.duration,
            Math.abs(seconds - source.seconds) <= Math.max(SLACK_SECONDS, source.seconds * SLACK),
            `${source.seconds.toFixed(2)} s, ${seconds.toFixed(2)} s`,
          ),
    );
  }
  return list;
}

function opens(target: Target, inside: Inside): boolean {
  if (inside.kind !== OPENED_AS[target]) return false;
  if (target === 'tiff') return inside.image !== undefined;
  if (target === 'pdfa') return (inside.pages ?? 0) > 0 && !inside.encrypted;
  const wanted = target === 'wav' ? 'sound' : 'picture';
  return inside.media?.tracks.some((t) => t.kind === wanted) ?? false;
}

/** Whether a result may stand beside its original. */
export const isSound = (checks: readonly IntakeCheck[]): boolean =>
  checks.every((c) => c.outcome !== 'failed');
