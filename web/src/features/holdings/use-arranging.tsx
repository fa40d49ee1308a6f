import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { ApiError, api, body } from '../../api/client.ts';
import { sentenceOf } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { ArrangePanel, type Begun, beginPlan, type Plan, previewOf, type Wanted } from './arrange-panel.tsx';
import type { TreeWork } from './tree-place.ts';
import { countOf, selectionOf } from './tree-selection.ts';

/** How often a job is asked how far it is. */
const FOLLOW_MS = 1_500;

/** What is done to the order of the holdings from the page: acts of the tree, the panel they open, and how often something changed. */
export function useArranging(): {
  work: TreeWork;
  panel: ReactNode;
  changed: number;
  open: (wanted: Wanted) => void;
} {
  const wording = useWording();
  const { t } = wording;
  const queries = useQueryClient();
  const { message, notification } = App.useApp();
  const [wanted, setWanted] = useState<Wanted>();
  const [changed, setChanged] = useState(0);

  const renew = (): void => {
    setChanged((n) => n + 1);
    for (const queryKey of [['units'], ['unit'], ['fonds'], ['unit-history'], ['siblings'], ['table']])
      void queries.invalidateQueries({ queryKey });
  };
  const undo = async (id: string, key: string): Promise<void> => {
    try {
      const begun = await body(
        api.POST('/arrangement/{id}/take-back', {
          params: { path: { id } },
          body: { reason: t('arrange.undo') },
        }),
      );
      notification.destroy(key);
      if (begun.state === 'done') message.success(t('arrange.undone'));
      else message.info(t(begun.state === 'waiting' ? 'arrange.waiting' : 'arrange.job'));
      renew();
    } catch (error) {
      message.error(sentenceOf(error, wording));
    }
  };
  /** Waits for what goes on as a job, and tells how it ended. */
  const follow = async (kind: Plan['kind'], begun: Begun, n: number): Promise<void> => {
    for (;;) {
      await new Promise((done) => setTimeout(done, FOLLOW_MS));
      const { data } = await api.GET('/arrangement/{id}', { params: { path: { id: begun.id } } });
      if (!data || data.state === 'queued') continue;
      if (data.state === 'done') tell(kind, { ...begun, state: 'done' }, data.done || n);
      else if (data.error) message.error(data.error);
      return;
    }
  };
  const tell = (kind: Plan['kind'], begun: Begun, n: number): void => {
    renew();
    if (begun.state === 'waiting') message.info(t('arrange.waiting'));
    else if (begun.state !== 'done') {
      message.info(t('arrange.job'));
      void follow(kind, begun, n);
    } else
      notification.success({
        key: begun.id,
        title: t(`arrange.done.${kind}`, { n }),
        placement: 'bottomRight',
        duration: 12,
        actions: (
          <Button size="small" onClick={() => void undo(begun.id, begun.id)}>
            {t('arrange.undo')}
          </Button>
        ),
      });
  };
  const work: TreeWork = {
    async move(selection, to) {
      const n = countOf(selection);
      const { label, ...target } = to;
      const plan: Extract<Plan, { kind: 'move' }> = {
        kind: 'move',
        selection: selectionOf(selection),
        to: target,
        codes: 'keep',
      };
      try {
        const found = await previewOf(plan);
        const [first] = found.refusals;
        if (first) {
          message.error(sentenceOf(new ApiError(422, first.code), wording));
          return false;
        }
        if (found.otherFonds || found.people > 0) {
          setWanted({ ...plan, n, label });
          return false;
        }
        tell('move', await beginPlan(plan, null), found.total);
        return true;
      } catch (error) {
        message.error(sentenceOf(error, wording));
        return false;
      }
    },
    renumber: (selection) =>
      setWanted({ kind: 'renumber', selection: selectionOf(selection), numbers: {}, n: countOf(selection) }),
    split(selection) {
      const one = [...selection.single.values()][0] ?? selection.rows[0]?.from;
      if (one)
        setWanted({
          kind: 'split',
          fondsId: one.fondsId,
          number: '',
          selection: selectionOf(selection),
          n: countOf(selection),
        });
    },
  };
  const panel = wanted && (
    <ArrangePanel
      key={JSON.stringify(wanted)}
      wanted={wanted}
      onClose={() => setWanted(undefined)}
      onBegun={(begun, n) => {
        tell(wanted.kind, begun, n);
        setWanted(undefined);
      }}
    />
  );
  return { work, panel, changed, open: setWanted };
}
