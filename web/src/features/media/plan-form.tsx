import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, InputNumber, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes, count, today } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { FondsField } from '../holdings/fonds-field.tsx';
import { KINDS, MEDIA, type MediumKind, type PlanOrder, planEstimate } from './queries.ts';

/** A usual size of each kind, in gigabytes as makers count them. */
const USUAL: Readonly<Record<MediumKind, number>> = { optical: 25, magnetic: 4_000, ssd: 1_000, other: 100 };
const GIGABYTE = 1e9;

/** Plans the next media: of what, on what, and what that comes to before anything is made. */
export function PlanForm({ archiveId, onClose }: { archiveId: string; onClose: () => void }): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [title, setTitle] = useState(() => t('media.planTitleIs', { day: today() }));
  const [kind, setKind] = useState<MediumKind>('optical');
  const [gigabytes, setGigabytes] = useState<number | null>(USUAL.optical);
  const [of, setOf] = useState<'all' | 'some'>('all');
  const [fondsId, setFondsId] = useState<string>();
  const [years, setYears] = useState<{ from: number | null; to: number | null }>({ from: null, to: null });
  const order: PlanOrder = {
    archiveId,
    kind,
    mediumBytes: Math.round((gigabytes ?? 0) * GIGABYTE),
    ...(of === 'some' && { fondsId: fondsId ?? null, yearFrom: years.from, yearTo: years.to }),
  };
  const whole = of === 'all' || fondsId !== undefined || years.from !== null || years.to !== null;
  const estimate = useQuery({ ...planEstimate(order), enabled: order.mediumBytes > 0 && whole });
  const plan = useMutation({
    mutationFn: () =>
      body(api.POST('/preservation/media-plans', { body: { ...order, title: title.trim() } })),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: MEDIA });
      navigate(`/preservation/media/plans/${made.id}`);
    },
  });
  const found = estimate.data;
  const year = (key: 'from' | 'to', label: string): ReactNode => (
    <Field label={label}>
      {(id) => (
        <InputNumber
          id={id}
          min={1}
          max={9999}
          controls={false}
          value={years[key]}
          onChange={(value) => setYears({ ...years, [key]: value })}
          style={{ width: 110 }}
        />
      )}
    </Field>
  );
  return (
    <Drawer
      open
      title={t('media.plan')}
      size={520}
      onClose={onClose}
      footer={
        <div className="row">
          <Button
            type="primary"
            disabled={!title.trim() || !found || found.objects === 0}
            loading={plan.isPending}
            onClick={() => plan.mutate()}
          >
            {t('media.planAct')}
          </Button>
          <Button onClick={onClose}>{t('act.cancel')}</Button>
        </div>
      }
    >
      <div className="stack">
        {plan.error && <Trouble error={plan.error} />}
        <Field label={t('media.planTitle')} needed>
          {(id) => (
            <Input id={id} maxLength={300} value={title} onChange={(event) => setTitle(event.target.value)} />
          )}
        </Field>
        <fieldset className="plain">
          <legend>{t('media.of')}</legend>
          <Radio.Group
            value={of}
            onChange={(event) => setOf(event.target.value)}
            options={[
              { value: 'all', label: t('media.ofAll') },
              { value: 'some', label: t('media.ofSome') },
            ]}
          />
        </fieldset>
        {of === 'some' && (
          <>
            <FondsField
              archiveId={archiveId}
              label={t('media.fonds')}
              value={fondsId}
              onChange={setFondsId}
            />
            <div className="row">
              {year('from', t('media.yearFrom'))}
              {year('to', t('media.yearTo'))}
            </div>
          </>
        )}
        <fieldset className="plain">
          <legend>{t('media.label.kind')}</legend>
          <Radio.Group
            value={kind}
            onChange={(event) => {
              const next: MediumKind = event.target.value;
              setKind(next);
              setGigabytes(USUAL[next]);
            }}
            options={KINDS.map((value) => ({ value, label: t(`media.kind.${value}`) }))}
          />
        </fieldset>
        <Field label={t('media.gigabytes')} needed hint={t('media.gigabytesHint')}>
          {(id) => (
            <InputNumber id={id} min={0.1} max={1_000_000} value={gigabytes} onChange={setGigabytes} />
          )}
        </Field>
        <div aria-live="polite">
          {estimate.error && <Trouble error={estimate.error} />}
          {estimate.isFetching && !found && <p className="soft">{t('media.estimating')}</p>}
          {found && found.objects === 0 && found.tooLarge === 0 && (
            <p className="notice is-waiting">{t('media.nothingToPlan')}</p>
          )}
          {found && found.objects > 0 && (
            <p className="notice is-done">
              {t(found.exact ? 'media.estimate' : 'media.estimateAtLeast', {
                n: count(found.objects),
                size: bytes(found.bytes),
                media: count(found.media),
              })}
            </p>
          )}
          {found && found.tooLarge > 0 && (
            <p className="notice is-wrong">{t('media.tooLarge', { n: found.tooLarge })}</p>
          )}
        </div>
      </div>
    </Drawer>
  );
}
