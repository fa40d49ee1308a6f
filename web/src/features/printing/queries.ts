import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';

type Listed<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': { items: (infer I)[] } } } } };
}
  ? I
  : never;

export type FormSettings = Listed<'/archives/{archiveId}/print-settings'>;
export type PrintForm = FormSettings['form'];
export type Settings = FormSettings['settings'];
export type SettingPart = FormSettings['uses'][number];
export type PrintOrder = Listed<'/print-orders'>;
export type PrintFormat = PrintOrder['format'];
type Wanted =
  paths['/archives/{archiveId}/print-previews']['post']['requestBody']['content']['application/json'];
/** Entries by id, a table by its filters, an entry with what is below it, a fonds: one of them. */
export type PrintChoice = Wanted['choice'];
export type FormLanguage = Wanted['language'];

export const ORDERS = ['print-orders'] as const;
export const isUnderWay = (order: Pick<PrintOrder, 'state'>): boolean =>
  order.state === 'waiting' || order.state === 'running';

export const settingsOf = (archiveId: string) =>
  queryOptions({
    queryKey: ['print-settings', archiveId],
    queryFn: () => body(api.GET('/archives/{archiveId}/print-settings', { params: { path: { archiveId } } })),
  });

export const previewOf = (archiveId: string, wanted: Wanted) =>
  queryOptions({
    queryKey: ['print-preview', archiveId, wanted],
    queryFn: ({ signal }) =>
      body(
        api.POST('/archives/{archiveId}/print-previews', {
          params: { path: { archiveId } },
          body: wanted,
          signal,
        }),
      ),
    retry: false,
    staleTime: 60_000,
  });

export const orderOne = (id: string) =>
  queryOptions({
    queryKey: [...ORDERS, id],
    queryFn: () => body(api.GET('/print-orders/{id}', { params: { path: { id } } })),
    refetchInterval: (q) => (!q.state.data || isUnderWay(q.state.data) ? 800 : false),
  });
