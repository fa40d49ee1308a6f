import type { Readable } from 'node:stream';
import { printCatalogue } from '#formats/print';
import { streamSheet } from '#formats/sheets';
import type { Actor } from '#kernel/actor';
import { dayIn } from '#kernel/calendar';
import { type Language, type MessageKey, retentionIn, t } from '#kernel/wording';
import { agencyOf } from '../commands/agencies.ts';
import type { FilingDeps } from '../deps.ts';
import type { ScheduleLine } from '../domain/scheduleLine.ts';
import { readSchedule, type ScheduleView } from './schedules.ts';

/** A schedule as agencies print and keep it [S:SCH]: what is filed, for how long, with which note. */
interface Column {
  heading: MessageKey;
  /** Points of the paper. */
  width: number;
  cell(line: ScheduleLine, language: Language): string;
  align?: 'left' | 'right' | 'center';
}

const classOf = (line: ScheduleLine): string => [line.classCode, line.className].filter(Boolean).join(' ');

const COLUMNS: readonly Column[] = [
  { heading: 'schedule.number', width: 40, align: 'center', cell: (line) => line.number },
  { heading: 'schedule.class', width: 96, cell: classOf },
  { heading: 'schedule.category', width: 40, align: 'center', cell: (line) => line.category },
  { heading: 'schedule.matter', width: 300, cell: (line) => line.matter },
  {
    heading: 'schedule.retention',
    width: 64,
    align: 'center',
    cell: (line, language) => retentionIn(language, line.retention),
  },
  { heading: 'schedule.department', width: 80, cell: (line) => line.department ?? '' },
  { heading: 'schedule.due', width: 68, cell: (line) => line.due ?? '' },
  { heading: 'schedule.lineNote', width: 70, cell: (line) => line.note ?? '' },
];

/** Columns of the workbook: one for each field, so that what was written out can be worked on and pasted back. */
const SHEET: readonly Column[] = [
  { heading: 'schedule.number', width: 40, cell: (line) => line.number },
  { heading: 'schedule.className', width: 90, cell: (line) => line.className },
  { heading: 'schedule.classCode', width: 60, cell: (line) => line.classCode },
  { heading: 'schedule.category', width: 40, cell: (line) => line.category },
  { heading: 'schedule.matter', width: 300, cell: (line) => line.matter },
  {
    heading: 'schedule.retention',
    width: 64,
    cell: (line, language) => retentionIn(language, line.retention),
  },
  { heading: 'schedule.keywords', width: 120, cell: (line) => line.keywords.join(' ') },
  { heading: 'schedule.department', width: 80, cell: (line) => line.department ?? '' },
  { heading: 'schedule.due', width: 70, cell: (line) => line.due ?? '' },
  { heading: 'schedule.lineNote', width: 90, cell: (line) => line.note ?? '' },
];

const rowsOf = (columns: readonly Column[], lines: readonly ScheduleLine[], language: Language): string[][] =>
  lines.map((line) => columns.map((c) => c.cell(line, language)));

/** The schedule to be printed and bound, with where it stands on its cover. @throws Refusal schedule.notFound */
export async function printSchedule(
  deps: FilingDeps,
  actor: Actor,
  id: string,
  language: Language,
): Promise<Buffer> {
  const { schedule, lines } = await readSchedule(deps, actor, id);
  const agency = await agencyOf(deps, actor, schedule);
  return printCatalogue({
    title: t(language, 'schedule.title'),
    author: agency.name,
    number: `${agency.name} ${t(language, 'schedule.versionN', { n: schedule.number })}`,
    language,
    at: deps.clock.now(),
    facts: factsOf(deps, schedule, agency.name, language),
    columns: COLUMNS.map(({ heading, width, align }) => ({
      heading: t(language, heading),
      width,
      ...(align && { align }),
    })),
    rows: [rowsOf(COLUMNS, lines, language)],
  });
}

function factsOf(
  { timeZone }: FilingDeps,
  s: ScheduleView,
  agency: string,
  language: Language,
): [string, string][] {
  const by = (name: string | null, at: Date | null) => (name && at ? `${name} ${dayIn(at, timeZone)}` : '');
  const facts: [MessageKey, string][] = [
    ['filing.agency', agency],
    ['schedule.name', s.title],
    [
      'schedule.state',
      t(language, s.standing ? `schedule.standing.${s.standing}` : `schedule.state.${s.state}`),
    ],
    ['schedule.from', s.inForceFrom ?? ''],
    ['schedule.drafted', by(s.draftedByName, s.draftedAt)],
    ['schedule.submitted', by(s.submittedByName, s.submittedAt)],
    ['schedule.decided', by(s.decidedByName, s.decidedAt)],
  ];
  return facts.filter(([, value]) => value !== '').map(([label, value]) => [t(language, label), value]);
}

/** The lines as a workbook. @param failed what is told when writing breaks off. @throws Refusal schedule.notFound */
export async function scheduleSheet(
  deps: FilingDeps,
  actor: Actor,
  id: string,
  { language, failed }: { language: Language; failed(error: Error): void },
): Promise<Readable> {
  const { lines } = await readSchedule(deps, actor, id);
  return streamSheet({
    sheet: t(language, 'schedule.title'),
    columns: SHEET.map((c) => ({ heading: t(language, c.heading), width: Math.ceil(c.width / 5) })),
    batches: (async function* () {
      yield rowsOf(SHEET, lines, language);
    })(),
    failed,
  });
}
