import { createHash } from 'node:crypto';
import { type FormCell, type FormInput, printForm } from '#formats/print';
import { dayIn } from '#kernel/calendar';
import { type Language, type MessageKey, t } from '#kernel/wording';
import { type Nature, type Outcome, ruleOf, type Slug } from '#modules/checks';
import { type DepositOutcome, gigabytes } from './domain/register.ts';
import type { Batch, CheckSummary } from './store/batches.ts';
import type { Moved } from './store/moves.ts';

/** What the paper is drawn of. */
export interface SheetFacts {
  batch: Batch;
  archive: { code: string; name: string };
  moves: readonly Moved[];
  /** Statements as they were signed; null: not yet. */
  agencyRegister: string | null;
  register: string | null;
  /** What the four natures came to at each side; undefined where they were not checked. */
  checked: { agency: Outcome | undefined; archive: Outcome | undefined };
  /** What it came to beside earlier deposits of the agency; null: it met none, or is not with the archive. */
  deposits: DepositOutcome | null;
  language: Language;
  timeZone: string;
  at: Date;
}

/** Somebody's name and day, or a place for them. */
interface Hand {
  name: string;
  at: Date | null;
}

/** What the form has both sides inspect, and the nature of DA/T 70 that it is. */
const INSPECTED = [
  ['accuracy', 'authenticity'],
  ['completeness', 'completeness'],
  ['usability', 'usability'],
  ['safety', 'security'],
] as const satisfies readonly (readonly [string, Nature])[];
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * 电子档案移交与接收登记表 as a paper (annex 1 of 2012 [S:T2012]): as far as it is filled in, which both sides sign by machine; a
 * draft says that it is one. @returns the PDF
 */
export const printRegisterSheet = (facts: SheetFacts): Promise<Buffer> => printForm(sheetOf(facts));

/** The form, for whoever draws it. */
export function sheetOf(f: SheetFacts): FormInput {
  const { batch, archive, language, timeZone } = f;
  const word = (key: MessageKey, values: Record<string, string | number> = {}) => t(language, key, values);
  const of = (key: string, values: Record<string, string | number> = {}) =>
    word(`transferSheet.${key}` as MessageKey, values);
  const last = (act: Moved['act']): Hand => {
    const move = f.moves.findLast((m) => m.act === act && m.round === batch.round);
    return { name: move?.personName ?? '', at: move?.at ?? null };
  };
  const decided = batch.state === 'accepting' || batch.state === 'accepted';
  const none: Hand = { name: '', at: null };
  const set = batch.carrier === 'offline' ? batch.media : null;
  const sent = f.moves.findLast((m) => (m.act === 'send' || m.act === 'dispatch') && m.round === batch.round);
  const agency = {
    filledIn: { name: batch.preparedByName, at: batch.preparedAt },
    checked: f.agencyRegister === null ? none : { name: sent?.personName ?? '', at: sent?.at ?? null },
  };
  const receiver = {
    filledIn: last('propose'),
    checked: decided ? last('accept') : none,
  };
  const hand = ({ name, at }: Hand) =>
    `${name || '　'}\n${of('date')} ${at === null ? '' : dayIn(at, timeZone)}`;
  const seal = (name: string, statement: string | null) =>
    statement === null
      ? `${name}\n${of('unsigned')}`
      : `${name}\n${of('signedWith', { at: signedAt(statement, timeZone) })}\nSHA-256 ${sha256(statement)}`;
  const label = (text: string): FormCell => ({ text, span: 3, bold: true, align: 'center' });
  const value = (text: string, span = 9): FormCell => ({ text, span });
  const both = (key: string, mine: string, theirs: string): FormCell[] => [
    label(of(key)),
    value(mine, 5),
    value(theirs, 4),
  ];
  const size = `${gigabytes(batch.bytes)} GB`;
  return {
    title: of('title'),
    number: `${batch.number}${batch.round > 1 ? ` · ${word('transfer.round', { n: batch.round })}` : ''}`,
    mark: f.register !== null ? '' : of(f.agencyRegister === null ? 'draft' : 'halfSigned'),
    language,
    at: f.at,
    author: batch.agencyName,
    rows: [
      [label(of('name')), value(batch.title)],
      [label(of('content')), value(batch.content)],
      [
        label(of('quantity')),
        value(of('counted', { items: batch.precheck?.records ?? batch.entries, files: batch.files }), 4),
        { text: of('volume'), span: 2, bold: true, align: 'center' },
        value(size, 3),
      ],
      [
        label(of('carriers')),
        value(
          set
            ? `${set.media[0]?.number ?? ''} – ${set.media.at(-1)?.number ?? ''}`
            : (batch.packageName ?? ''),
          4,
        ),
        { text: of('carrierKind'), span: 2, bold: true, align: 'center' },
        value(
          set ? of('offline', { n: set.media.length, size: gigabytes(set.mediumBytes) }) : of('online'),
          3,
        ),
      ],
      [
        label(of('inspected')),
        { text: `${of('transferrer')}：${batch.agencyName}`, span: 5, bold: true, align: 'center' },
        { text: `${of('receiver')}：${archive.name}`, span: 4, bold: true, align: 'center' },
      ],
      ...INSPECTED.map(([key, nature]) =>
        both(
          `inspected.${key}`,
          verdict(of, nature, batch.precheck, f.checked.agency),
          verdict(of, nature, batch.arrivalCheck, f.checked.archive),
        ),
      ),
      both(
        'inspected.appearance',
        set ? '' : of('notApplicable'),
        set ? appearance(of, f.checked.archive) : of('notApplicable'),
      ),
      [label(of('digest')), value(of('digestOfList', { digest: batch.manifest ?? '' }))],
      ...(f.deposits ? [[label(of('deposits')), value(depositWords(of, f.deposits))]] : []),
      ...(decided && batch.decision
        ? [[label(word('transfer.decision')), value(decisionWords(word, batch.decision))]]
        : []),
      both('filledInBy', hand(agency.filledIn), hand(receiver.filledIn)),
      both('checkedBy', hand(agency.checked), hand(receiver.checked)),
      both('seal', seal(batch.agencyName, f.agencyRegister), seal(archive.name, f.register)),
    ],
    annex: {
      title: of('annex'),
      rows: [
        [
          { text: of('annex.carrier'), span: 3, bold: true, align: 'center' },
          { text: of('annex.content'), span: 3, bold: true, align: 'center' },
          { text: of('annex.digest'), span: 4, bold: true, align: 'center' },
          { text: of('annex.size'), span: 2, bold: true, align: 'center' },
        ],
        ...(set
          ? set.media
          : [{ number: batch.packageName ?? '', sha256: batch.manifest ?? '', bytes: batch.bytes }]
        ).map((m) => [
          value(m.number, 3),
          value(batch.content || batch.title, 3),
          value(m.sha256, 4),
          value(gigabytes(m.bytes), 2),
        ]),
      ],
    },
    code: [
      `LANTAI ${batch.number}`,
      `manifest sha256 ${batch.manifest ?? ''}`,
      ...(f.agencyRegister === null ? [] : [`handover sha256 ${sha256(f.agencyRegister)}`]),
      ...(f.register === null ? [] : [`register sha256 ${sha256(f.register)}`]),
    ].join('\n'),
    hints: [of('hint'), './lantai verify register.json --trust trust.pem --list files.jsonl', of('hintList')],
  };
}

type Of = (key: string, values?: Record<string, string | number>) => string;

const depositWords = (of: Of, { deposits, same, changed, missing, added }: DepositOutcome): string =>
  `${of('depositsCompared', { same, changed, missing, added })}\n${deposits.slice(0, 20).join('　')}${deposits.length > 20 ? ' …' : ''}`;

/** What one side's check says of a nature; of what was judged as a package alone, the same for all. */
function verdict(of: Of, nature: Nature, check: CheckSummary | null, outcome: Outcome | undefined): string {
  if (check === null) return '';
  if (!outcome)
    return check.qualified ? of('passed') : of('failed', { errors: check.errors, warnings: check.warnings });
  const ofNature = (slugs: readonly Slug[]) => slugs.filter((slug) => ruleOf(slug).nature === nature).length;
  const [failed, awaited] = [ofNature(outcome.failed), ofNature(outcome.awaited)];
  if (failed > 0) return of('failedItems', { n: failed });
  return awaited > 0 ? of('awaited', { n: awaited }) : of('passed');
}

/** Of off-line carriers: what whoever received them said of their look. */
function appearance(of: Of, outcome: Outcome | undefined): string {
  if (!outcome) return '';
  if (outcome.failed.includes('media-look')) return of('failedItems', { n: 1 });
  return outcome.awaited.includes('media-look') ? of('awaited', { n: 1 }) : of('passed');
}

function decisionWords(
  word: (key: MessageKey) => string,
  { accepts, reason, leftOut }: NonNullable<Batch['decision']>,
): string {
  const lines = leftOut.slice(0, 50).map((l) => `${l.code}　${l.reason}`);
  return [
    `${word(`transfer.accepts.${accepts}`)}${reason ? `　${reason}` : ''}`,
    ...lines,
    ...(leftOut.length > 50 ? ['…'] : []),
  ].join('\n');
}

/** The day a statement says it was signed on. */
function signedAt(statement: string, timeZone: string): string {
  const { signature } = JSON.parse(statement) as { signature: { signedAt: string } };
  return dayIn(new Date(signature.signedAt), timeZone);
}
