import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import { Decide } from '../../components/decide.tsx';
import { Code, LinkButton, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { useFieldName, useFieldValue } from '../changes/differences.tsx';
import { DESCRIPTION_KEYS } from '../changes/queries.ts';
import { DraftFlags } from '../desk/draft-flags.tsx';
import { DRAFT_TONES } from './list.tsx';
import { DRAFT_KEYS, draftOne } from './queries.ts';
import { settledInput } from './settled.ts';
import '../../styles/changes.css';

/** A draft side by side with what stands in the entry now; where two people changed a field, one of them is chosen. */
export function DraftPage(): ReactNode {
  const { t, word } = useWording();
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const nameOf = useFieldName();
  const shown = useFieldValue();
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const draft = useQuery(draftOne(id));
  const moved = (): void => {
    for (const queryKey of [...DRAFT_KEYS, ...DESCRIPTION_KEYS]) void queries.invalidateQueries({ queryKey });
  };
  const decide = useMutation({
    mutationFn: ({ decision, note }: { decision: 'accepted' | 'returned'; note: string | null }) => {
      const one = draft.data;
      const settled = one?.fields.some((f) => f.conflict)
        ? { version: one.version ?? 0, input: settledInput(one, theirs) }
        : {};
      return body(
        api.POST('/drafts/{id}/decision', {
          params: { path: { id } },
          body: { decision, note, ...(decision === 'accepted' ? settled : {}) },
        }),
      );
    },
    onSuccess: (done) => {
      moved();
      message.success(t('drafts.decided', { state: word('drafts.state', done.state) }));
      if (done.state === 'accepted' && done.unitId) navigate(`/units/${done.unitId}`);
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status === 409) void draft.refetch();
    },
  });
  const move = useMutation({
    mutationFn: (to: 'submission' | 'withdrawal') =>
      body(
        to === 'submission'
          ? api.POST('/drafts/{id}/submission', { params: { path: { id } } })
          : api.POST('/drafts/{id}/withdrawal', { params: { path: { id } } }),
      ),
    onSuccess: moved,
  });
  if (draft.error instanceof ApiError && draft.error.status === 404) return <NothingHere />;
  if (draft.error) return <Trouble error={draft.error} retry={() => void draft.refetch()} />;
  if (!draft.data) return <Loading lines={10} />;
  const one = draft.data;
  const conflicts = one.fields.filter((f) => f.conflict).length;
  const open = one.state === 'writing' || one.state === 'returned' || one.state === 'submitted';
  return (
    <div className="page narrow">
      <PageHead crumbs={[{ to: '/drafts', text: t('drafts.title') }]} title={one.title} />
      <div className="stack">
        <dl className="facts">
          <dt>{t('certificates.stateTitle')}</dt>
          <dd>
            <Status tone={DRAFT_TONES[one.state]}>{word('drafts.state', one.state)}</Status>
          </dd>
          <dt>{t('drafts.of')}</dt>
          <dd>
            {one.unitId ? (
              <Link to={`/units/${one.unitId}`}>
                <Code value={one.referenceCode} />
              </Link>
            ) : (
              t('drafts.new')
            )}
          </dd>
          <dt>{t('drafts.author')}</dt>
          <dd>
            {one.author}{' '}
            <span className="small soft">
              <When at={one.updatedAt} />
            </span>
          </dd>
          {one.reason && (
            <>
              <dt>{t('changes.reason')}</dt>
              <dd>{one.reason}</dd>
            </>
          )}
          {one.decidedBy && (
            <>
              <dt>{t('drafts.reviewer')}</dt>
              <dd>
                {one.decidedBy} {one.note && <q>{one.note}</q>}
              </dd>
            </>
          )}
        </dl>
        {conflicts > 0 && open && (
          <section className="notice is-waiting" role="note">
            <strong>{t('drafts.conflict', { n: conflicts })}</strong>
            <p>{t('drafts.conflictText')}</p>
          </section>
        )}
        {open && <DraftFlags draft={one} />}
        <div className="scroll-x">
          <table className="data wrap differences" aria-label={t('drafts.title')}>
            <thead>
              <tr>
                <th scope="col" style={{ width: 130 }}>
                  {t('conflict.field')}
                </th>
                <th scope="col">{t('drafts.now')}</th>
                <th scope="col">{t('drafts.says')}</th>
              </tr>
            </thead>
            <tbody>
              {one.fields.map((f) => {
                const choose = (other: boolean): void => {
                  const next = new Set(theirs);
                  if (other) next.add(f.field);
                  else next.delete(f.field);
                  setTheirs(next);
                };
                const chosen = f.conflict && one.mayDecide;
                return (
                  <tr key={f.field} className={f.conflict ? 'is-conflict' : undefined}>
                    <th scope="row">{nameOf(f.field)}</th>
                    <td>
                      {chosen ? (
                        <Radio checked={theirs.has(f.field)} onChange={() => choose(true)}>
                          {shown(f.field, f.theirs)}
                        </Radio>
                      ) : (
                        shown(f.field, f.theirs)
                      )}
                      {f.conflict && (
                        <div className="small soft">{t('drafts.was', { value: shown(f.field, f.base) })}</div>
                      )}
                    </td>
                    <td>
                      {chosen ? (
                        <Radio checked={!theirs.has(f.field)} onChange={() => choose(false)}>
                          {shown(f.field, f.mine)}
                        </Radio>
                      ) : (
                        <ins>{shown(f.field, f.mine)}</ins>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
        {(decide.error || move.error) && <Trouble error={decide.error ?? move.error} />}
        {one.mayDecide && (
          <Decide
            note={t('drafts.note')}
            hint={t('drafts.noteHint')}
            yes={t('drafts.accept')}
            no={t('drafts.return')}
            pending={decide.isPending}
            onDecide={(isYes, note) => decide.mutate({ decision: isYes ? 'accepted' : 'returned', note })}
          />
        )}
        {one.mine && open && (
          <div className="row">
            {one.state !== 'submitted' && (
              <Button type="primary" loading={move.isPending} onClick={() => move.mutate('submission')}>
                {t('drafts.submit')}
              </Button>
            )}
            {one.unitId && <LinkButton to={`/units/${one.unitId}/edit`}>{t('drafts.goOn')}</LinkButton>}
            <Button loading={move.isPending} onClick={() => move.mutate('withdrawal')}>
              {t('drafts.withdraw')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
