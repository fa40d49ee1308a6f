import { useMutation } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DrawerForm } from '../../components/save-form.tsx';
import { Field } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { useChosenAgency } from '../filing/chosen-agency.ts';
import type { Agency } from '../filing/queries.ts';

/** Begins a batch: whose, and the first lines of the register. */
export function NewBatch(props: {
  agencies: readonly Agency[];
  plan?: { planId: string; agencyId: string };
  onClose: () => void;
}): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const [agencyId, setAgencyId] = useChosenAgency(props.agencies, props.plan?.agencyId);
  const [title, setTitle] = useState('');
  const [content, setContent] = useState('');
  const [fonds, setFonds] = useState('');
  const agency = props.agencies.find((a) => a.agencyId === agencyId);
  const begin = useMutation({
    mutationFn: () =>
      body(
        api.POST('/transfers', {
          body: {
            archiveId: agency?.archiveId ?? '',
            agencyId,
            planId: props.plan?.planId ?? null,
            title: title.trim(),
            content: content.trim(),
            fonds: fonds.trim() || null,
          },
        }),
      ),
    onSuccess: ({ id }) => navigate(`/transfers/${id}`),
  });
  return (
    <DrawerForm
      title={t('transfer.new')}
      size={460}
      save={begin}
      act={t('transfer.new')}
      disabled={!title.trim() || !agency}
      onClose={props.onClose}
    >
      {props.agencies.length > 1 && (
        <Field label={t('transfer.agency')} needed>
          {(id) => (
            <Select
              id={id}
              value={agencyId}
              disabled={props.plan !== undefined}
              onChange={setAgencyId}
              options={props.agencies.map((a) => ({ value: a.agencyId, label: a.name }))}
            />
          )}
        </Field>
      )}
      <Field label={t('transfer.name')} needed>
        {(id) => (
          <Input id={id} maxLength={300} value={title} onChange={(event) => setTitle(event.target.value)} />
        )}
      </Field>
      <Field label={t('transfer.content')} hint={t('transfer.contentHint')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={4_000}
            value={content}
            onChange={(event) => setContent(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('transfer.fonds')} hint={t('transfer.fondsHint')}>
        {(id) => (
          <Input id={id} maxLength={20} value={fonds} onChange={(event) => setFonds(event.target.value)} />
        )}
      </Field>
    </DrawerForm>
  );
}
