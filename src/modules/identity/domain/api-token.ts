import type { Capability } from '#kernel/actor';
import { CAPABILITIES } from '#kernel/actor';
import { Refusal } from '#kernel/errors';

/** What an API token may be used for: never more than its owner may at that moment. */
export interface TokenScope {
  capabilities: readonly string[];
  /** Null: every archive its owner works for. */
  archives: readonly string[] | null;
}

/** Marks our tokens, so that scanners of source code find one that was left lying about. */
export const TOKEN_MARK = 'lantai_';
const DAY = 86_400_000;
export const LONGEST_TOKEN_DAYS = 366;
/** Rights over people and rights, and what asks for a fresh sign-in, are for persons, not for programs. */
const NOT_FOR_TOKENS: ReadonlySet<string> = new Set([
  'people.manage',
  'rights.manage',
  'rights.approve',
  'grants.manage',
  'personal.unmask',
]);

/**
 * The scope and end of a new token.
 *
 * @throws Refusal token.scope, token.days
 */
export function newTokenScope(
  rights: ReadonlyMap<string, ReadonlySet<Capability>>,
  wanted: TokenScope & { days: number },
  now: Date,
): TokenScope & { expiresAt: Date } {
  const { days } = wanted;
  if (!Number.isInteger(days) || days < 1 || days > LONGEST_TOKEN_DAYS) {
    throw new Refusal('token.days', `A token is valid for 1 to ${LONGEST_TOKEN_DAYS} days.`, {
      max: LONGEST_TOKEN_DAYS,
    });
  }
  const capabilities = [...new Set(wanted.capabilities)];
  const archives = wanted.archives === null ? null : [...new Set(wanted.archives)];
  const inScope = archives === null ? [...rights.values()] : archives.map((a) => rights.get(a));
  const held = (c: string) => CAPABILITIES.some((known) => known === c && inScope.some((r) => r?.has(known)));
  const wrong = capabilities.find((c) => NOT_FOR_TOKENS.has(c) || !held(c));
  if (wrong !== undefined || capabilities.length === 0 || inScope.some((r) => r === undefined)) {
    throw new Refusal(
      'token.scope',
      'A token can do no more than its owner, and nothing that changes people or rights. Choose at least one act that the owner may do in the archives chosen.',
      wrong === undefined ? {} : { capability: wrong },
    );
  }
  return { capabilities, archives, expiresAt: new Date(now.getTime() + days * DAY) };
}

/** The rights of the owner, cut down to the token's. */
export function narrowed(
  rights: ReadonlyMap<string, ReadonlySet<Capability>>,
  scope: TokenScope,
): Map<string, Set<Capability>> {
  const cut = new Map<string, Set<Capability>>();
  for (const [archiveId, capabilities] of rights) {
    if (scope.archives !== null && !scope.archives.includes(archiveId)) continue;
    const left = new Set([...capabilities].filter((c) => scope.capabilities.includes(c)));
    if (left.size > 0) cut.set(archiveId, left);
  }
  return cut;
}
