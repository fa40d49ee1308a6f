import { createSkosWriter } from '#formats/skos';
import { type Actor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { type Language, t } from '#kernel/wording';
import type { AuthoritiesDeps } from '../deps.ts';
import { type Term, termPage, type Vocabulary, vocabularyById } from '../store/vocabularies.ts';

const AT_ONCE = 500;

async function* everyTerm(deps: AuthoritiesDeps, actor: Actor, vocabularyId: string): AsyncGenerator<Term[]> {
  let after: [string, string] | undefined;
  for (;;) {
    const place = after;
    const terms = await deps.db.as(scopeOf(actor), (tx) =>
      termPage(tx, { vocabularyId, after: place, limit: AT_ONCE }),
    );
    if (terms.length > 0) yield terms;
    const last = terms.at(-1);
    if (terms.length < AT_ONCE || !last) return;
    after = [last.key, last.id];
  }
}

/** A vocabulary to be taken out. @throws Refusal vocabulary.notFound */
export async function vocabularyOf(deps: AuthoritiesDeps, actor: Actor, id: string): Promise<Vocabulary> {
  const found = await deps.db.as(scopeOf(actor), (tx) => vocabularyById(tx, id));
  if (!found) throw new Refusal('vocabulary.notFound', 'There is no such vocabulary.');
  return found;
}

/** A thesaurus as a table that a spreadsheet program opens, in pieces. */
export async function* termsAsCsv(
  deps: AuthoritiesDeps,
  actor: Actor,
  v: Vocabulary,
  language: Language,
): AsyncGenerator<string> {
  const headings = [
    t(language, 'authority.kind.subject'),
    t(language, 'authority.form.useFor'),
    t(language, 'authority.relation.superior.subject'),
    t(language, 'authority.termRelated'),
    t(language, 'authority.element.scope'),
  ];
  yield `\ufeff${rowOf(headings)}`;
  for await (const terms of everyTerm(deps, actor, v.id))
    yield terms
      .map((x) =>
        rowOf([
          x.name,
          x.useFor.join(';'),
          x.broader.map((b) => b.name).join(';'),
          x.related.map((r) => r.name).join(';'),
          x.scope ?? '',
        ]),
      )
      .join('');
}

/** No cell begins a formula. */
const cellOf = (text: string): string =>
  `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
const rowOf = (cells: readonly string[]): string => `${cells.map(cellOf).join(',')}\r\n`;

/** A thesaurus in SKOS, in pieces. */
export async function* termsAsSkos(
  deps: AuthoritiesDeps,
  actor: Actor,
  v: Vocabulary,
): AsyncGenerator<string> {
  const writer = createSkosWriter(`urn:uuid:${v.id}`, v.name);
  yield writer.begin();
  for await (const terms of everyTerm(deps, actor, v.id))
    yield terms
      .map((x) =>
        writer.concept({
          about: `urn:uuid:${x.id}`,
          preferred: x.name,
          alternative: x.useFor,
          broader: x.broader.map((b) => `urn:uuid:${b.id}`),
          related: x.related.map((r) => `urn:uuid:${r.id}`),
          scope: x.scope,
        }),
      )
      .join('');
  yield writer.end();
}
