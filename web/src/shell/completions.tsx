import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, body } from '../api/client.ts';

export interface Completion {
  text: string;
  kind: 'words' | 'title';
  unitId: string | null;
}

const NONE: readonly Completion[] = [];
/** Milliseconds without a key until the server is asked. */
const PAUSE = 120;

/** How what is typed may go on, once typing pauses; nothing while the box is not in use. */
export function useCompletions(typed: string, inUse: boolean): readonly Completion[] {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  const q = settled.trimStart().slice(0, 300);
  const answer = useQuery({
    queryKey: ['completions', q],
    queryFn: () => body(api.GET('/search/completions', { params: { query: { q } } })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
    enabled: inUse && q.trim() !== '' && settled === typed,
  });
  return inUse && typed.trim() !== '' ? (answer.data?.items ?? NONE) : NONE;
}
