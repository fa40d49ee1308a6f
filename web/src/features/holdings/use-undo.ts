import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { sentenceOf } from '../../components/trouble.tsx';
import { isTyping } from '../../lib/keys.ts';
import { useWording } from '../../wording.tsx';
import { DESCRIPTION_KEYS } from '../changes/queries.ts';
import { isOver, useJob } from '../jobs/use-job.ts';

/** Something that was done, and the changeset it made. */
export interface Done {
  words: string;
  /** Asked for when it is to be taken back: of one correction it is found by its entry. */
  changeset: () => Promise<string>;
}

/** What was taken back: by which changeset, which is taken back itself to do it again. */
interface Taken {
  done: Done;
  id: string;
}

interface Stacks {
  list: readonly Done[];
  taken: readonly Taken[];
}

export interface Undo {
  last: Done | undefined;
  /** What was taken back last, while nothing else was done. */
  taken: Taken | undefined;
  busy: boolean;
  did: (done: Done) => void;
  /** What is being written is waited for before anything is taken back. */
  follow: (writing: Promise<unknown>) => void;
  undo: () => void;
  redo: () => void;
}

/** How much can be taken back step by step; all of it stands in the changes too. */
const MOST = 100;

/** What was done at this table, the last first, with the way back and forth. */
export function useUndo(): Undo {
  const wording = useWording();
  const { t } = wording;
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [stacks, setStacks] = useState<Stacks>({ list: [], taken: [] });
  const newest = useRef(stacks);
  const put = (next: Stacks): void => {
    newest.current = next;
    setStacks(next);
  };
  const pending = useRef<Promise<unknown>>(Promise.resolve());
  const [jobId, setJobId] = useState<string>();
  const state = useJob(jobId);
  const over = isOver(state);
  useEffect(() => {
    if (over) for (const queryKey of DESCRIPTION_KEYS) void queries.invalidateQueries({ queryKey });
  }, [over, queries]);
  const back = useMutation({
    mutationFn: async (id: Promise<string>) =>
      body(api.POST('/changesets/{id}/undo', { params: { path: { id: await id } }, body: {} })),
    onSuccess: (begun) => {
      for (const queryKey of DESCRIPTION_KEYS) void queries.invalidateQueries({ queryKey });
      if ('jobId' in begun) {
        setJobId(begun.jobId ?? undefined);
        message.info(t(begun.waiting ? 'arrange.waiting' : 'changes.undoing'));
      }
      if (!('jobId' in begun) && begun.left > 0)
        message.warning(t('changes.undoneNow', { n: begun.undone, left: begun.left }));
    },
    onError: (error) => message.error(sentenceOf(error, wording)),
  });
  const undo = (): void => {
    const { list, taken } = newest.current;
    const last = list.at(-1);
    if (!last || back.isPending) return;
    back.mutate(last.changeset(), {
      onSuccess: ({ id }) =>
        put({
          list: newest.current.list.filter((one) => one !== last),
          taken: [...taken, { done: last, id }],
        }),
    });
  };
  const redo = (): void => {
    const { list, taken } = newest.current;
    const latest = taken.at(-1);
    if (!latest || back.isPending) return;
    const { words } = latest.done;
    back.mutate(Promise.resolve(latest.id), {
      onSuccess: ({ id }) =>
        put({
          list: [...list, { words, changeset: async () => id }],
          taken: newest.current.taken.filter((one) => one !== latest),
        }),
    });
  };
  return {
    last: stacks.list.at(-1),
    taken: stacks.taken.at(-1),
    busy: back.isPending,
    did: (done) => put({ list: [...newest.current.list, done].slice(-MOST), taken: [] }),
    follow: (writing) => {
      pending.current = Promise.all([pending.current, writing]);
    },
    undo: () => void pending.current.then(undo),
    redo: () => void pending.current.then(redo),
  };
}

/** Ctrl+Z and Ctrl+Y wherever on the page one is, except where something is typed that has a way back of its own. */
export function useUndoKeys(undo: Undo, active: boolean): void {
  const newest = useRef(undo);
  newest.current = undo;
  useEffect(() => {
    if (!active) return;
    const onKey = (event: KeyboardEvent): void => {
      if (
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        event.defaultPrevented ||
        isTyping(event.target)
      )
        return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) newest.current.redo();
      else newest.current.undo();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [active]);
}

/** The changeset that made this version of an entry. */
export const changesetOf = (unitId: string, version: number) => async (): Promise<string> => {
  const path = { id: unitId };
  const page = await body(api.GET('/units/{id}/versions', { params: { path, query: { limit: 50 } } }));
  const made = page.items.find((one) => one.version === version);
  if (!made) throw new Error('this change is too far back');
  return made.changesetId;
};
