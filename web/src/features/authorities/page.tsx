import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { ApiError, api, done, fileUrl } from '../../api/client.ts';
import { Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, sentenceOf, Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording } from '../../wording.tsx';
import { AuthorityForm } from './form.tsx';
import { MergeForm } from './merge-form.tsx';
import { MergesInto } from './merges.tsx';
import { type Authority, authorityOne, CONTROL_OF, classOf, ELEMENTS_OF, vocabulariesOf } from './queries.ts';
import { RecordsOf } from './records.tsx';
import { Relations } from './relations.tsx';
import { elementWord, formWord, spanText } from './words.ts';
import '../../styles/filing.css';
import '../../styles/authorities.css';

/** One authority: what it is called and was called, what it is to others, and the records it belongs to. */
export function AuthorityPage(): ReactNode {
  const { id = '' } = useParams();
  const one = useQuery(authorityOne(id));
  if (one.error instanceof ApiError && one.error.status === 404) return <NothingHere />;
  if (one.error) return <Trouble error={one.error} retry={() => void one.refetch()} />;
  if (!one.data) return <Loading lines={12} />;
  return <Page key={one.data.id} a={one.data} />;
}

function Page({ a }: { a: Authority }): ReactNode {
  const wording = useWording();
  const { t, word } = wording;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [view, change] = useUrlState(['do', 'role']);
  const vocabularies = useQuery(vocabulariesOf(a.archiveId));
  const act = (name: string | undefined): void => change({ do: name }, { keepPage: true, replace: true });
  const of = classOf(a.kind);
  const remove = useMutation({
    mutationFn: () =>
      done(
        api.DELETE('/authorities/{id}', { params: { path: { id: a.id }, query: { version: a.version } } }),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['authorities'] });
      void message.success(t('authority.removed'));
      navigate(`/authorities${of === 'agent' ? '' : `?class=${of}`}`);
    },
    onError: (e) => void message.error(sentenceOf(e, wording)),
  });
  return (
    <div className="page">
      <PageHead
        crumbs={[
          { to: `/authorities${of === 'agent' ? '' : `?class=${of}`}`, text: t(`authority.class.${of}`) },
          ...a.path.map((p) => ({ to: `/authorities/${p.id}`, text: p.name })),
        ]}
        title={a.name}
        actions={
          <>
            {a.allowed.write && (
              <Button type="primary" onClick={() => act('edit')}>
                {t('authority.edit')}
              </Button>
            )}
            {of === 'agent' && (
              <Button href={fileUrl(`/authorities/${a.id}/eac.xml`)}>{t('authority.exportEac')}</Button>
            )}
            {a.allowed.write && (
              <>
                <Button onClick={() => act('merge')}>{t('authority.merge')}</Button>
                <Popconfirm
                  title={t('authority.removeText')}
                  okText={t('authority.remove')}
                  cancelText={t('act.cancel')}
                  onConfirm={() => remove.mutate()}
                >
                  <Button danger>{t('authority.remove')}</Button>
                </Popconfirm>
              </>
            )}
          </>
        }
      />
      {a.mergedFrom && <p className="notice">{t('authority.mergedFrom', { name: a.mergedFrom.name })}</p>}
      <div className="authority-page">
        <div className="stack">
          <section>
            <h2 className="fields-title">{t('authority.area.identity')}</h2>
            <dl className="facts">
              <dt>{t('authority.kindLabel')}</dt>
              <dd>
                {word('authority.kind', a.kind)}
                {a.vocabulary && ` · ${a.vocabulary.name}`}{' '}
                {a.restricted && <Status tone="closed">{t('authority.restricted')}</Status>}{' '}
                <Status tone={a.status === 'final' ? 'done' : 'waiting'}>
                  {t(`authority.status.${a.status}`)}
                </Status>
              </dd>
              {a.names.map((n, i) => (
                <NameLine
                  key={`${n.form}-${n.name}-${i.toString()}`}
                  label={formWord(wording, n.form, a.kind)}
                  n={n}
                />
              ))}
              {spanText(a.exist) && (
                <>
                  <dt>{t(a.kind === 'person' ? 'authority.exist.person' : 'authority.exist')}</dt>
                  <dd>{spanText(a.exist)}</dd>
                </>
              )}
              {a.identifiers.map((i) => (
                <Line
                  key={`${i.type}-${i.value}`}
                  label={word('authority.id', i.type, i.type || t('authority.identifierValue'))}
                >
                  <span className="code">{i.value}</span>
                </Line>
              ))}
              {a.recordId && (
                <Line label={t('authority.recordId')}>
                  <span className="code">{a.recordId}</span>
                </Line>
              )}
              {a.fonds.length > 0 && (
                <Line label={t('authority.fondsOf')}>
                  {a.fonds.map((f) => (
                    <div key={f.id}>
                      <Link to={`/holdings?fonds=${f.id}`}>
                        {f.number} {f.name}
                      </Link>
                    </div>
                  ))}
                </Line>
              )}
            </dl>
          </section>
          <Texts
            a={a}
            title={t('authority.area.description')}
            names={ELEMENTS_OF[of]}
            word={(n) => elementWord(wording, n, a.kind)}
          />
          <Texts
            a={a}
            title={t('authority.area.control')}
            names={CONTROL_OF[of]}
            word={(n) => elementWord(wording, n, a.kind)}
          />
          <p className="small soft">
            {t('authority.createdLabel')} {a.createdBy} <When at={a.createdAt} /> ·{' '}
            {t('authority.updatedLabel')} {a.updatedBy} <When at={a.updatedAt} />
          </p>
        </div>
        <div className="stack">
          <Relations a={a} />
          {a.allowed.write && <MergesInto a={a} />}
          <RecordsOf
            id={a.id}
            kind={a.kind}
            role={view.role}
            onRole={(role) => change({ role }, { replace: true })}
          />
        </div>
      </div>
      {view.do === 'edit' && a.allowed.write && vocabularies.data && (
        <AuthorityForm
          archiveId={a.archiveId}
          of={of}
          authority={a}
          vocabularies={vocabularies.data.items}
          onClose={() => act(undefined)}
          onDone={() => {
            void message.success(t('authority.saved'));
            act(undefined);
          }}
        />
      )}
      {view.do === 'merge' && a.allowed.write && <MergeForm a={a} onClose={() => act(undefined)} />}
    </div>
  );
}

function Line({ label, children }: { label: ReactNode; children: ReactNode }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function NameLine({ label, n }: { label: string; n: Authority['names'][number] }): ReactNode {
  const span = spanText(n);
  return (
    <Line label={label}>
      {n.name}
      {span && <span className="soft"> {span}</span>}
      {n.note && <div className="small soft remark-text">{n.note}</div>}
    </Line>
  );
}

function Texts(props: {
  a: Authority;
  title: string;
  names: readonly string[];
  word: (name: string) => string;
}): ReactNode {
  const said = props.names.filter((n) => props.a.elements[n]);
  if (said.length === 0) return null;
  return (
    <section>
      <h2 className="fields-title">{props.title}</h2>
      <dl className="facts">
        {said.map((n) => (
          <Line key={n} label={props.word(n)}>
            <span className="remark-text">{props.a.elements[n]}</span>
          </Line>
        ))}
      </dl>
    </section>
  );
}
