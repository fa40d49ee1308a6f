import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { ODD_RULES } from '#kernel/oddRules';
import { api, body, done } from '../../api/client.ts';
import { oneOf } from '../../api/requests.ts';
import type { OddEntry } from '../../api/shapes.ts';
import { sentenceOf } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';

const PAGE = 50;
/** What a row was settled by: the changeset that put it right, or that it is right as it is. */
type Settled = { changesetId: string } | 'passed';

export const keyOf = (one: OddEntry | undefined): string => (one ? `${one.unit.id} ${one.rule}` : '');

/** What is odd in a fonds, page by page, and what is done about it here. */
export function useOddities(fondsId: string, rule: string | undefined) {
  const wording = useWording();
  const { t } = wording;
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [settled, setSettled] = useState<ReadonlyMap<string, Settled>>(new Map());
  const [busy, setBusy] = useState<string>();
  const [wanted, setWanted] = useState(PAGE);
  // Two oddities of one entry: the second goes on from the version the first made.
  const versions = useRef(new Map<string, number>());
  const taken = useRef<OddEntry[]>([]);
  const working = useRef(false);
  const pages = useInfiniteQuery({
    queryKey: ['oddities', fondsId, rule],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/fonds/{id}/oddities', {
          params: {
            path: { id: fondsId },
            query: { limit: PAGE, rule: oneOf(ODD_RULES, rule), ...(pageParam && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const looked = pages.data?.pages.reduce((n, page) => n + page.looked, 0) ?? 0;
  const { hasNextPage, isFetching, fetchNextPage } = pages;
  // A page may end with nothing found: it is looked on until there is something to do.
  const goesOn = hasNextPage && items.length < wanted;
  useEffect(() => {
    if (goesOn && !isFetching && !pages.error) void fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage, pages.error]);

  const settle = (one: OddEntry, as: Settled | undefined): void =>
    setSettled((now) => {
      const next = new Map(now);
      if (as) next.set(keyOf(one), as);
      else next.delete(keyOf(one));
      return next;
    });
  const refresh = (unitId: string): void => {
    for (const queryKey of [['units'], ['unit', unitId], ['unit-history', unitId]])
      void queries.invalidateQueries({ queryKey });
  };
  const attempt = (work: () => Promise<void>): void => {
    if (working.current) return;
    working.current = true;
    work()
      .catch((error: unknown) => void message.error(sentenceOf(error, wording)))
      .finally(() => {
        working.current = false;
        setBusy(undefined);
      });
  };
  const take = (one: OddEntry, then: () => void): void => {
    const { proposal, unit, says } = one;
    if (!proposal) return;
    attempt(async () => {
      setBusy(keyOf(one));
      const { field, value } = proposal;
      const saved = await body(
        api.PATCH('/units/{id}', {
          params: { path: { id: unit.id } },
          body: {
            version: versions.current.get(unit.id) ?? unit.version,
            reason: t('oddities.reason', { says }),
            ...(field === 'year' ? { year: Number(value) } : { [field]: value }),
          },
        }),
      );
      versions.current.set(unit.id, saved.version);
      const made = await body(
        api.GET('/units/{id}/versions', { params: { path: { id: unit.id }, query: { limit: 1 } } }),
      );
      const changesetId = made.items[0]?.changesetId;
      if (changesetId) settle(one, { changesetId });
      taken.current.push(one);
      refresh(unit.id);
      message.success(t('oddities.taken', { field: t(`field.${field}`), value }));
      then();
    });
  };
  const undo = (one: OddEntry): void => {
    const how = settled.get(keyOf(one));
    if (!how || how === 'passed') return;
    attempt(async () => {
      await body(api.POST('/changesets/{id}/undo', { params: { path: { id: how.changesetId } }, body: {} }));
      const now = await body(api.GET('/units/{id}', { params: { path: { id: one.unit.id } } }));
      versions.current.set(one.unit.id, now.version);
      taken.current = taken.current.filter((other) => other !== one);
      settle(one, undefined);
      refresh(one.unit.id);
      message.success(t('oddities.undone'));
    });
  };
  return {
    items,
    looked,
    error: pages.error,
    retry: () => void pages.refetch(),
    looking: isFetching || goesOn,
    more: hasNextPage && items.length >= wanted,
    goOn: () => setWanted(items.length + PAGE),
    busy,
    settled: (one: OddEntry): Settled | undefined => settled.get(keyOf(one)),
    take,
    undo,
    undoLast: () => {
      const last = taken.current.at(-1);
      if (last) undo(last);
    },
    pass: (one: OddEntry, then: () => void): void =>
      attempt(async () => {
        await done(
          api.POST('/units/{id}/oddities/passed', {
            params: { path: { id: one.unit.id } },
            body: { rule: one.rule, said: one.said },
          }),
        );
        settle(one, 'passed');
        message.success(t('oddities.passed'));
        then();
      }),
  };
}
