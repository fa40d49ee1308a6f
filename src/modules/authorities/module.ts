import { type Actor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { Language } from '#kernel/wording';
import {
  addAuthority,
  type Correction,
  correctAuthority,
  type NewAuthority,
  removeUnused,
} from './commands/authorities.ts';
import { importEac } from './commands/eac.ts';
import {
  linkUnit,
  nameCreator,
  relateUnits,
  removeCreator,
  unlinkUnit,
  unrelateUnits,
} from './commands/links.ts';
import { linkJob, linkWritten } from './commands/linkWritten.ts';
import { mergeAuthorities, mergesOf, previewMergeBack, takeMergeBack } from './commands/merging.ts';
import { networkOf } from './commands/reach.ts';
import { type RelationInput, relate, unrelate } from './commands/relations.ts';
import { importTerms } from './commands/terms.ts';
import { addVocabulary } from './commands/vocabularies.ts';
import type { AuthoritiesDeps } from './deps.ts';
import {
  branchOf,
  listAuthorities,
  readAuthorityOf,
  recordsOf,
  suggestAuthorities,
} from './queries/authorities.ts';
import { eacOf, everyEac } from './queries/eac.ts';
import { creatorsOf, linksOf } from './queries/links.ts';
import { spelled } from './queries/spelled.ts';
import { termsAsCsv, termsAsSkos, vocabularyOf } from './queries/terms.ts';
import { vocabularies } from './store/vocabularies.ts';

export type Authorities = ReturnType<typeof createAuthorities>;

/** Bodies, persons, families, places, subjects and functions, how they stand to one another, and the records they belong to. */
export function createAuthorities(deps: AuthoritiesDeps) {
  return {
    list: (
      actor: Actor,
      wanted: Parameters<typeof listAuthorities>[2],
      o: Parameters<typeof listAuthorities>[3],
    ) => listAuthorities(deps, actor, wanted, o),
    suggest: (actor: Actor, o: Parameters<typeof suggestAuthorities>[2]) =>
      suggestAuthorities(deps, actor, o),
    /** How names that were written are written in the list. @throws Refusal archive.notFound */
    spelled: (actor: Actor, o: Parameters<typeof spelled>[2]) => spelled(deps, actor, o),
    branch: (actor: Actor, o: Parameters<typeof branchOf>[2]) => branchOf(deps, actor, o),
    read: (actor: Actor, id: string) => readAuthorityOf(deps, actor, id),
    add: (actor: Actor, input: NewAuthority) => addAuthority(deps, actor, input),
    correct: (actor: Actor, id: string, version: number, input: Correction) =>
      correctAuthority(deps, actor, id, version, input),
    merge: (actor: Actor, id: string, o: Parameters<typeof mergeAuthorities>[3]) =>
      mergeAuthorities(deps, actor, id, o),
    merges: (actor: Actor, id: string) => mergesOf(deps, actor, id),
    previewMergeBack: (actor: Actor, id: string, mergeId: string) =>
      previewMergeBack(deps, actor, id, mergeId),
    takeMergeBack: (actor: Actor, id: string, mergeId: string, o: Parameters<typeof takeMergeBack>[4]) =>
      takeMergeBack(deps, actor, id, mergeId, o),
    remove: (actor: Actor, id: string, version: number) => removeUnused(deps, actor, id, version),
    relate: (actor: Actor, id: string, input: RelationInput) => relate(deps, actor, id, input),
    unrelate: (actor: Actor, id: string, relationId: string) => unrelate(deps, actor, id, relationId),

    records: (actor: Actor, id: string, o: Parameters<typeof recordsOf>[3]) => recordsOf(deps, actor, id, o),
    linksOf: (actor: Actor, unitId: string) => linksOf(deps, actor, unitId),
    link: (actor: Actor, o: Parameters<typeof linkUnit>[2]) => linkUnit(deps, actor, o),
    unlink: (actor: Actor, o: Parameters<typeof unlinkUnit>[2]) => unlinkUnit(deps, actor, o),
    relateUnits: (actor: Actor, unitId: string, o: Parameters<typeof relateUnits>[3]) =>
      relateUnits(deps, actor, unitId, o),
    unrelateUnits: (actor: Actor, unitId: string, relationId: string) =>
      unrelateUnits(deps, actor, unitId, relationId),
    creatorsOf: (actor: Actor, fondsId: string) => creatorsOf(deps, actor, fondsId),
    nameCreator: (actor: Actor, o: Parameters<typeof nameCreator>[2]) => nameCreator(deps, actor, o),
    removeCreator: (actor: Actor, o: Parameters<typeof removeCreator>[2]) => removeCreator(deps, actor, o),

    /** Vocabularies of the tree of an archive, or all. @throws Refusal archive.notFound */
    async vocabularies(actor: Actor, archiveId: string | undefined) {
      const networkId = archiveId ? await networkOf(deps, archiveId) : null;
      return deps.db.as(scopeOf(actor), (tx) => vocabularies(tx, networkId));
    },
    addVocabulary: (actor: Actor, input: Parameters<typeof addVocabulary>[2]) =>
      addVocabulary(deps, actor, input),

    /** @throws Refusal archive.notFound */
    async archive(id: string) {
      const found = (await deps.archives()).find((a) => a.id === id);
      if (!found) throw new Refusal('archive.notFound', 'There is no such archive.');
      return found;
    },
    importEac: (actor: Actor, o: Parameters<typeof importEac>[2]) => importEac(deps, actor, o),
    eac: (actor: Actor, id: string) => eacOf(deps, actor, id),
    everyEac: (actor: Actor, archiveId: string) => everyEac(deps, actor, archiveId),
    importTerms: (actor: Actor, o: Parameters<typeof importTerms>[2]) => importTerms(deps, actor, o),
    vocabulary: (actor: Actor, id: string) => vocabularyOf(deps, actor, id),
    termsAsCsv: (actor: Actor, v: Parameters<typeof termsAsCsv>[2], language: Language) =>
      termsAsCsv(deps, actor, v, language),
    termsAsSkos: (actor: Actor, v: Parameters<typeof termsAsSkos>[2]) => termsAsSkos(deps, actor, v),
    linkWritten: (actor: Actor, o: Parameters<typeof linkWritten>[2]) => linkWritten(deps, actor, o),
    jobs: [linkJob(deps)],
  };
}
