import { type Actor, can, demand, type Language, scopeOf } from '#kernel/actor';
import { displayArchivalDate, parseArchivalDate } from '#kernel/dates';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { t } from '#kernel/wording';
import { type Fonds, fondsById } from '../store/fonds.ts';
import { schemesInForce } from '../store/schemes.ts';
import { type UnitRecord, unitById } from '../store/units.ts';
import { today } from '../store/visibility.ts';
import { agencyOf } from './agency.ts';
import type { DeskDeps } from './deps.ts';
import { namesIn } from './names.ts';
import { hasAllOf, partsOf } from './reach.ts';
import { parseDocNumber } from './rules/docNumber.ts';
import { type Confidence, odditiesOf } from './rules/oddities.ts';
import { ownDateOf, ownYearOf } from './rules/titleDates.ts';
import { sayOddity } from './say.ts';
import { type HelpKind, helpOf } from './settings.ts';
import { titlesLike } from './titles.ts';

/** What is written so far. */
export interface WritingNow {
  fondsId?: string | undefined;
  parentId?: string | null | undefined;
  level: 'series' | 'file' | 'item';
  values: Readonly<Record<string, string>>;
  /** The element that is being typed: titles are gone on with there alone. */
  typing?: string | undefined;
}

/** Something that may be taken over with one key. It changes nothing by itself. */
export interface Suggestion {
  field: string;
  kind: HelpKind;
  /** What the element would say; null where something is odd and nobody knows what is right. */
  value: string | null;
  /** Why, in words. */
  why: string;
  confidence: Confidence;
  /** The year or a number in it is not that of the entry it comes from. */
  adapted: boolean;
  /** Whose name it is. */
  authority: { id: string; name: string } | null;
}

type Plain = Omit<Suggestion, 'adapted' | 'authority'>;
const plain = (s: Plain): Suggestion => ({ ...s, adapted: false, authority: null });

interface Desk {
  deps: DeskDeps;
  tx: Tx;
  actor: Actor;
  archiveId: string;
  fonds: Fonds | null;
  parent: UnitRecord | null;
  now: WritingNow;
  language: Language;
}

/**
 * What may be meant by an entry while it is being written: titles gone on with, numbers, dates and names put right, and what is odd.
 * Out of entries the asker may see alone. Nothing is kept.
 *
 * @throws Refusal archive.notFound, actor.forbidden
 */
export async function suggest(
  deps: DeskDeps,
  actor: Actor,
  archiveId: string,
  now: WritingNow,
): Promise<Suggestion[]> {
  const { help, found, names } = await deps.db.as(scopeOf(actor), async (tx) => {
    // Who describes by drafts is helped as well.
    if (!can(actor, 'holdings.draft', archiveId))
      demand(
        actor,
        'holdings.write',
        archiveId,
        new Refusal('archive.notFound', 'There is no such archive.'),
      );
    const help = await helpOf(tx, archiveId);
    const fonds = now.fondsId ? await fondsById(tx, now.fondsId) : undefined;
    const inPlace = fonds?.archiveId === archiveId ? fonds : null;
    const parent = inPlace && now.parentId ? await unitById(tx, now.parentId) : undefined;
    const desk: Desk = {
      deps, tx, actor, archiveId, fonds: inPlace, now, language: actor.language,
      parent: parent && parent.fondsId === inPlace?.id ? parent : null,
    }; // biome-ignore format: a row of what is known
    const found: Suggestion[] = [];
    if (help.has('titles') && now.typing === 'title') found.push(...(await titlesFor(desk)));
    if (help.has('numbers')) found.push(...(await numberFor(desk)));
    if (help.has('dates')) found.push(...datesFor(desk));
    if (help.has('flags')) found.push(...(await flagsFor(desk)));
    const schemes = await schemesInForce(tx, archiveId);
    const scheme = schemes.of(now.values.category?.trim().toUpperCase() || null, now.level);
    return { help, found, names: help.has('names') ? namesIn(now.values, scheme) : [] };
  });
  if (help.has('names') && names.length > 0) {
    const day = dayOf(now.values);
    const spellings = await deps.names.spelled(actor, { archiveId, names, day });
    for (const s of spellings) {
      // What is still being typed is not called wrong.
      for (const name of names.filter((n) => n.text === s.text))
        found.push({
          field: name.field,
          kind: 'names',
          value: name.with(s.value),
          why: t(actor.language, `deskHelp.name.${s.how}`, {
            text: s.text,
            value: s.value,
            name: s.authority.name,
          }),
          confidence: s.confidence,
          adapted: false,
          authority: s.authority,
        });
    }
  }
  return found.filter((s) => s.value === null || s.value !== (now.values[s.field] ?? ''));
}

function dayOf(values: WritingNow['values']): string | null {
  const { date } = parseArchivalDate(values.date ?? '');
  if (date) return date.from;
  return /^\d{4}$/.test(values.year ?? '') ? `${values.year}-07-01` : null;
}

const yearOf = (values: WritingNow['values']): number | null => {
  if (/^\d{4}$/.test(values.year ?? '')) return Number(values.year);
  const { date } = parseArchivalDate(values.date ?? '');
  return date && date.from.slice(0, 4) === date.to.slice(0, 4) ? Number(date.from.slice(0, 4)) : null;
};

async function titlesFor({
  tx,
  actor,
  archiveId,
  fonds,
  parent,
  now,
  language,
}: Desk): Promise<Suggestion[]> {
  const { values } = now;
  const found = await titlesLike(tx, {
    archiveId,
    underId: parent?.id ?? fonds?.id ?? null,
    all: { archive: hasAllOf(actor, archiveId, null), fonds: hasAllOf(actor, archiveId, fonds?.id ?? null) },
    parts: partsOf(actor, archiveId, fonds?.id ?? null),
    writing: {
      title: values.title ?? '',
      year: yearOf(values) ?? parent?.year ?? null,
      category: values.category?.trim() || null,
      creator: values.creator?.trim() || null,
      fondsId: fonds?.id ?? null,
      genre: values.genre?.trim() || null,
    },
  });
  return found.map(({ value, how, near, confidence }) => ({
    ...plain({
      field: 'title',
      kind: 'titles',
      value,
      why: t(language, how === 'ending' ? 'deskHelp.title.ending' : `deskHelp.title.${near}`),
      confidence,
    }),
    adapted: how === 'adapted',
  }));
}

async function numberFor(desk: Desk): Promise<Suggestion[]> {
  const { tx, actor, archiveId, fonds, now, language } = desk;
  const { values } = now;
  const written = values.docNo?.trim() ?? '';
  const number = written === '' ? null : parseDocNumber(written, yearOf(values));
  if (!number) return [];
  const found: Suggestion[] = [];
  if (number.canonical !== written)
    found.push(
      plain({
        field: 'docNo',
        kind: 'numbers',
        value: number.canonical,
        why: t(language, 'deskHelp.number.form'),
        confidence: 'high',
      }),
    );
  if (number.year !== null && (values.year ?? '') === '')
    found.push(
      plain({
        field: 'year',
        kind: 'numbers',
        value: String(number.year),
        why: t(language, 'deskHelp.number.year', { docNo: number.canonical }),
        confidence: number.shortYear ? 'fair' : 'high',
      }),
    );
  // Marks are learnt from all entries of the archive that bear one.
  if ((values.creator ?? '').trim() === '' && number.mark !== '' && hasAllOf(actor, archiveId, null)) {
    const agency = await agencyOf(tx, { archiveId, fondsName: fonds?.name ?? null, mark: number.mark });
    if (agency)
      found.push(
        plain({
          field: 'creator',
          kind: 'numbers',
          value: agency.name,
          why: t(language, agency.learnt ? 'deskHelp.number.learnt' : 'deskHelp.number.agency', {
            mark: number.mark,
            n: agency.of,
          }),
          confidence: agency.confidence,
        }),
      );
  }
  return found;
}

function datesFor({ now, language }: Desk): Suggestion[] {
  const { values } = now;
  const title = values.title ?? '';
  const found: Suggestion[] = [];
  if ((values.date ?? '').trim() === '') {
    const own = ownDateOf(title);
    if (own)
      found.push(
        plain({
          field: 'date',
          kind: 'dates',
          value: own.date.text,
          why: t(language, 'deskHelp.date.title', {
            text: own.text,
            date: displayArchivalDate(own.date, language),
          }),
          confidence: own.confidence,
        }),
      );
  }
  if (
    (values.year ?? '') === '' &&
    (values.date ?? '').trim() === '' &&
    !parseDocNumber(values.docNo ?? '')?.year
  ) {
    const own = ownYearOf(title);
    if (own)
      found.push(
        plain({
          field: 'year',
          kind: 'dates',
          value: String(own.year),
          why: t(language, 'deskHelp.year.title', { text: own.text }),
          confidence: 'low',
        }),
      );
  }
  return found;
}

async function flagsFor({ tx, fonds, parent, now, language }: Desk): Promise<Suggestion[]> {
  const { values, level } = now;
  const { date } = parseArchivalDate(values.date ?? '');
  const or = (key: string) => values[key]?.trim() || null;
  const found = odditiesOf(
    {
      level,
      title: values.title ?? '',
      docNo: or('docNo'),
      date: or('date'),
      dateFrom: date?.from ?? null,
      dateTo: date?.to ?? null,
      year: /^\d{4}$/.test(values.year ?? '') ? Number(values.year) : null,
      retention: or('retention'),
      referenceCode: or('referenceCode'),
    },
    {
      today: await today(tx),
      fondsFrom: beginningOf(fonds),
      volume:
        parent?.level === 'file' && parent.dateFrom && parent.dateTo
          ? { from: parent.dateFrom, to: parent.dateTo }
          : null,
    },
  );
  return found.map((o) =>
    plain({
      field: o.proposal?.field ?? o.field,
      kind: 'flags',
      value: o.proposal?.value ?? null,
      why: sayOddity(o, language),
      confidence: o.confidence,
    }),
  );
}

/** Since when the records of a fonds can be, as it says itself. */
export function beginningOf(fonds: Pick<Fonds, 'dates'> | null): string | null {
  return fonds?.dates ? (parseArchivalDate(fonds.dates).date?.from ?? null) : null;
}
