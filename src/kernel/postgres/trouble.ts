import { messageOf, Refusal } from '../errors.ts';

/** The error code of a failed system call, '' for anything else. */
export function codeOf(e: unknown): string {
  return e instanceof Error && 'code' in e && typeof e.code === 'string' ? e.code : '';
}

const NO_SPACE = /ENOSPC|EDQUOT|no space left on device|disk quota exceeded/i;
const NO_RIGHT =
  /EACCES|EPERM|EROFS|permission denied|read-only file system|ENOENT.*mkdir|operation not permitted/i;

/** Translates what happened while a folder was being written into a sentence for the person. */
export function storageTrouble(cause: unknown, folder: string): Refusal {
  const text = `${codeOf(cause)} ${messageOf(cause)}`;
  return knownTrouble(text, folder, cause) ?? unknownTrouble(messageOf(cause), folder, cause);
}

/** The Refusal for a text that names a known cause. */
export function knownTrouble(text: string, folder: string, cause?: unknown): Refusal | undefined {
  if (cause instanceof Refusal) return cause;
  if (NO_SPACE.test(text)) return diskFull(folder, cause);
  if (NO_RIGHT.test(text)) {
    return new Refusal(
      'data.notWritable',
      `The data folder ${folder} can not be written by this user. Choose another with LANTAI_DATA, or give this user the right to write there.`,
      { folder },
      { cause },
    );
  }
  return undefined;
}

export function diskFull(folder: string, cause?: unknown): Refusal {
  return new Refusal(
    'data.diskFull',
    `The disk that holds ${folder} is full. Free some space and start again; nothing was lost.`,
    { folder },
    { cause },
  );
}

function unknownTrouble(message: string, folder: string, cause: unknown): Refusal {
  return new Refusal(
    'data.notUsable',
    `The data folder ${folder} can not be used: ${message}.`,
    { folder },
    { cause },
  );
}
