import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { Unit } from '../../api/shapes.ts';
import { Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { HoldingsTree } from './tree.tsx';
import type { TreePlace } from './tree-place.ts';

type Where = 'last' | 'first' | { after: string };

/** Moves a unit: below which parent, and where among those already there. */
export function MoveForm({ unit, onClose }: { unit: Unit; onClose: () => void }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [place, setPlace] = useState<TreePlace>();
  const [where, setWhere] = useState<Where>('last');
  const siblings = useQuery({
    queryKey: ['siblings', place?.id],
    enabled: Boolean(place),
    queryFn: () =>
      body(
        api.GET('/archives/{archiveId}/units', {
          params: {
            path: { archiveId: unit.archive.id },
            query: { parent: place?.id ?? '', sort: 'position', limit: 50 },
          },
        }),
      ),
  });
  const others = siblings.data?.items.filter((one) => one.id !== unit.id) ?? [];
  const otherFonds = place !== undefined && place.fondsId !== unit.fondsId;
  const itself = place?.id === unit.id;
  const move = useMutation({
    mutationFn: () => {
      const first = others[0];
      return body(
        api.POST('/units/{id}/move', {
          params: { path: { id: unit.id } },
          body: {
            parentId: place?.kind === 'unit' ? place.id : null,
            version: unit.version,
            ...(where === 'first' && first && { before: first.id }),
            ...(typeof where === 'object' && where),
          },
        }),
      );
    },
    onSuccess: (moved) => {
      queries.setQueryData(['unit', unit.id], moved);
      for (const queryKey of [['units'], ['tree'], ['siblings'], ['unit-history', unit.id]])
        void queries.invalidateQueries({ queryKey });
      message.success(t('move.done', { place: place?.label ?? '' }));
      onClose();
    },
  });
  return (
    <Drawer
      open
      size={560}
      title={t('move.title')}
      onClose={onClose}
      footer={
        <div className="row">
          <Button
            type="primary"
            disabled={!place || otherFonds || itself}
            loading={move.isPending}
            onClick={() => move.mutate()}
          >
            {t('move.act')}
          </Button>
          <Button onClick={onClose}>{t('act.cancel')}</Button>
        </div>
      }
    >
      <div className="stack">
        {move.error && <Trouble error={move.error} />}
        <p>{unit.title}</p>
        <section>
          <h3 className="fields-title">{t('move.parent')}</h3>
          <div style={{ border: '1px solid var(--line)', height: 280 }}>
            <HoldingsTree
              archiveId={unit.archive.id}
              at={place?.id}
              fondsId={place?.fondsId}
              onPlace={setPlace}
            />
          </div>
          {otherFonds && <p className="notice is-wrong">{t('move.otherFonds')}</p>}
          {itself && <p className="notice is-wrong">{t('move.itself')}</p>}
        </section>
        {place && !otherFonds && !itself && (
          <section>
            <h3 className="fields-title">{t('move.where', { place: place.label })}</h3>
            {siblings.error && <Trouble error={siblings.error} />}
            {siblings.isPending && <Loading lines={3} />}
            {siblings.data && (
              <Radio.Group
                value={typeof where === 'object' ? where.after : where}
                className="stack"
                style={{ gap: 4 }}
              >
                <Radio value="last" onChange={() => setWhere('last')}>
                  {t('move.last')}
                </Radio>
                <Radio value="first" onChange={() => setWhere('first')} disabled={others.length === 0}>
                  {t('move.first')}
                </Radio>
                {others.map((one) => (
                  <Radio key={one.id} value={one.id} onChange={() => setWhere({ after: one.id })}>
                    {t('move.after')} <span className="code">{one.referenceCode}</span> {one.title}
                  </Radio>
                ))}
              </Radio.Group>
            )}
          </section>
        )}
      </div>
    </Drawer>
  );
}
