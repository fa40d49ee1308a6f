import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';
import type { Tone } from '../../components/small.tsx';

export type Leave = paths['/grants/{id}']['get']['responses'][200]['content']['application/json'];
export type LeaveState = Leave['state'];
export type NewLeave = paths['/grants']['post']['requestBody']['content']['application/json'];
export type Grantable = NewLeave['gives'][number];
export type LeaveQuery = NonNullable<paths['/grants']['get']['parameters']['query']>;

/** What leave is for: a unit of the catalogue, or a whole fonds. */
export type LeaveOn = { unitId: string } | { fondsId: string };

export const GRANTABLE: readonly Grantable[] = ['description', 'content', 'print', 'master', 'export'];

export const LEAVE_TONES: Record<LeaveState, Tone> = {
  proposed: 'waiting',
  coming: 'plain',
  running: 'done',
  endsSoon: 'waiting',
  ended: 'closed',
  revoked: 'closed',
  rejected: 'closed',
};

/** What can still be ended. */
export const IN_FORCE: ReadonlySet<LeaveState> = new Set(['coming', 'running', 'endsSoon']);

export const leaveList = (query: LeaveQuery) =>
  queryOptions({
    queryKey: ['leave', 'list', query],
    queryFn: () => body(api.GET('/grants', { params: { query } })),
  });

export const leaveOne = (id: string) =>
  queryOptions({
    queryKey: ['leave', id],
    queryFn: () => body(api.GET('/grants/{id}', { params: { path: { id } } })),
  });

/** What is asked anew when leave changed: it, the lists, who sees what, and what waits. */
export const LEAVE_CHANGES = [['leave'], ['visibility'], ['work'], ['unit-history']] as const;
