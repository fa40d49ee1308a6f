import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useParams } from 'react-router';
import { ApiError, api, BASE, body, done } from '../../api/client.ts';
import { Field, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { WithReason } from '../../components/with-reason.tsx';
import { bytes, today } from '../../lib/format.ts';
import { useArchiveName, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import type { NoticeRead } from './queries.ts';
import '../../styles/table.css';

/** One notice: what it says, and who took note of it. */
export function NoticePage(): ReactNode {
  const { t } = useWording();
  const { id = '' } = useParams();
  const { archives } = useSession();
  const nameOf = useArchiveName();
  const notice = useQuery({
    queryKey: ['notice', id],
    queryFn: () => body(api.GET('/notices/{id}', { params: { path: { id } } })),
  });
  if (notice.error instanceof ApiError && notice.error.status === 404) return <NothingHere />;
  if (notice.error) return <Trouble error={notice.error} retry={() => void notice.refetch()} />;
  if (!notice.data) return <Loading />;
  const n = notice.data;
  const archive = archives.find((a) => a.id === n.archiveId);
  return (
    <div className="page narrow">
      <PageHead crumbs={[{ to: '/notices', text: t('notice.title') }]} title={n.title} />
      <div className="stack">
        <p className="small soft">
          {t('notice.issuedBy', { name: n.issuedBy, archive: archive ? nameOf(archive) : '' })} ·{' '}
          <When at={n.issuedAt} />
          {n.dueOn && ` · ${t('notice.dueOn')} ${n.dueOn}`}{' '}
          {n.state === 'issued' && n.dueOn && n.dueOn < today() && n.acknowledged < n.agencies && (
            <Status tone="wrong">{t('notice.overdue')}</Status>
          )}
        </p>
        {n.state === 'withdrawn' && (
          <div className="notice is-waiting" role="status">
            <strong>{t('notice.withdrawn')}</strong>
            <p>{n.withdrawnReason}</p>
          </div>
        )}
        {n.body && <p style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{n.body}</p>}
        {n.attached.length > 0 && (
          <section aria-label={t('notice.files')}>
            <h2 className="fields-title">{t('notice.files')}</h2>
            <ul>
              {n.attached.map((f) => (
                <li key={f.id} className="work-row">
                  <a href={`${BASE}/notices/${n.id}/files/${f.id}`} download>
                    {f.name}
                  </a>
                  <span className="small soft">{bytes(f.bytes)}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {n.mayAcknowledge.map((agencyId) => (
          <Acknowledge key={agencyId} notice={n} agencyId={agencyId} />
        ))}
        <To notice={n} />
        {n.mayManage && <Managing notice={n} />}
      </div>
    </div>
  );
}

function Acknowledge({ notice, agencyId }: { notice: NoticeRead; agencyId: string }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const noted = useMutation({
    mutationFn: () =>
      body(
        api.POST('/notices/{id}/acknowledgement', {
          params: { path: { id: notice.id } },
          body: { agencyId, note: note.trim() },
        }),
      ),
    onSuccess: (read) => {
      queries.setQueryData(['notice', notice.id], read);
      for (const key of ['notices', 'due', 'work']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  const name = notice.to.find((one) => one.agencyId === agencyId)?.agencyName ?? '';
  return (
    <form
      className="stack"
      aria-label={`${t('notice.acknowledge')} ${name}`}
      onSubmit={(event) => {
        event.preventDefault();
        noted.mutate();
      }}
    >
      {noted.error && <Trouble error={noted.error} />}
      <Field label={`${name}: ${t('notice.acknowledgeHint')}`}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={1_000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <div>
        <Button type="primary" htmlType="submit" loading={noted.isPending}>
          {t('notice.acknowledge')}
        </Button>
      </div>
    </form>
  );
}

function To({ notice: n }: { notice: NoticeRead }): ReactNode {
  const { t } = useWording();
  return (
    <section aria-labelledby="notice-to">
      <h2 className="fields-title" id="notice-to">
        {t('notice.to')}{' '}
        <span className="soft">{t('notice.noted', { n: n.acknowledged, all: n.agencies })}</span>
      </h2>
      <ul>
        {n.to.map((one) => (
          <li key={one.agencyId} className="work-row">
            <span className="grow">
              <span className="work-title">{one.agencyName}</span>
              <span className="small soft">
                {one.acknowledged ? (
                  <>
                    {t('notice.acknowledgedBy', { by: one.acknowledged.by })} ·{' '}
                    <When at={one.acknowledged.at} />
                    {one.acknowledged.note && ` · ${one.acknowledged.note}`}
                  </>
                ) : (
                  one.reminders > 0 && (
                    <>
                      {t('notice.reminders', { n: one.reminders })} · <When at={one.remindedAt} />
                    </>
                  )
                )}
              </span>
            </span>
            <Status tone={one.acknowledged ? 'done' : 'waiting'}>
              {one.acknowledged ? t('notice.notedColumn') : t('notice.waits')}
            </Status>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Managing({ notice: n }: { notice: NoticeRead }): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const changed = (): void => {
    for (const key of ['notice', 'notices', 'due']) void queries.invalidateQueries({ queryKey: [key] });
  };
  const remind = useMutation({
    mutationFn: () => body(api.POST('/notices/{id}/reminder', { params: { path: { id: n.id } } })),
    onSuccess: ({ reminded }) => {
      message.success(t('notice.reminded', { n: reminded }));
      changed();
    },
  });
  const withdraw = useMutation({
    mutationFn: (reason: string) =>
      done(api.POST('/notices/{id}/withdrawal', { params: { path: { id: n.id } }, body: { reason } })),
    onSuccess: changed,
  });
  return (
    <div className="stack">
      {remind.error && <Trouble error={remind.error} />}
      {n.acknowledged < n.agencies && (
        <div>
          <Button loading={remind.isPending} onClick={() => remind.mutate()}>
            {t('notice.remind')}
          </Button>
        </div>
      )}
      <WithReason
        act={t('notice.withdraw')}
        what={t('notice.withdrawText')}
        reason={t('notice.reason')}
        danger
        size="middle"
        pending={withdraw.isPending}
        error={withdraw.error}
        onAct={(reason) => withdraw.mutate(reason)}
      />
    </div>
  );
}
