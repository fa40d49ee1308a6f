import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { CopiedLink } from '../../components/copied-link.tsx';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useCan, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';

/** For somebody who forgot their password: the system administrator's one-time link. */
export function PasswordLink(props: { person: { id: string; archiveId: string | null } }): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const me = useSession().person.id;
  const { id, archiveId } = props.person;
  const [reason, setReason] = useState('');
  const [clearsFactors, setClears] = useState(false);
  const make = useMutation({
    mutationFn: () =>
      body(
        api.POST('/people/{id}/password-link', { params: { path: { id } }, body: { reason, clearsFactors } }),
      ),
    onSuccess: () => setReason(''),
  });
  if (id === me || archiveId === null || !can('people.manage', archiveId)) return null;
  const url = make.data?.url;
  return (
    <section>
      <h2 className="fields-title">{t('passwordLink.title')}</h2>
      <p className="soft">{t('passwordLink.lead')}</p>
      {make.error && <Trouble error={make.error} />}
      {url && <CopiedLink url={url} />}
      <form
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <Field label={t('passwordLink.reason')} needed>
          {(field) => (
            <Input
              id={field}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <Checkbox checked={clearsFactors} onChange={(event) => setClears(event.target.checked)}>
          {t('passwordLink.factors')}
        </Checkbox>
        <div>
          <Button htmlType="submit" loading={make.isPending} disabled={reason.trim() === ''}>
            {t('passwordLink.make')}
          </Button>
        </div>
      </form>
    </section>
  );
}
