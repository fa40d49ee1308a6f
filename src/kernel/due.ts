import type { RawBuilder } from '#kernel/db';

/** Something one side has to do, with the day it is due by, as modules tell of it and a page gathers it. */
export interface Due {
  kind: DueKind;
  /** Of the thing: a schedule, a plan, a batch, a remark, a notice; of a year not filed, the agency. */
  id: string;
  archiveId: string;
  agencyId: string;
  /** Who has to do it. */
  side: 'agency' | 'archive';
  label: string;
  /** `YYYY-MM-DD`; null: at once, no day was set. */
  dueOn: string | null;
  /** By which the list is ordered: the day it is due, else the day it came up. */
  day: string;
  year: number | null;
  /** What it belongs to, where that is what is opened. */
  about: string | null;
  aboutId: string | null;
  /** Who may not do it, having had a part in it. */
  notBy: string[];
}

export const DUE_KINDS = [
  'scheduleNone',
  'scheduleReturned',
  'scheduleOld',
  'scheduleSubmitted',
  'yearNotFiled',
  'yearPrepared',
  'question',
  'plan',
  'batchReturned',
  'batchReceiving',
  'notice',
  'depositEnding',
  'depositDamaged',
  'depositUnsealing',
] as const;
export type DueKind = (typeof DUE_KINDS)[number];

/** By which day "now" counts, and of which agencies is told. */
export interface DueOf {
  /** Those the asker sees; nothing of others is told. */
  agencies: readonly { archiveId: string; agencyId: string }[];
  /** `YYYY-MM-DD`. */
  today: string;
  /** An IANA name: by whose clock days begin. */
  timeZone: string;
}

/** Rows with the columns of `Due`, as the module says them whose matter it is: SQL, so that pages and figures are one question. */
export type DueRows = (of: DueOf) => RawBuilder<unknown>;
