import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import type { ArchiveLevel } from '../../api/shapes.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { Gate } from './gate.tsx';

const LEVELS: readonly ArchiveLevel[] = ['county', 'city', 'province'];
const SHORTEST_PASSWORD = 10;

/** First start: the one-time link printed on the server carries the token behind the #, so that no log keeps it. */
export function Setup(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const token = useLocation().hash.slice(1);
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => body(api.GET('/setup')) });
  const [form, setForm] = useState({
    code: '',
    name: '',
    username: '',
    displayName: '',
    password: '',
    again: '',
  });
  const [level, setLevel] = useState<ArchiveLevel>('county');
  const put = (change: Partial<typeof form>): void => setForm({ ...form, ...change });
  const start = useMutation({
    mutationFn: () => {
      const { username, displayName, password, code, name } = form;
      const archive = { code, name, level };
      return body(api.POST('/setup', { body: { token, username, displayName, password, archive } }));
    },
    onSuccess: (session) => {
      queries.clear();
      queries.setQueryData(['session'], session);
      navigate('/holdings', { replace: true });
    },
  });
  if (setup.data && !setup.data.needed)
    return (
      <Gate title={t('product.name')}>
        <p>{t('error.setup.done')}</p>
        <Link to="/sign-in">{t('signIn.act')}</Link>
      </Gate>
    );
  if (!token)
    return (
      <Gate title={t('setup.title')}>
        <p>{t('setup.noToken')}</p>
      </Gate>
    );
  const differs = form.again !== '' && form.again !== form.password;
  const short = form.password !== '' && form.password.length < SHORTEST_PASSWORD;
  const ready =
    form.code && form.name && form.username && form.displayName && form.password === form.again && !short;
  const text = (
    key: keyof typeof form,
    label: string,
    more: { hint?: string; wrong?: string; secret?: boolean } = {},
  ) => (
    <Field label={label} needed hint={more.hint} wrong={more.wrong}>
      {(id) => (
        <Input
          id={id}
          required
          type={more.secret ? 'password' : 'text'}
          autoComplete={more.secret ? 'new-password' : 'off'}
          value={form[key]}
          onChange={(event) => put({ [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <Gate title={t('setup.title')} lead={t('setup.lead')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          start.mutate();
        }}
      >
        {start.error && <Trouble error={start.error} />}
        <h2 className="fields-title">{t('setup.archive')}</h2>
        {text('name', t('setup.archiveName'))}
        {text('code', t('field.archiveCode'), { hint: t('setup.codeHint') })}
        <Field label={t('setup.level')}>
          {(id) => (
            <Select
              id={id}
              value={level}
              onChange={setLevel}
              options={LEVELS.map((value) => ({ value, label: t(`archiveLevel.${value}`) }))}
            />
          )}
        </Field>
        <h2 className="fields-title">{t('setup.you')}</h2>
        {text('displayName', t('setup.displayName'))}
        {text('username', t('signIn.username'))}
        {text('password', t('signIn.password'), {
          secret: true,
          hint: t('setup.passwordHint', { n: SHORTEST_PASSWORD }),
          ...(short ? { wrong: t('setup.passwordHint', { n: SHORTEST_PASSWORD }) } : {}),
        })}
        {text('again', t('setup.again'), { secret: true, ...(differs ? { wrong: t('setup.differs') } : {}) })}
        <Button type="primary" htmlType="submit" block disabled={!ready} loading={start.isPending}>
          {t('setup.act')}
        </Button>
      </form>
    </Gate>
  );
}
