import { type Actor, auditActor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { AuthoritiesDeps } from '../deps.ts';
import { clean } from '../domain/input.ts';
import { insertVocabulary, type Vocabulary } from '../store/vocabularies.ts';
import { demandNew } from './reach.ts';

/**
 * Adds a vocabulary: a list of subjects with a thesaurus of its own.
 *
 * @throws Refusal archive.notFound, vocabulary.code, vocabulary.name, vocabulary.duplicate, actor.forbidden
 */
export async function addVocabulary(
  deps: AuthoritiesDeps,
  actor: Actor,
  input: { archiveId: string; code: string; name: string; note?: string | null },
): Promise<Vocabulary> {
  const networkId = await demandNew(deps, actor, input.archiveId);
  const code = input.code.trim();
  const name = clean(input.name);
  if (!/^[\p{L}\p{N}_.-]{1,50}$/u.test(code))
    throw new Refusal('vocabulary.code', 'A vocabulary is known by letters and digits.', { field: 'code' });
  if (name === null) throw new Refusal('vocabulary.name', 'A vocabulary needs a name.', { field: 'name' });
  const vocabulary = {
    id: deps.newId(),
    networkId,
    archiveId: input.archiveId,
    code,
    name,
    note: clean(input.note),
  };
  await deps.db.as(scopeOf(actor), async (tx) => {
    if (!(await insertVocabulary(tx, vocabulary)))
      throw new Refusal('vocabulary.duplicate', `There is a vocabulary ${code} already.`, {
        field: 'code',
        code,
      });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: input.archiveId,
      act: 'vocabulary.added',
      target: { type: 'vocabulary', id: vocabulary.id },
      detail: { code, name },
    });
  });
  return vocabulary;
}
