import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, BASE, body } from '../../api/client.ts';
import type { Job } from '../../api/shapes.ts';

export const isOver = (job: Job | undefined): boolean =>
  job !== undefined && job.state !== 'running' && job.state !== 'queued';

/**
 * One job, live: by server-sent events, and by asking every few seconds where events do not come through.
 * @param onOver called once when the job was seen running and has ended.
 */
export function useJob(id: string | null | undefined, onOver?: (job: Job) => void): Job | undefined {
  const queries = useQueryClient();
  const { data: job } = useQuery({
    queryKey: ['job', id],
    queryFn: () => body(api.GET('/jobs/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: Boolean(id),
    refetchInterval: (query) => (isOver(query.state.data) ? false : 4000),
  });
  useEffect(() => {
    if (!id) return;
    const source = new EventSource(`${BASE}/jobs/${id}/events`);
    source.onmessage = (event: MessageEvent<string>) => {
      const news: Job = JSON.parse(event.data);
      queries.setQueryData(['job', id], news);
      if (isOver(news)) source.close();
    };
    return () => source.close();
  }, [id, queries]);
  const wasRunning = useRef<string | null>(null);
  const over = useRef(onOver);
  over.current = onOver;
  useEffect(() => {
    if (!job) return;
    if (!isOver(job)) wasRunning.current = job.id;
    else if (wasRunning.current === job.id) {
      wasRunning.current = null;
      over.current?.(job);
    }
  }, [job]);
  return job;
}
