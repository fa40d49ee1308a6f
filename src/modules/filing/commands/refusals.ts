import { Refusal } from '#kernel/errors';

export const noAgency = () => new Refusal('agency.notFound', 'There is no such agency.');
export const noSchedule = () => new Refusal('schedule.notFound', 'There is no such retention schedule.');
export const noRemark = () => new Refusal('remark.notFound', 'There is no such remark.');

/** A text that has to be there. @throws Refusal `<code>` */
export function needed(text: string | null | undefined, code: string, message: string): string {
  const t = text?.trim() ?? '';
  if (t === '') throw new Refusal(code, message);
  return t;
}
export const noRecord = () => new Refusal('record.notFound', 'There is no such record.');
export const recordChanged = (version: number) =>
  new Refusal('record.changed', 'Somebody changed this record while you worked on it.', { version });
export const recordState = (state: string) =>
  new Refusal('record.wrongState', 'This can not be done to the record as it stands now.', { state });
export const noFiling = () => new Refusal('filing.notFound', 'There is no such filing.');
