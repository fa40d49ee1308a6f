/** Why the installation cannot go on, in one sentence that says what to do. */
export class Trouble extends Error {}

const CAUSES = [
  [/ENOSPC|no space left on device/i, (_where) => 'the disk is full. Free about 2 GB and start again.'],
  [
    /EDQUOT|disk quota exceeded/i,
    (_where) => 'the disk quota of this user is used up. Free about 2 GB and start again.',
  ],
  [
    /EROFS|read-only file system/i,
    (where) => `${where} is on a read-only file system. Start once from a place that can be written.`,
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENETDOWN|ERR_SOCKET_TIMEOUT|network request|FETCH_ERROR|UNABLE_TO_GET_ISSUER|SELF_SIGNED_CERT/i,
    (_where) =>
      'the npm registry could not be reached. Check the network (behind a proxy: npm config set proxy; with a mirror: npm config set registry) and start again.',
  ],
  [
    /EACCES|EPERM|permission denied/i,
    (where) =>
      `no permission to write in ${where}. Start once as the user who owns that folder, or give this user the right to write there.`,
  ],
  [/E401|E403|ENEEDAUTH/, (_where) => 'the npm registry refused access. Check the registry settings of npm.'],
  [
    /E404|ETARGET/,
    (_where) =>
      'the npm registry does not have a package that is needed. Check the registry settings of npm.',
  ],
  [
    /EINTEGRITY/,
    (_where) => 'a package arrived damaged. Clear the npm cache (npm cache clean --force) and start again.',
  ],
];

/**
 * The sentence for what went wrong.
 *
 * @param {string} text what a failed command printed, or the message of a file system error
 * @param {string} where the folder that was being written
 * @returns {string | undefined} undefined when the cause is none of the known ones
 */
export function explain(text, where) {
  for (const [pattern, sentence] of CAUSES) if (pattern.test(text)) return sentence(where);
  return undefined;
}

/** Turns anything thrown into a Trouble about `what`. */
export function asTrouble(error, what, where) {
  if (error instanceof Trouble) return error;
  const text = error instanceof Error ? `${error.code ?? ''} ${error.message}` : String(error);
  return new Trouble(`${what}: ${explain(text, where) ?? text.trim()}`);
}
