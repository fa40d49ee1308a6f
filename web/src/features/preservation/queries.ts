import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';

type Answer<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends {
  responses: { 200: { content: { 'application/json': infer T } } };
}
  ? T
  : never;

export type HeldObject = Answer<'/preservation/packages/{objectId}', 'get'>;
export type ObjectEvent = Answer<'/preservation/packages/{objectId}/events', 'get'>['items'][number];
export type HeldFile = Answer<'/preservation/packages/{objectId}/files', 'get'>['items'][number];
export type PackageEntry = Answer<'/preservation/packages/{objectId}/folder', 'get'>['items'][number];

/** The object that holds a record's content. */
export const objectIdOf = (unitId: string): string => `urn:uuid:${unitId}`;
export const objectLink = (objectId: string): string =>
  `/preservation/objects/${encodeURIComponent(objectId)}`;

export const heldObject = (objectId: string) =>
  queryOptions({
    queryKey: ['held-object', objectId],
    queryFn: () => body(api.GET('/preservation/packages/{objectId}', { params: { path: { objectId } } })),
  });

/** Its copies, their formats, and the alarms about them. */
export const objectCopies = (objectId: string) =>
  queryOptions({
    queryKey: ['held-object', objectId, 'copies'],
    queryFn: () => body(api.GET('/preservation/objects/{objectId}', { params: { path: { objectId } } })),
    refetchInterval: 10_000,
  });

export const objectEvents = (objectId: string) =>
  infiniteQueryOptions({
    queryKey: ['held-object', objectId, 'events'],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/preservation/packages/{objectId}/events', {
          params: { path: { objectId }, query: { limit: 100, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

export const objectFiles = (objectId: string) =>
  infiniteQueryOptions({
    queryKey: ['held-object', objectId, 'files'],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/preservation/packages/{objectId}/files', {
          params: { path: { objectId }, query: { limit: 100, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

export const packageFolder = (objectId: string, path: string, store?: string) =>
  infiniteQueryOptions({
    queryKey: ['held-object', objectId, 'folder', path, store],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/preservation/packages/{objectId}/folder', {
          params: {
            path: { objectId },
            query: { path, limit: 100, ...(store && { store }), ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** A record's text is asked for by the record, so that its reading is told in the trail. */
export const packageText = (objectId: string, unitId: string | null, path: string) =>
  queryOptions({
    queryKey: ['held-object', objectId, 'text', path],
    queryFn: () =>
      unitId === null
        ? body(
            api.GET('/preservation/packages/{objectId}/text', {
              params: { path: { objectId }, query: { path } },
            }),
          )
        : body(api.GET('/units/{unitId}/package-text', { params: { path: { unitId }, query: { path } } })),
    retry: false,
  });
