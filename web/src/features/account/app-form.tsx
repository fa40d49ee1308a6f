import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Code, Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';

/** Adds an authenticator app: a name, the QR code, the first six figures. */
export function AppForm(props: {
  onAdded: (recoveryCodes: readonly string[] | null) => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useWording();
  const [name, setName] = useState(t('account.totpName'));
  const [code, setCode] = useState('');
  const begin = useMutation({ mutationFn: () => body(api.POST('/me/totp', { body: { name } })) });
  const begun = begin.data;
  const confirm = useMutation({
    mutationFn: (id: string) =>
      body(api.POST('/me/totp/{id}/confirm', { params: { path: { id } }, body: { code } })),
    onSuccess: ({ recoveryCodes }) => props.onAdded(recoveryCodes),
    onError: () => setCode(''),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (begun) confirm.mutate(begun.id);
    else begin.mutate();
  };
  return (
    <form className="stack" onSubmit={submit} aria-label={t('account.totpAdd')}>
      {begin.error && <Trouble error={begin.error} />}
      {confirm.error && <Trouble error={confirm.error} />}
      {!begun && (
        <Field label={t('account.factorName')} needed>
          {(id) => <Input id={id} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
      )}
      {begun && (
        <>
          <p>{t('account.totpScan')}</p>
          <div className="row" style={{ alignItems: 'flex-start', gap: 24 }}>
            <img
              alt={t('account.totpQr')}
              width={180}
              height={180}
              src={`data:image/svg+xml;utf8,${encodeURIComponent(begun.qr)}`}
            />
            <div className="stack">
              <p className="small soft">
                {t('account.totpType')}
                <br />
                <Code value={begun.secret.replaceAll(/.{4}(?=.)/g, '$& ')} copy />
              </p>
              <Field label={t('account.totpCode')} needed>
                {(id) => (
                  <Input
                    id={id}
                    autoFocus
                    inputMode="numeric"
                    autoComplete="one-time-code"
                    className="code"
                    value={code}
                    onChange={(event) => setCode(event.target.value)}
                  />
                )}
              </Field>
            </div>
          </div>
        </>
      )}
      <div className="row">
        <Button
          type="primary"
          htmlType="submit"
          loading={begin.isPending || confirm.isPending}
          disabled={begun ? code.trim() === '' : name.trim() === ''}
        >
          {t(begun ? 'account.totpConfirm' : 'act.next')}
        </Button>
        <Button onClick={props.onClose}>{t('act.cancel')}</Button>
      </div>
    </form>
  );
}
