import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { Job } from '../../api/shapes.ts';
import { useJob } from '../jobs/use-job.ts';
import { KEEPING } from './keeping-queries.ts';

export interface CheckWanted {
  objectId?: string | null;
  archiveId?: string | null;
  storeId?: string | null;
  repair: boolean;
}

/** Asks for a check and follows it; what is shown of preservation is read again when it has ended. */
export function useCheck(): {
  ask: (wanted: CheckWanted) => void;
  job: Job | undefined;
  asked: CheckWanted | undefined;
  pending: boolean;
  error: unknown;
} {
  const queries = useQueryClient();
  const [jobId, setJobId] = useState<string>();
  const again = (): void => {
    for (const queryKey of [KEEPING, ['held-object'], ['work']]) void queries.invalidateQueries({ queryKey });
  };
  const job = useJob(jobId, again);
  const ask = useMutation({
    mutationFn: (wanted: CheckWanted) => body(api.POST('/preservation/checks', { body: wanted })),
    onSuccess: (answer) => {
      setJobId(answer.jobId);
      void queries.invalidateQueries({ queryKey: ['jobs'] });
    },
  });
  return { ask: ask.mutate, job, asked: ask.variables, pending: ask.isPending, error: ask.error };
}
