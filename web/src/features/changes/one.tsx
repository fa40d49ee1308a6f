import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import { Pager } from '../../components/pager.tsx';
import { Code, Loading, PageHead, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { WithReason } from '../../components/with-reason.tsx';
import { count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { Differences, useFieldName } from './differences.tsx';
import { changesetOne, DESCRIPTION_KEYS } from './queries.ts';

/** Not undone from here: what they did has its own way back, or none. */
const NOT_HERE: ReadonlySet<string> = new Set(['disposal', 'takeBack']);

/** One change: who, when, why, what it changed in which entries; and its way back. */
export function ChangePage(): ReactNode {
  const { t, word } = useWording();
  const { id = '' } = useParams();
  const can = useCan();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const nameOf = useFieldName();
  const [view] = useUrlState(['cursor', 'from_row']);
  const change = useQuery(changesetOne(id, view.cursor));
  const undo = useMutation({
    mutationFn: (reason: string) =>
      body(api.POST('/changesets/{id}/undo', { params: { path: { id } }, body: { reason } })),
    onSuccess: (begun) => {
      for (const queryKey of DESCRIPTION_KEYS) void queries.invalidateQueries({ queryKey });
      if ('waiting' in begun && begun.waiting) {
        message.info(t('arrange.waiting'));
        navigate(`/arrangement/${begun.id}`);
        return;
      }
      if ('jobId' in begun) {
        void queries.invalidateQueries({ queryKey: ['jobs'] });
        message.success(t('changes.undoing'));
      } else message.success(t('changes.undoneNow', { n: begun.undone, left: begun.left }));
      navigate(`/changes/${begun.id}`);
    },
  });
  if (change.error instanceof ApiError && change.error.status === 404) return <NothingHere />;
  if (change.error) return <Trouble error={change.error} retry={() => void change.refetch()} />;
  if (!change.data) return <Loading lines={10} />;
  const one = change.data;
  const mayUndo = can('holdings.write', one.archiveId) && !one.undoneBy && !NOT_HERE.has(one.kind);
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: '/changes', text: t('changes.title') }]}
        title={t('changes.oneTitle', { kind: word('changes.kind', one.kind), n: count(one.changes) })}
      />
      <div className="stack">
        <dl className="facts">
          <dt>{t('changes.by')}</dt>
          <dd>{one.by}</dd>
          <dt>{t('changes.at')}</dt>
          <dd>
            <When at={one.at} />
          </dd>
          {one.reason && (
            <>
              <dt>{t('changes.reason')}</dt>
              <dd>{one.reason}</dd>
            </>
          )}
          {one.undoes && (
            <>
              <dt>{t('changes.undoes')}</dt>
              <dd>
                <Link to={`/changes/${one.undoes}`}>{t('changes.theOther')}</Link>{' '}
                {one.finishedAt === null && <span className="soft">{t('changes.underWay')}</span>}
              </dd>
            </>
          )}
          {one.undoneBy && (
            <>
              <dt>{t('changes.undone')}</dt>
              <dd>
                <Link to={`/changes/${one.undoneBy}`}>{t('changes.theOther')}</Link>
              </dd>
            </>
          )}
        </dl>
        {mayUndo && (
          <WithReason
            act={t('changes.undo')}
            what={t('changes.undoWhat', { n: count(one.changes) })}
            reason={t('changes.reason')}
            pending={undo.isPending}
            error={undo.error}
            onAct={(reason) => undo.mutate(reason)}
          />
        )}
        {one.leftChanges.length > 0 && (
          <section className="notice is-waiting" aria-label={t('changes.leftTitle', { n: count(one.left) })}>
            <strong>{t('changes.leftTitle', { n: count(one.left) })}</strong>
            <ul>
              {one.leftChanges.map((l) => (
                <li key={`${l.unitId} ${l.why}`}>
                  <Link to={`/units/${l.unitId}`}>{t('act.open')}</Link>
                  {' · '}
                  {word('changes.why', l.why)}
                  {l.fields.length > 0 && ` · ${l.fields.map(nameOf).join(t('changes.comma'))}`}
                </li>
              ))}
            </ul>
          </section>
        )}
        {one.items.map((c) => (
          <article key={c.id} className="change-of-unit">
            <h2 className="fields-title">
              {c.title === null ? (
                t('changes.gone')
              ) : (
                <Link to={`/units/${c.unitId}`}>
                  <Code value={c.referenceCode} /> {c.title}
                </Link>
              )}
            </h2>
            <Differences of={c.differences} />
          </article>
        ))}
        <Pager list={{ items: one.items, next: one.next }} />
      </div>
    </div>
  );
}
