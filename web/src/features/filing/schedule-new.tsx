import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Radio, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { today } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { useChosenAgency } from './chosen-agency.ts';
import type { Agency } from './queries.ts';

const LAST = 'last';

/** Begins a schedule: for which agency, with which lines, under which title. */
export function NewSchedule(props: {
  agencies: readonly Agency[];
  chosen?: string;
  onClose: () => void;
}): ReactNode {
  const { t, word } = useWording();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [agencyId, setAgencyId] = useChosenAgency(props.agencies, props.chosen);
  const [begin, setBegin] = useState(LAST);
  const agency = props.agencies.find((a) => a.agencyId === agencyId);
  const nameFor = (name: string) => t('schedule.nameIs', { agency: name, year: today().slice(0, 4) });
  const [named, setTitle] = useState<string>();
  const title = named ?? nameFor(agency?.name ?? '');
  const templates = useQuery({
    queryKey: ['filing', 'templates'],
    queryFn: async () => (await body(api.GET('/filing/templates'))).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const draft = useMutation({
    mutationFn: () =>
      body(
        api.POST('/filing/schedules', {
          body: {
            archiveId: agency?.archiveId ?? '',
            agencyId,
            title: title.trim(),
            ...(begin !== LAST && { template: begin }),
          },
        }),
      ),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['filing', 'schedules'] });
      navigate(`/filing/schedules/${id}`);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    draft.mutate();
  };
  return (
    <Drawer title={t('schedule.newTitle')} open onClose={props.onClose} size={460} destroyOnHidden>
      <form className="stack" onSubmit={submit}>
        {draft.error && <Trouble error={draft.error} />}
        {props.agencies.length > 1 && (
          <Field label={t('filing.agency')} needed>
            {(id) => (
              <Select
                id={id}
                value={agencyId}
                onChange={(chosen) => {
                  setAgencyId(chosen);
                  setTitle(undefined);
                }}
                options={props.agencies.map((a) => ({ value: a.agencyId, label: a.name }))}
              />
            )}
          </Field>
        )}
        <Field label={t('schedule.name')} needed>
          {(id) => (
            <Input id={id} maxLength={300} value={title} onChange={(event) => setTitle(event.target.value)} />
          )}
        </Field>
        <fieldset className="choices">
          <legend>{t('schedule.begin')}</legend>
          <Radio.Group
            vertical
            value={begin}
            onChange={(event) => setBegin(String(event.target.value))}
            options={[
              { value: LAST, label: t('schedule.beginLast') },
              ...(templates.data ?? []).map((one) => ({
                value: one.code,
                label: t('schedule.templateLines', {
                  name: word('schedule.template', one.code),
                  n: one.lines,
                }),
              })),
            ]}
          />
        </fieldset>
        <div className="row">
          <Button
            htmlType="submit"
            type="primary"
            loading={draft.isPending}
            disabled={!title.trim() || !agency}
          >
            {t('schedule.new')}
          </Button>
          <Button onClick={props.onClose}>{t('act.cancel')}</Button>
        </div>
      </form>
    </Drawer>
  );
}
