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

const MAX_HEAP_MB = 768;
const LOOK_MS = 60_000;

export interface LookOptions {
  /** Certificates somebody has decided to trust, as PEM. Trust is never drawn from a file itself. */
  trust?: readonly string[];
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
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
    return kind === 'pdf' && inside.encrypted ? await pagesOfLocked(path, inside, signal) : inside;
  } catch (e) {
    throw refusalOf(e);
  } finally {
    await thread.stop();
  }
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
