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
