import { printAgreement, printForm, printHonour } from '#formats/print';
import { type Actor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { type Language, type MessageKey, t } from '#kernel/wording';
import { readableDeed } from '../commands/deeds.ts';
import { archiveOf, demandRead, noAccession, readableAccession } from '../commands/reach.ts';
import { noSource } from '../commands/sources.ts';
import type { AccessionDeps } from '../deps.ts';
import { type Extent, isNothing, nothing } from '../domain/extent.ts';
import { readable } from '../domain/money.ts';
import type { Accession } from '../store/accessions.ts';
import type { Deed } from '../store/deeds.ts';
import { movementsOf } from '../store/movements.ts';
import { honourById, sourceById } from '../store/sources.ts';
import { dayWords, extentWords, nameOf, spanWords } from './words.ts';

export interface Paper {
  name: string;
  pdf: Buffer;
}

/** What of the catalogue belongs here. */
type Key = MessageKey extends infer K ? (K extends `accession.${infer Rest}` ? Rest : never) : never;
const wordsIn =
  (language: Language) =>
  (key: Key, values: Record<string, string | number> = {}): string =>
    t(language, `accession.${key}`, values);

/** What came, else what was promised. */
const extentOf = (a: Accession): Partial<Extent> =>
  isNothing(a.came) ? Object.assign(nothing(), a.promised) : a.came;

/** An agreement to be signed by both sides. @throws Refusal deed.notFound */
export async function deedPaper(
  deps: AccessionDeps,
  actor: Actor,
  id: string,
  language: Language,
): Promise<Paper> {
  const { deed, a } = await deps.db.as(scopeOf(actor), async (tx) => {
    const found = await readableDeed(tx, actor, id);
    return { deed: found, a: await readableAccession(deps, tx, actor, found.accessionId) };
  });
  const of = wordsIn(language);
  const clauses = clausesOf(of, language, a, deed).map(({ key, paragraphs }, i) => ({
    heading: of('paper.clause', { n: numeral(language, i + 1), words: of(key) }),
    paragraphs,
  }));
  const pdf = await printAgreement({
    title: of(`deed.title.${deed.kind}`),
    number: deed.number,
    language,
    at: deps.clock.now(),
    author: nameOf(await archiveOf(deps, deed.archiveId), language),
    parties: [
      [of(`paper.partyA.${deed.kind}`), deed.theirParty],
      [of('paper.partyB'), deed.ourParty],
    ],
    lead: of(`paper.lead.${deed.kind}`),
    clauses,
    signatures: [deed.theirParty, deed.ourParty].map((party) => ({
      party,
      lines: [
        of('paper.signature'),
        `${of('paper.date')} ${deed.signedOn ? dayWords(language, deed.signedOn) : ''}`.trim(),
      ],
    })),
    page: (page, pages) => t(language, 'printForm.page', { page, pages }),
  });
  return { name: `${deed.number}.pdf`, pdf };
}

type Of = ReturnType<typeof wordsIn>;

interface Clause {
  key: 'paper.what' | 'paper.property' | 'paper.price' | 'paper.term' | 'paper.terms' | 'paper.copies';
  paragraphs: string[];
}

/** What an agreement says, clause by clause; what it says nothing of is no clause. */
function clausesOf(of: Of, language: Language, a: Accession, deed: Deed): Clause[] {
  const line = (key: Key, value: string | null) =>
    value ? [of('paper.line', { label: of(key), value })] : [];
  const terms = [
    ...line('accessTerms', a.accessTerms),
    ...line('reproductionTerms', a.reproductionTerms),
    ...line('publicationTerms', a.publicationTerms),
    ...line('embargoUntil', a.embargoUntil && dayWords(language, a.embargoUntil)),
    ...line('creditLine', a.creditLine),
    ...(deed.conditions ? deed.conditions.split('\n') : []),
  ];
  const clauses: Clause[] = [
    {
      key: 'paper.what',
      paragraphs: [
        ...line('name', a.title),
        ...line('extent', extentWords(language, extentOf(a))),
        ...line('span', spanWords(a)),
        ...line('description', a.description),
        ...line('originalHolder', [a.originalHolder, a.originalCode].filter(Boolean).join(' ')),
        ...line('physicalState', a.physicalState),
      ],
    },
    {
      key: 'paper.property',
      paragraphs: [
        of(
          deed.propertyPasses
            ? 'paper.propertyPasses'
            : `paper.propertyStays.${deed.kind === 'copy' ? 'copy' : 'other'}`,
        ),
        ...(deed.rights ? deed.rights.split('\n') : []),
      ],
    },
    { key: 'paper.price', paragraphs: a.price ? [of('paper.priceWords', { price: readable(a.price) })] : [] },
    {
      key: 'paper.term',
      paragraphs: deed.endsOn ? [of('paper.termWords', { day: dayWords(language, deed.endsOn) })] : [],
    },
    { key: 'paper.terms', paragraphs: terms },
    { key: 'paper.copies', paragraphs: [of('paper.copiesWords')] },
  ];
  return clauses.filter((c) => c.paragraphs.length > 0);
}

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const numeral = (language: Language, n: number): string =>
  language === 'en' ? String(n) : (NUMERALS[n - 1] ?? String(n));

/** A receipt for a part that came, or for what was given back. @throws Refusal accession.notFound */
export async function receiptPaper(
  deps: AccessionDeps,
  actor: Actor,
  o: { id: string; movementId: string },
  language: Language,
): Promise<Paper> {
  const { a, movement } = await deps.db.as(scopeOf(actor), async (tx) => {
    const found = await readableAccession(deps, tx, actor, o.id);
    return { a: found, movement: (await movementsOf(tx, o.id)).find((m) => m.id === o.movementId) };
  });
  if (!movement) throw noAccession();
  const of = wordsIn(language);
  const archive = nameOf(await archiveOf(deps, a.archiveId), language);
  const isIn = movement.kind === 'in';
  const [giver, taker] = isIn ? [a.sourceName, archive] : [archive, a.sourceName];
  const label = (text: string) => ({ text, span: 3, bold: true, align: 'center' as const });
  const row = (key: Key, value: string | null) => (value ? [[label(of(key)), { text: value, span: 9 }]] : []);
  const number = `${a.number}-${String(movement.no).padStart(2, '0')}`;
  const hand = (name: string) => `${name}\n\n${of('paper.signature')}　　　　　　　　\n${of('paper.date')}`;
  const pdf = await printForm({
    title: of(isIn ? 'paper.receipt' : 'paper.receiptBack'),
    number,
    mark: '',
    language,
    at: movement.at,
    author: archive,
    rows: [
      [{ text: of(isIn ? 'paper.receiptLead' : 'paper.receiptBackLead', { giver, taker }), span: 12 }],
      ...row('name', a.title),
      ...row('wayLabel', of(`way.${a.way}`)),
      ...row('paper.day', dayWords(language, movement.day)),
      ...row('extent', extentWords(language, movement.extent)),
      ...row('physicalState', a.physicalState),
      ...row('decision.reason', isIn ? null : (a.decision?.reason ?? null)),
      ...row('note', movement.note),
      [
        { text: `${of('paper.giver')}\n${hand(giver)}`, span: 6 },
        { text: `${of('paper.taker')}\n${hand(taker)}`, span: 6 },
      ],
    ],
    code: `LANTAI ${number}`,
    hints: [of('paper.receiptHint'), `${archive} ${number}`],
  });
  return { name: `${number}.pdf`, pdf };
}

/** A certificate of gift, of collection or of honour. @throws Refusal source.notFound */
export async function honourPaper(
  deps: AccessionDeps,
  actor: Actor,
  id: string,
  language: Language,
): Promise<Paper> {
  const { honour, name } = await deps.db.as(scopeOf(actor), async (tx) => {
    const found = await honourById(tx, id);
    if (!found) throw noSource();
    demandRead(actor, found.archiveId, noSource());
    return { honour: found, name: await nameOn(tx, found.sourceId) };
  });
  const of = wordsIn(language);
  const pdf = await printHonour({
    title: of(`honour.${honour.kind}`),
    number: honour.number,
    language,
    at: deps.clock.now(),
    archive: nameOf(await archiveOf(deps, honour.archiveId), language),
    to: of('paper.honourTo', { name }),
    words: honour.words.split('\n').filter((line) => line.trim() !== ''),
    day: dayWords(language, honour.issuedOn),
  });
  return { name: `${honour.number}.pdf`, pdf };
}

/** As it may be shown: of who wishes not to be named, the other name. */
async function nameOn(tx: Tx, sourceId: string): Promise<string> {
  const source = await sourceById(tx, sourceId);
  if (!source) throw noSource();
  return source.name;
}
