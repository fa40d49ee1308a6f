import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { Suggestion, UnitLevel } from '../../api/shapes.ts';

/** What a form needs of the help at the desk. */
export interface Desk {
  /** Suggestions for an element, the likeliest first. */
  of(field: string): readonly Suggestion[];
  /** Puts a field's suggestions away. */
  drop(field: string): void;
  /** The element that has the focus, or none. */
  typing(field: string | null): void;
}

/** Short enough to seem at once, long enough not to ask for each letter of a syllable. */
const PAUSE_MS = 220;

const sameAs = (s: Suggestion): string => `${s.field}|${s.kind}|${s.value ?? ''}|${s.why}`;

/** A value once nothing was typed for a moment. */
function usePaused<T>(value: T): T {
  const [paused, setPaused] = useState(value);
  const said = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the value is compared by what it says
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return paused;
}

/** Suggestions for what is being written. Asked when one pauses; an answer that comes too late is let go. */
export function useDesk(o: {
  archiveId: string;
  fondsId?: string | undefined;
  parentId?: string | null | undefined;
  level: UnitLevel;
  text: Readonly<Record<string, string>>;
}): Desk {
  const [typing, setTyping] = useState<string | null>(null);
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set());
  const { text, ...place } = o;
  const values = Object.fromEntries(
    Object.entries(text).filter(([key, value]) => value.trim() !== '' && !key.startsWith('code.')),
  );
  const asked = usePaused({ ...place, values, typing });
  const found = useQuery({
    queryKey: ['desk', asked],
    queryFn: ({ signal }) =>
      body(
        api.POST('/archives/{archiveId}/units/suggest', {
          params: { path: { archiveId: asked.archiveId } },
          body: {
            level: asked.level,
            values: asked.values,
            ...(asked.fondsId && { fondsId: asked.fondsId }),
            ...(asked.parentId && { parentId: asked.parentId }),
            ...(asked.typing && { typing: asked.typing }),
          },
          signal,
        }),
      ),
    enabled: asked.archiveId !== '' && Object.keys(asked.values).length > 0,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
    // Help that does not come is done without.
    retry: false,
  });
  const items = found.data?.items ?? [];
  // What was found of an earlier text is left out where it no longer fits.
  const fits = (s: Suggestion): boolean =>
    s.value !== (text[s.field] ?? '') &&
    !dropped.has(sameAs(s)) &&
    (s.kind !== 'titles' || (s.value ?? '').startsWith((text.title ?? '').trimStart().replace(/的$/, '')));
  return {
    of: (field) => items.filter((s) => s.field === field && fits(s)),
    drop: (field) => setDropped(new Set([...dropped, ...items.filter((s) => s.field === field).map(sameAs)])),
    typing: setTyping,
  };
}
