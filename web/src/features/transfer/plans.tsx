import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { DrawerForm } from '../../components/save-form.tsx';
import { Field, Status } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { today } from '../../lib/format.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { useChosenAgency } from '../filing/chosen-agency.ts';
import type { Agency } from '../filing/queries.ts';
import type { Plan } from './queries.ts';

/** What agencies are to hand over, those due first. */
export function Plans(props: {
  archiveId: string;
  agencies: readonly Agency[];
  onBegin: (plan: Plan) => void;
}): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const [planning, setPlanning] = useState(false);
  const plans = useQuery({
    queryKey: ['transfer-plans', props.archiveId],
    queryFn: () =>
      body(api.GET('/transfer-plans', { params: { query: { archive: props.archiveId, limit: 100 } } })),
  });
  const mayPlan = can('transfer.receive', props.archiveId);
  const open = (plans.data?.items ?? []).filter((p) => p.batches === 0 || p.accepted < p.batches);
  if (!mayPlan && open.length === 0) return null;
  return (
    <section className="stack" aria-label={t('transfer.plans')} style={{ marginBottom: 18 }}>
      <h2 className="fields-title">
        {t('transfer.plans')} <span className="soft">{open.length}</span>
      </h2>
      {plans.error && <Trouble error={plans.error} />}
      {open.length > 0 && (
        <ul>
          {open.map((plan) => (
            <PlanRow
              key={plan.id}
              plan={plan}
              agency={props.agencies.find((a) => a.agencyId === plan.agencyId)}
              onBegin={() => props.onBegin(plan)}
            />
          ))}
        </ul>
      )}
      {mayPlan && (
        <div>
          <Button onClick={() => setPlanning(true)}>{t('transfer.planNew')}</Button>
        </div>
      )}
      {planning && <NewPlan {...props} onClose={() => setPlanning(false)} />}
    </section>
  );
}

function PlanRow({
  plan,
  agency,
  onBegin,
}: {
  plan: Plan;
  agency: Agency | undefined;
  onBegin: () => void;
}): ReactNode {
  const { t } = useWording();
  return (
    <li className="work-row">
      <span className="small soft">{plan.year}</span>
      <span className="grow">
        <span className="work-title">{plan.content}</span>
        <span className="small soft">
          {agency && `${agency.name} · `}
          {t('transfer.planDue')} {plan.dueOn}
          {plan.batches > 0 &&
            ` · ${t('transfer.planDone', { accepted: plan.accepted, batches: plan.batches })}`}
        </span>
      </span>
      {plan.dueOn < today() && <Status tone="wrong">{t('transfer.planOverdue')}</Status>}
      {agency?.mayWrite && (
        <Button size="small" type="primary" onClick={onBegin}>
          {t('transfer.planBegin')}
        </Button>
      )}
    </li>
  );
}

function NewPlan(props: { archiveId: string; agencies: readonly Agency[]; onClose: () => void }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [agencyId, setAgencyId] = useChosenAgency(props.agencies);
  const [year, setYear] = useState(today().slice(0, 4));
  const [content, setContent] = useState('');
  const [dueOn, setDueOn] = useState('');
  const [items, setItems] = useState('');
  const plan = useMutation({
    mutationFn: () =>
      body(
        api.POST('/transfer-plans', {
          body: {
            archiveId: props.archiveId,
            agencyId,
            year: Number(year),
            content: content.trim(),
            dueOn,
            items: items ? Number(items) : null,
            note: null,
          },
        }),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['transfer-plans'] });
      props.onClose();
    },
  });
  const ready = agencyId && content.trim() && /^\d{4}$/.test(year) && dueOn && /^\d*$/.test(items);
  return (
    <DrawerForm
      title={t('transfer.planNew')}
      size={460}
      save={plan}
      act={t('transfer.planNew')}
      disabled={!ready}
      onClose={props.onClose}
    >
      <Field label={t('transfer.agency')} needed>
        {(id) => (
          <Select
            id={id}
            showSearch={{ optionFilterProp: 'label' }}
            value={agencyId}
            onChange={setAgencyId}
            options={props.agencies.map((a) => ({ value: a.agencyId, label: a.name }))}
          />
        )}
      </Field>
      <Field label={t('transfer.planYear')} needed>
        {(id) => (
          <Input
            id={id}
            inputMode="numeric"
            maxLength={4}
            style={{ width: 90 }}
            value={year}
            onChange={(event) => setYear(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('transfer.planContent')} needed>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={2_000}
            value={content}
            onChange={(event) => setContent(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('transfer.planDue')} needed>
        {(id) => (
          <Input
            id={id}
            type="date"
            style={{ width: 170 }}
            value={dueOn}
            onChange={(event) => setDueOn(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('transfer.planItems')}>
        {(id) => (
          <Input
            id={id}
            inputMode="numeric"
            style={{ width: 120 }}
            value={items}
            onChange={(event) => setItems(event.target.value)}
          />
        )}
      </Field>
    </DrawerForm>
  );
}
