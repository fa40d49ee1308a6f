import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { FormField, Judged, Language, SchemeLevel } from '../../api/shapes.ts';
import type { UnitText } from './unit-values.ts';

const CATEGORY = /^[A-Z]{2}$/;

/** How entries of a category are described at a level, the archive's own elements among it. */
export const descriptionForm = (archiveId: string, level: SchemeLevel, category?: string | null) =>
  queryOptions({
    queryKey: ['description-form', archiveId, level, category ?? ''],
    queryFn: () =>
      body(
        api.GET('/archives/{archiveId}/description-form', {
          params: {
            path: { archiveId },
            query: { level, ...(category && CATEGORY.test(category) && { category }) },
          },
        }),
      ),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

const SETTLED_MS = 350;

/** A value once it has not changed for a moment. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  const key = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the value is compared by what it says
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return settled;
}

/** What is found of what is being written, by the rule that will take it or not; asked while one types. */
export function useJudged(o: {
  archiveId: string;
  fondsId?: string | undefined;
  parentId?: string | null | undefined;
  level: SchemeLevel;
  values: UnitText;
}): Judged | undefined {
  const asked = useSettled(o);
  const judged = useQuery({
    queryKey: ['judged', asked],
    queryFn: () => {
      const { archiveId, fondsId, parentId, level, values } = asked;
      const said = Object.fromEntries(
        Object.entries(values).filter(([key, value]) => value !== '' && !key.startsWith('code.')),
      );
      return body(
        api.POST('/archives/{archiveId}/units/judge', {
          params: { path: { archiveId } },
          body: {
            level,
            values: said,
            ...(fondsId && { fondsId }),
            ...(parentId && { parentId }),
          },
        }),
      );
    },
    enabled: asked.archiveId !== '',
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  return judged.data;
}

/** What an archive calls a term of a value, or the value itself. */
export const termName = (field: FormField | undefined, value: string, language: Language): string => {
  const named = (code: string) => field?.terms.find((term) => term.code === code)?.names[language] ?? code;
  return field?.many ? value.split('; ').map(named).join('；') : named(value);
};
