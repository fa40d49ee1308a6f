import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { AuthorityChoice } from './choice.tsx';
import { type Authority, classOf, type Suggested } from './queries.ts';

/** A duplicate goes into the record that stays. */
export function MergeForm({ a, onClose }: { a: Authority; onClose: () => void }): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [into, setInto] = useState<Suggested>();
  const [reason, setReason] = useState('');
  const merge = useMutation({
    mutationFn: () =>
      body(
        api.POST('/authorities/{id}/merge', {
          params: { path: { id: a.id } },
          body: { into: into?.id ?? '', version: a.version, reason: reason.trim() || null },
        }),
      ),
    onSuccess: (moved) => {
      void message.success(
        t('authority.merged', { units: moved.units, fonds: moved.fonds, relations: moved.relations }),
      );
      for (const key of ['authority', 'authorities', 'authority-branch', 'authority-units', 'unit-links'])
        void queries.invalidateQueries({ queryKey: [key] });
      navigate(`/authorities/${into?.id ?? ''}`);
    },
  });
  return (
    <Drawer title={t('authority.mergeTitle')} open onClose={onClose} size={460} destroyOnHidden>
      <form
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (into) merge.mutate();
        }}
      >
        <p>{t('authority.mergeText', { name: a.name })}</p>
        {merge.error && <Trouble error={merge.error} />}
        <Field label={t('authority.mergeInto')} needed>
          {(id) => (
            <AuthorityChoice
              id={id}
              archiveId={a.archiveId}
              of={classOf(a.kind)}
              vocabularyId={a.vocabularyId ?? undefined}
              but={a.id}
              value={into}
              onChange={setInto}
            />
          )}
        </Field>
        <Field label={t('authority.mergeReason')}>
          {(id) => (
            <Input id={id} maxLength={2_000} value={reason} onChange={(e) => setReason(e.target.value)} />
          )}
        </Field>
        <div className="row">
          <Button htmlType="submit" type="primary" danger disabled={!into} loading={merge.isPending}>
            {t('authority.merge')}
          </Button>
          <Button onClick={onClose}>{t('act.cancel')}</Button>
        </div>
      </form>
    </Drawer>
  );
}
