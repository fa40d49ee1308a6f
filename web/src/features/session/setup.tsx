import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { api, body } from '../../api/client.ts';
import type { ArchiveLevel } from '../../api/shapes.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { Gate } from './gate.tsx';
import { SetupDone } from './setup-done.tsx';

const LEVELS: readonly ArchiveLevel[] = ['county', 'city', 'province'];
const SHORTEST_PASSWORD = 10;
export const ADMINISTRATORS = ['administrator', 'security-administrator', 'auditor'] as const;
type Administrator = (typeof ADMINISTRATORS)[number];
/** What an account is named where nothing else is typed. */
const USUAL: Readonly<Record<Administrator, string>> = {
  administrator: 'sysadmin',
  'security-administrator': 'secadmin',
  auditor: 'auditadmin',
};

/** First start: the one-time link printed on the server carries the token behind the #, so that no log keeps it. */
export function Setup(): ReactNode {
  const { t } = useWording();
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
  const [three, setThree] = useState<Record<Administrator, { username: string; displayName: string }>>({
    administrator: { username: USUAL.administrator, displayName: '' },
    'security-administrator': { username: USUAL['security-administrator'], displayName: '' },
    auditor: { username: USUAL.auditor, displayName: '' },
  });
  const [level, setLevel] = useState<ArchiveLevel>('county');
  const put = (change: Partial<typeof form>): void => setForm({ ...form, ...change });
  const start = useMutation({
    mutationFn: () => {
      const { username, displayName, password, code, name } = form;
      const archive = { code, name, level };
      const head = { username, displayName, password };
      return body(api.POST('/setup', { body: { token, archive, head, administrators: three } }));
    },
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['session'] }),
  });
  if (start.data) return <SetupDone administrators={start.data.administrators} />;
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
  const named = ADMINISTRATORS.every((a) => three[a].username.trim() && three[a].displayName.trim());
  const ready =
    form.code &&
    form.name &&
    form.username &&
    form.displayName &&
    form.password === form.again &&
    !short &&
    named;
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
        <h2 className="fields-title">{t('setup.three')}</h2>
        <p className="soft">{t('setup.threeText')}</p>
        {ADMINISTRATORS.map((role) => (
          <fieldset key={role} style={{ border: 0, padding: 0, margin: 0 }}>
            <legend>
              <strong>{t(`setup.${role}`)}</strong>
              <span className="soft small"> {t(`setup.${role}.text`)}</span>
            </legend>
            <div className="fields">
              {(['displayName', 'username'] as const).map((key) => (
                <Field
                  key={key}
                  label={t(key === 'username' ? 'signIn.username' : 'setup.displayName')}
                  needed
                >
                  {(id) => (
                    <Input
                      id={id}
                      autoComplete="off"
                      aria-label={`${t(`setup.${role}`)} ${t(key === 'username' ? 'signIn.username' : 'setup.displayName')}`}
                      value={three[role][key]}
                      onChange={(e) =>
                        setThree({ ...three, [role]: { ...three[role], [key]: e.target.value } })
                      }
                    />
                  )}
                </Field>
              ))}
            </div>
          </fieldset>
        ))}
        <Button type="primary" htmlType="submit" block disabled={!ready} loading={start.isPending}>
          {t('setup.act')}
        </Button>
      </form>
    </Gate>
  );
}
