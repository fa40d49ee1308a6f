import { messageOf, Refusal } from '#kernel/errors';

/** @param name of the thing at the place */
export function missing(name: string, place: string): Refusal {
  return new Refusal('backup.missing', `${name} is missing in ${place}.`, { name, place });
}

/** A failure at a place in a sentence for the person. What was there before is untouched. */
export function placeTrouble(cause: unknown, place: string, name: string): unknown {
  if (cause instanceof Refusal) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new Refusal(
      'backup.placeFull',
      `There is no room left in ${place}. Earlier backups are untouched; this one does not count. Make room and start again.`,
      { place },
      { cause },
    );
  if (['EACCES', 'EPERM', 'EROFS'].includes(code))
    return new Refusal(
      'backup.placeClosed',
      `This user may not read or write ${name === '' ? place : `${name} in ${place}`}.`,
      { place, name },
      { cause },
    );
  if (['EIO', 'ENOTCONN', 'ESTALE', 'ETIMEDOUT', 'ENODEV', 'EHOSTDOWN'].includes(code))
    return new Refusal(
      'backup.placeGone',
      `${place} can not be reached (${messageOf(cause)}). Earlier backups are untouched; this one does not count.`,
      { place },
      { cause },
    );
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return new Refusal(
      'backup.noPlace',
      `${place} is no folder that backups could lie in.`,
      { place },
      { cause },
    );
  return cause;
}
