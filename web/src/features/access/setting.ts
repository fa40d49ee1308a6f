import type { AccessSetting, AccessStatus, UnitRow } from '../../api/shapes.ts';
import { today } from '../../lib/format.ts';

/** What of a record a change of access can change. */
export type AccessState = Pick<UnitRow, 'opensOn' | 'embargoUntil'> & { accessStatus: AccessStatus | string };

/** A record's state after a change. */
export function afterSetting(before: AccessState, s: AccessSetting): AccessState {
  return {
    accessStatus: s.status ?? before.accessStatus,
    opensOn: s.status ? s.opensOn : before.opensOn,
    embargoUntil: s.embargo ? s.embargoUntil : before.embargoUntil,
  };
}

export function sameState(a: AccessState, b: AccessState): boolean {
  return a.accessStatus === b.accessStatus && a.opensOn === b.opensOn && a.embargoUntil === b.embargoUntil;
}

/** Whether a day is still to come. */
export function toCome(day: string | null | undefined): day is string {
  return typeof day === 'string' && day > today();
}
