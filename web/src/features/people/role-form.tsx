import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input } from 'antd';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import { Field, Loading, PageHead } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { useRoles } from './queries.ts';
import { ReasonForm } from './reason-form.tsx';
import { RoleSides } from './role-sides.tsx';
import type { Names, Role } from './shapes.ts';

/** Capabilities by side: a role takes from one of them, and from what goes with any. */
const GROUPS = {
  content: [
    'holdings.read',
    'content.read',
    'master.read',
    'content.export',
    'holdings.write',
    'holdings.draft',
    'import.run',
    'access.propose',
    'access.decide',
    'grants.manage',
    'certificate.request',
    'certificate.approve',
    'personal.unmask',
  ],
  system: ['people.manage'],
  security: ['rights.manage'],
  audit: ['audit.read', 'audit.report'],
  neutral: ['people.read', 'rights.approve', 'stats.read'],
} as const;
const SIDES = ['content', 'system', 'security', 'audit', 'neutral'] as const;

export function RoleForm(): ReactNode {
  const { code } = useParams();
  const archive = useArchive();
  const can = useCan();
  const roles = useRoles();
  if (!archive || !can('rights.manage', archive.id)) return <NothingHere />;
  if (roles.error) return <Trouble error={roles.error} retry={() => void roles.refetch()} />;
  if (!roles.data) return <Loading />;
  const role = code ? roles.data.find((r) => r.code === code) : undefined;
  if (code && role?.archiveId !== archive.id) return <NothingHere />;
  return (
    <div className="page narrow">
      <Form archiveId={archive.id} role={role} />
      {role && !role.retired && <Retire archiveId={archive.id} role={role} />}
    </div>
  );
}

/** Asks that an own role be given up; another person agrees. */
function Retire({ archiveId, role }: { archiveId: string; role: Role }): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const ask = useMutation({
    mutationFn: (reason: string) =>
      body(
        api.POST('/rights-changes', {
          body: { archiveId, wanted: { kind: 'retire', code: role.code, version: role.version }, reason },
        }),
      ),
    onSuccess: () => {
      message.success(t('rights.asked'));
      void queries.invalidateQueries({ queryKey: ['rights-changes'] });
      navigate('/rights-changes');
    },
    onError: () => void queries.invalidateQueries({ queryKey: ['roles'] }),
  });
  return (
    <details style={{ marginTop: 32 }}>
      <summary>{t('roles.retire')}</summary>
      <p className="soft">
        {t('roles.retireText')} {t('roles.held', { holders: role.holders })}
      </p>
      <ReasonForm
        title={t('roles.retire')}
        act={t('rights.ask')}
        error={ask.error}
        pending={ask.isPending}
        onReason={(reason) => ask.mutate(reason)}
      />
    </details>
  );
}

/** What somebody else made of the role meanwhile, from the refusal. */
interface Theirs {
  by: string | undefined;
  current: { version: number; names: Names; capabilities: string[] } | undefined;
}
function theirsOf(error: unknown): Theirs | undefined {
  if (!(error instanceof ApiError) || error.code !== 'role.changed') return undefined;
  const values: { by?: unknown; current?: unknown } = { ...error.problem?.values };
  return {
    by: typeof values.by === 'string' ? values.by : undefined,
    current: isVersion(values.current) ? values.current : undefined,
  };
}
function isVersion(v: unknown): v is NonNullable<Theirs['current']> {
  return typeof v === 'object' && v !== null && 'names' in v && 'capabilities' in v;
}

function Form({ archiveId, role }: { archiveId: string; role: Role | undefined }): ReactNode {
  const { t, word, language } = useWording();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [names, setNames] = useState<Names>(role?.names ?? { 'zh-CN': '', 'zh-TW': '', en: '' });
  const [capabilities, setCapabilities] = useState<string[]>([...(role?.capabilities ?? [])]);
  const [version, setVersion] = useState(role?.version ?? null);
  const [reason, setReason] = useState('');
  const ask = useMutation({
    mutationFn: () =>
      body(
        api.POST('/rights-changes', {
          body: {
            archiveId,
            wanted: { kind: 'role', code: role?.code ?? null, version, names, capabilities },
            reason: reason.trim(),
          },
        }),
      ),
    onSuccess: () => {
      message.success(t('rights.asked'));
      void queries.invalidateQueries({ queryKey: ['rights-changes'] });
      navigate('/rights-changes');
    },
    onError: () => void queries.invalidateQueries({ queryKey: ['roles'] }),
  });
  const theirs = theirsOf(ask.error);
  // The person pressed the button at the foot of a long form; both versions stand at its head.
  const notice = useRef<HTMLElement>(null);
  const conflict = theirs !== undefined;
  useEffect(() => {
    if (conflict) notice.current?.scrollIntoView({ block: 'center' });
  }, [conflict]);
  const sides = SIDES.filter((s) => s !== 'neutral' && GROUPS[s].some((c) => capabilities.includes(c)));
  const filled = Object.values(names).every((n) => n.trim() !== '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask.mutate();
  };
  const toggle = (c: string, on: boolean): void =>
    setCapabilities(on ? [...capabilities, c] : capabilities.filter((other) => other !== c));
  return (
    <>
      <PageHead
        crumbs={[{ to: '/roles', text: t('roles.title') }]}
        title={role ? role.names[language] : t('roles.new')}
      />
      <form className="stack" onSubmit={submit} aria-label={t('roles.new')}>
        {theirs ? (
          <section ref={notice} className="notice is-waiting stack" role="alert">
            <strong>{t(theirs.by ? 'roles.waitingOf' : 'roles.changed', { name: theirs.by ?? '' })}</strong>
            {theirs.current && (
              <>
                <RoleSides
                  sides={[
                    { title: t('conflict.mine'), role: { names, capabilities } },
                    { title: t('conflict.theirs'), role: theirs.current },
                  ]}
                />
                <div className="row">
                  <Button
                    onClick={() => {
                      setNames(theirs.current?.names ?? names);
                      setCapabilities(theirs.current?.capabilities ?? capabilities);
                      if (!theirs.by) setVersion(theirs.current?.version ?? version);
                      ask.reset();
                    }}
                  >
                    {t('roles.takeTheirs')}
                  </Button>
                  {!theirs.by && (
                    <Button
                      onClick={() => {
                        setVersion(theirs.current?.version ?? version);
                        ask.reset();
                      }}
                    >
                      {t('roles.keepMine')}
                    </Button>
                  )}
                </div>
              </>
            )}
          </section>
        ) : (
          ask.error && <Trouble error={ask.error} />
        )}
        <div className="fields">
          {(['zh-CN', 'zh-TW', 'en'] as const).map((l) => (
            <Field key={l} label={t(`roles.name.${l}`)} needed>
              {(id) => (
                <Input
                  id={id}
                  lang={l}
                  maxLength={100}
                  value={names[l]}
                  onChange={(e) => setNames({ ...names, [l]: e.target.value })}
                />
              )}
            </Field>
          ))}
        </div>
        {SIDES.map((side) => (
          <fieldset key={side} style={{ border: 0, padding: 0, margin: 0 }}>
            <legend className="fields-title">{t(`side.${side}`)}</legend>
            {GROUPS[side].map((c) => (
              <div key={c}>
                <Checkbox checked={capabilities.includes(c)} onChange={(e) => toggle(c, e.target.checked)}>
                  {word('capability', c)}
                </Checkbox>
              </div>
            ))}
          </fieldset>
        ))}
        {sides.length > 1 && (
          <p className="notice is-wrong" role="alert">
            {t('error.role.twoSides')}
          </p>
        )}
        <Field label={t('access.reason')} needed>
          {(id) => (
            <Input id={id} maxLength={1_000} value={reason} onChange={(e) => setReason(e.target.value)} />
          )}
        </Field>
        <div>
          <Button
            type="primary"
            htmlType="submit"
            loading={ask.isPending}
            disabled={!filled || !reason.trim() || sides.length > 1}
          >
            {t('rights.ask')}
          </Button>
        </div>
      </form>
    </>
  );
}
