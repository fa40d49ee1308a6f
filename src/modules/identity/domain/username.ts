import { Refusal } from '#kernel/errors';

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,63}$/u;

/** A user name as it is stored and compared: one width, one case, no space around it. */
export function foldUsername(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

/** The folded name of a new account. @throws Refusal person.name */
export function newUsername(name: string): string {
  const username = foldUsername(name);
  if (!NAME.test(username)) {
    throw new Refusal(
      'person.name',
      'A user name has 2 to 64 letters, digits or . _ @ - and starts with a letter or digit.',
    );
  }
  return username;
}
