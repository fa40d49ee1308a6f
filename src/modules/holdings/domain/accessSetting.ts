import { Refusal } from '#kernel/errors';
import { ACCESS_STATUSES, type AccessStatus } from './unit.ts';

/** The days and the status a change of access sets; null: stays as it is. */
export interface AccessSetting {
  status: AccessStatus | null;
  /** The day an opening takes effect; null: at once. */
  opensOn: string | null;
  embargo: 'set' | 'lifted' | null;
  /** The first day after the embargo. */
  embargoUntil: string | null;
}

export interface Wanted {
  status?: string | undefined;
  opensOn?: string | null | undefined;
  /** Absent: the embargo stays as it is; null: it is lifted. */
  embargoUntil?: string | null | undefined;
  reason: string;
  basis?: string | null | undefined;
}

/** What a unit has of what a setting sets. */
export interface AccessState {
  accessStatus: AccessStatus;
  opensOn: string | null;
  embargoUntil: string | null;
}

/** Days further ahead are taken for slips of the pen. */
const YEARS_AHEAD = 100;

/**
 * What a proposal asks for, checked. An embargo names the ground it stands on, such as what a donor laid down [S:LAW 31].
 *
 * @param today `YYYY-MM-DD`
 * @throws Refusal access.status, access.nothing, access.reason, access.basis, access.opensOn, access.embargoUntil
 */
export function settingOf(wanted: Wanted, today: string): AccessSetting {
  const status = ACCESS_STATUSES.find((s) => s === wanted.status) ?? null;
  if (wanted.status !== undefined && !status)
    throw new Refusal('access.status', `"${wanted.status}" is no access status.`);
  if (!status && wanted.embargoUntil === undefined)
    throw new Refusal('access.nothing', 'Say what shall change: the status or an embargo.');
  if (wanted.reason.trim() === '')
    throw new Refusal('access.reason', 'Say why the access status shall change.');
  const opensOn = wanted.opensOn ?? null;
  const embargoUntil = wanted.embargoUntil ?? null;
  if (opensOn !== null && (status !== 'open' || opensOn < today || tooFar(opensOn, today)))
    throw new Refusal('access.opensOn', `An opening takes effect today or within ${YEARS_AHEAD} years.`, {
      years: YEARS_AHEAD,
    });
  if (embargoUntil !== null) {
    if (embargoUntil <= today || tooFar(embargoUntil, today))
      throw new Refusal(
        'access.embargoUntil',
        `An embargo ends after today and within ${YEARS_AHEAD} years.`,
        {
          years: YEARS_AHEAD,
        },
      );
    if (!wanted.basis?.trim()) throw new Refusal('access.basis', 'An embargo needs the ground it stands on.');
  }
  const embargo = wanted.embargoUntil === undefined ? null : embargoUntil === null ? 'lifted' : 'set';
  return { status, opensOn: opensOn === today ? null : opensOn, embargo, embargoUntil };
}

function tooFar(day: string, today: string): boolean {
  return Number(day.slice(0, 4)) > Number(today.slice(0, 4)) + YEARS_AHEAD;
}

/** A unit's state after a change. */
export function afterSetting(before: AccessState, s: AccessSetting): AccessState {
  return {
    accessStatus: s.status ?? before.accessStatus,
    opensOn: s.status ? s.opensOn : before.opensOn,
    embargoUntil: s.embargo ? s.embargoUntil : before.embargoUntil,
  };
}

interface Said {
  act: string;
  detail: Record<string, unknown>;
}

/** What a proposal is called in the trail: one act for the status, one for the embargo. */
export function proposedActs(s: AccessSetting): Said[] {
  const acts: Said[] = [];
  if (s.status && s.opensOn)
    acts.push({ act: 'access.openingProposed', detail: { status: s.status, opensOn: s.opensOn } });
  else if (s.status) acts.push({ act: 'access.proposed', detail: { status: s.status } });
  if (s.embargo === 'set') acts.push({ act: 'access.embargoProposed', detail: { until: s.embargoUntil } });
  if (s.embargo === 'lifted') acts.push({ act: 'access.embargoLiftProposed', detail: {} });
  return acts;
}

/** The same of what happened to one unit, with what was before and what is after. */
export function unitActs(before: AccessState, after: AccessState): Said[] {
  const acts: Said[] = [];
  if (before.accessStatus !== after.accessStatus || before.opensOn !== after.opensOn) {
    const sides = {
      before: { accessStatus: before.accessStatus, opensOn: before.opensOn },
      after: { accessStatus: after.accessStatus, opensOn: after.opensOn },
    };
    if (after.opensOn) acts.push({ act: 'unit.openingSet', detail: { opensOn: after.opensOn, ...sides } });
    else acts.push({ act: 'unit.accessChanged', detail: { status: after.accessStatus, ...sides } });
  }
  if (before.embargoUntil !== after.embargoUntil) {
    const sides = {
      before: { embargoUntil: before.embargoUntil },
      after: { embargoUntil: after.embargoUntil },
    };
    if (!after.embargoUntil) acts.push({ act: 'unit.embargoLifted', detail: sides });
    else if (before.embargoUntil)
      acts.push({
        act: 'unit.embargoMoved',
        detail: { from: before.embargoUntil, until: after.embargoUntil, ...sides },
      });
    else acts.push({ act: 'unit.embargoSet', detail: { until: after.embargoUntil, ...sides } });
  }
  return acts;
}
