import type { paths } from '../../api/schema.generated.ts';

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

export type Due = Answer<'/due'>['items'][number];
export type DueKind = Due['kind'];
export type AgencyDue = Answer<'/due/agencies'>['items'][number];
export type Notice = Answer<'/notices'>['items'][number];
export type NoticeRead = Answer<'/notices/{id}'>;

/** Where something that is due is done. */
export function placeOf(d: Pick<Due, 'kind' | 'id' | 'agency' | 'year' | 'about' | 'aboutId'>): string {
  switch (d.kind) {
    case 'notice':
      return `/notices/${d.id}`;
    case 'batchReturned':
    case 'batchReceiving':
      return `/transfers/${d.id}`;
    case 'plan':
      return '/transfers';
    case 'depositUnsealing':
      return `/deposits/${d.aboutId ?? ''}`;
    case 'question':
      return remarkPlace(d.about ?? '', d.aboutId ?? '');
    case 'yearNotFiled':
    case 'yearPrepared':
      return `/filing/records?agency=${d.agency.id}&year=${d.year ?? ''}`;
    case 'scheduleNone':
      return `/filing/schedules?agency=${d.agency.id}`;
    case 'depositEnding':
    case 'depositDamaged':
      return `/deposits/${d.id}`;
    default:
      return `/filing/schedules/${d.id}`;
  }
}

/** Where what was said can be read and answered. */
export function remarkPlace(about: string, id: string): string {
  if (about === 'record') return `/filing/records/${id}`;
  if (about === 'batch') return `/transfers/${id}`;
  if (about === 'agency') return `/due?agency=${id}`;
  return `/filing/schedules/${id}`;
}
