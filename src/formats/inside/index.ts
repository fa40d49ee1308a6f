import { Refusal } from '#kernel/errors';
import { Thread, ThreadFailure } from '#kernel/threads';
import { lookInsideImage } from './image.ts';
import { kindOf } from './kind.ts';
import { pagesOfLocked } from './locked.ts';
import { lookInsideOfd } from './ofd.ts';
import type { InsideRequest } from './thread.ts';
import type { Inside } from './types.ts';

export type {
  AttachmentInside,
  FontInside,
  ImageInside,
  Inside,
  InsideKind,
  MailInside,
  MediaInside,
  MediaTrack,
  OfdInside,
  OfficeInside,
  PdfInside,
  SignatureInside,
} from './types.ts';
export type { VeraPdfReport } from './veraPdf.ts';

const MAX_HEAP_MB = 768;
const LOOK_MS = 60_000;

export interface LookOptions {
  /** Certificates somebody has decided to trust, as PEM. Trust is never drawn from a file itself. */
  trust?: readonly string[];
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
  /** veraPDF's command: what a PDF claims of PDF/A is judged by it besides, where it is installed. */
  veraPdf?: string;
}

/**
 * Looks inside of a file: pages, sizes, fonts, sound and film, macros, attachments, signatures, PDF/A. What it is, is
 * told by its bytes. A file that hangs, crashes or eats memory costs only a thread of its own.
 *
 * @throws Refusal `inside.tooSlow`, `inside.tooDemanding`; the system's errors where the file can not be read. What is
 *   damaged or not understood is no error: it stands in `notPerformed`.
 */
export async function lookInside(path: string, options: LookOptions = {}): Promise<Inside> {
  const { signal, timeoutMs = LOOK_MS, trust = [] } = options;
  const kind = await kindOf(path);
  if (kind === 'other') return { kind, notPerformed: ['Nothing is known of the inside of this format.'] };
  // These two have threads of their own where they need them.
  if (kind === 'ofd') return lookInsideOfd(path, trust, signal);
  if (kind === 'image') return lookInsideImage(path);
  const thread = new Thread({ script: new URL('./thread.ts', import.meta.url), maxHeapMb: MAX_HEAP_MB });
  try {
    const request: InsideRequest = { path, kind, trust: [...trust] };
    const inside = await thread.ask<Inside>(request, { timeoutMs, signal });
    if (kind !== 'pdf') return inside;
    const looked = inside.encrypted ? await pagesOfLocked(path, inside, signal) : inside;
    return options.veraPdf === undefined ? looked : await withVeraPdf(path, looked, options.veraPdf, signal);
  } catch (e) {
    throw refusalOf(e);
  } finally {
    await thread.stop();
  }
}

/** What a file claims is judged by veraPDF too, or it is said why not. */
async function withVeraPdf(
  path: string,
  inside: Inside,
  command: string,
  signal: AbortSignal | undefined,
): Promise<Inside> {
  const flavour = inside.pdf?.pdfA.claim.flavour;
  if (!inside.pdf || !flavour) return inside;
  const { askVeraPdf } = await import('./veraPdf.ts');
  const answer = await askVeraPdf(command, path, flavour, signal);
  if (answer && 'report' in answer) return { ...inside, pdf: { ...inside.pdf, veraPdf: answer.report } };
  const why = answer ? `veraPDF gave no verdict: ${answer.why}.` : 'veraPDF is not installed;';
  return {
    ...inside,
    notPerformed: [...inside.notPerformed, `${why} PDF/A was judged by our own checks alone.`],
  };
}

function refusalOf(e: unknown): unknown {
  if (!(e instanceof ThreadFailure)) return e;
  return e.why === 'timedOut'
    ? new Refusal(
        'inside.tooSlow',
        'Looking inside of the file took too long and was given up.',
        {},
        { cause: e },
      )
    : new Refusal(
        'inside.tooDemanding',
        'The file needs more memory than is allowed, or is made to crash.',
        {},
        { cause: e },
      );
}
