import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Popconfirm } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body, done, fileUrl } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { today } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import type { ScheduleWithLines } from './queries.ts';

type Act = 'submission' | 'withdrawal';

/** The next step of a schedule, and who takes it. */
export function ScheduleActs({
  schedule: s,
  onEdit,
}: {
  schedule: ScheduleWithLines;
  onEdit: () => void;
}): ReactNode {
  const { t, language } = useWording();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const settled = (now: ScheduleWithLines): void => {
    queries.setQueryData(['filing', 'schedule', s.id], now);
    void queries.invalidateQueries({ queryKey: ['filing', 'schedules'] });
    void queries.invalidateQueries({ queryKey: ['work'] });
    message.success(t(`schedule.state.${now.state}`));
  };
  const path = { id: s.id };
  const move = useMutation({
    mutationFn: (act: Act) =>
      act === 'submission'
        ? body(api.POST('/filing/schedules/{id}/submission', { params: { path } }))
        : body(api.POST('/filing/schedules/{id}/withdrawal', { params: { path } })),
    onSuccess: settled,
  });
  const discard = useMutation({
    mutationFn: () => done(api.DELETE('/filing/schedules/{id}', { params: { path } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['filing', 'schedules'] });
      navigate('/filing/schedules');
    },
  });
  const error = move.error ?? discard.error;
  return (
    <section className="next-line acts" aria-label={t('schedule.state')}>
      <p>{t(`schedule.${sentenceOf(s)}`)}</p>
      {error && <Trouble error={error} />}
      <div className="row">
        {s.maySubmit && (
          <Button type="primary" loading={move.isPending} onClick={() => move.mutate('submission')}>
            {t('schedule.submit')}
          </Button>
        )}
        {s.mayWrite && <Button onClick={onEdit}>{t('schedule.edit')}</Button>}
        {s.mayWrite && s.state === 'draft' && !s.submittedAt && (
          <Popconfirm
            title={t('schedule.discard')}
            description={t('schedule.discardSure')}
            okText={t('schedule.discard')}
            cancelText={t('act.cancel')}
            onConfirm={() => discard.mutate()}
          >
            <Button danger>{t('schedule.discard')}</Button>
          </Popconfirm>
        )}
        {s.mayTakeBack && (
          <Button loading={move.isPending} onClick={() => move.mutate('withdrawal')}>
            {t('schedule.takeBack')}
          </Button>
        )}
        <a
          href={fileUrl(`/filing/schedules/${s.id}/schedule.pdf`, { lang: language })}
          target="_blank"
          rel="noreferrer"
        >
          {t('schedule.print')}
        </a>
        <a href={fileUrl(`/filing/schedules/${s.id}/schedule.xlsx`, { lang: language })}>
          {t('schedule.sheet')}
        </a>
      </div>
      {s.mayDecide && <Decision id={s.id} onDone={settled} />}
    </section>
  );
}

type Next = 'submitNext' | 'returnedNext' | 'takeBackNext' | 'decideNext' | 'waitingNext' | 'approvedNext';

function sentenceOf(s: ScheduleWithLines): Next {
  if (s.state === 'approved') return 'approvedNext';
  if (s.state === 'draft') return 'submitNext';
  if (s.state === 'returned') return 'returnedNext';
  if (s.mayDecide) return 'decideNext';
  return s.mayTakeBack ? 'takeBackNext' : 'waitingNext';
}

function Decision({ id, onDone }: { id: string; onDone: (now: ScheduleWithLines) => void }): ReactNode {
  const { t } = useWording();
  const [note, setNote] = useState('');
  const [day, setDay] = useState(today);
  const decide = useMutation({
    mutationFn: (decision: 'approved' | 'returned') =>
      body(
        api.POST('/filing/schedules/{id}/decision', {
          params: { path: { id } },
          body:
            decision === 'approved'
              ? { decision, note: note.trim(), inForceFrom: day }
              : { decision, note: note.trim() },
        }),
      ),
    onSuccess: onDone,
  });
  return (
    <div className="stack">
      {decide.error && <Trouble error={decide.error} />}
      <Field label={t('schedule.note')} hint={t('schedule.returnHint')}>
        {(field) => (
          <Input.TextArea
            id={field}
            rows={2}
            maxLength={4_000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('schedule.from')}>
        {(field) => (
          <Input
            id={field}
            type="date"
            className="day"
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        )}
      </Field>
      <div className="row">
        <Button
          type="primary"
          loading={decide.isPending}
          disabled={!day}
          onClick={() => decide.mutate('approved')}
        >
          {t('schedule.approve')}
        </Button>
        <Button loading={decide.isPending} onClick={() => decide.mutate('returned')}>
          {t('schedule.return')}
        </Button>
      </div>
    </div>
  );
}
