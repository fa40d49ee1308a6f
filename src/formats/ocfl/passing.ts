import { isRefusal } from '#kernel/errors';

/** Another writer is at the object, or was first: a matter of the moment, and nobody's failure. */
const PASSING: ReadonlySet<string> = new Set(['ocfl.locked', 'ocfl.headMoved']);

/** Whether writing an object was refused only because of another writer, so that it is to be tried again soon. */
export const isPassing = (e: unknown): boolean => isRefusal(e) && PASSING.has(e.code);
