import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, done } from '../../api/client.ts';
import { SaveForm } from '../../components/save-form.tsx';
import { Field, When } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import type { Account } from './shapes.ts';

export function PasswordPart({ account }: { account: Account }): ReactNode {
  const { t } = useWording();
  const [open, setOpen] = useState(false);
  return (
    <section>
      <h2 className="fields-title">{t('account.password')}</h2>
      {!account.hasPassword && <p className="soft">{t('account.passwordNone')}</p>}
      {account.passwordChangedAt && (
        <p className="soft">
          {t('account.passwordSince')} <When at={account.passwordChangedAt} />
        </p>
      )}
      {open ? (
        <PasswordForm account={account} onClose={() => setOpen(false)} />
      ) : (
        <Button onClick={() => setOpen(true)}>{t('account.passwordChange')}</Button>
      )}
    </section>
  );
}

function PasswordForm({ account, onClose }: { account: Account; onClose: () => void }): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form, setForm] = useState({ current: '', password: '', again: '' });
  const change = useMutation({
    mutationFn: () => {
      const { current, password } = form;
      return done(
        api.POST('/me/password', { body: account.hasPassword ? { current, password } : { password } }),
      );
    },
    onSuccess: () => {
      message.success(t('account.passwordChanged'));
      for (const queryKey of [['account'], ['sessions']]) void queries.invalidateQueries({ queryKey });
      onClose();
    },
  });
  const secret = (key: keyof typeof form, label: string, more: { hint?: string; wrong?: string } = {}) => (
    <Field label={label} needed {...more}>
      {(id) => (
        <Input
          id={id}
          type="password"
          required
          autoComplete={key === 'current' ? 'current-password' : 'new-password'}
          value={form[key]}
          onChange={(event) => setForm({ ...form, [key]: event.target.value })}
        />
      )}
    </Field>
  );
  const differs = form.again !== '' && form.again !== form.password;
  return (
    <SaveForm
      label={t('account.passwordChange')}
      save={change}
      act={t('account.passwordChange')}
      disabled={!form.password || form.password !== form.again || (account.hasPassword && !form.current)}
      onClose={onClose}
    >
      {account.hasPassword && secret('current', t('account.passwordCurrent'))}
      {secret('password', t('account.passwordNew'), { hint: t('account.passwordHint') })}
      {secret('again', t('setup.again'), differs ? { wrong: t('setup.differs') } : {})}
    </SaveForm>
  );
}
