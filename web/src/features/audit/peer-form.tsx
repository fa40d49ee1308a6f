import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, done } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useArchiveName, useCan, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';

const BY_HAND = '';

/** Decides to trust another installation, by its certificates. */
export function PeerForm({ addresses }: { addresses: readonly string[] }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [name, setName] = useState('');
  const [certificate, setCertificate] = useState('');
  const [address, setAddress] = useState(BY_HAND);
  const [archiveCode, setArchiveCode] = useState('');
  const add = useMutation({
    mutationFn: () =>
      done(
        api.POST('/audit/peers', {
          body: {
            name: name.trim(),
            certificate: certificate.trim(),
            ...(address !== BY_HAND && { address, archiveCode: archiveCode.trim() }),
          },
        }),
      ),
    onSuccess: () => {
      message.success(t('peers.added', { name: name.trim() }));
      for (const empty of [setName, setCertificate, setAddress, setArchiveCode]) empty('');
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: ['audit'] }),
  });
  const whole = name.trim() && certificate.trim() && (address === BY_HAND || archiveCode.trim());
  return (
    <form
      className="stack"
      aria-label={t('peers.add')}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <h2 className="fields-title">{t('peers.add')}</h2>
      {add.error && <Trouble error={add.error} />}
      <Field label={t('peers.name')} needed>
        {(id) => <Input id={id} maxLength={200} value={name} onChange={(e) => setName(e.target.value)} />}
      </Field>
      <Field label={t('peers.certificate')} needed hint={<OurKeys />}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={5}
            className="code"
            placeholder="-----BEGIN CERTIFICATE-----"
            value={certificate}
            onChange={(e) => setCertificate(e.target.value)}
          />
        )}
      </Field>
      <Field label={t('peers.address')} hint={t('peers.addressHint')}>
        {(id) => (
          <Select
            id={id}
            value={address}
            onChange={setAddress}
            options={[
              { value: BY_HAND, label: t('peers.addressNone') },
              ...addresses.map((a) => ({ value: a, label: a })),
            ]}
          />
        )}
      </Field>
      {address !== BY_HAND && (
        <Field label={t('peers.archiveCode')} needed>
          {(id) => (
            <Input
              id={id}
              maxLength={20}
              value={archiveCode}
              onChange={(e) => setArchiveCode(e.target.value)}
            />
          )}
        </Field>
      )}
      <div>
        <Button type="primary" htmlType="submit" loading={add.isPending} disabled={!whole}>
          {t('peers.addAct')}
        </Button>
      </div>
    </form>
  );
}

/** Both certificates another installation needs of us: whose checkpoints come, and whose signatures. */
function OurKeys(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const nameOf = useArchiveName();
  const archives = useSession().archives.filter((a) => can('audit.read', a.id));
  return (
    <>
      {t('peers.certificateHint')}
      <a href="/api/v1/audit/trust.pem" download="lantai.pem">
        {t('trail.ourKey')}
      </a>
      {archives.map((a) => (
        <span key={a.id}>
          {' · '}
          <a href={`/api/v1/archives/${a.code}/trust.pem`} download={`${a.code}.pem`}>
            {nameOf(a)}
          </a>
        </span>
      ))}
    </>
  );
}
