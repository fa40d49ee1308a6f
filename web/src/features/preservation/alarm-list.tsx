import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Field, LinkButton, Loading, Status, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { useAlarmSentence } from './alarm-sentence.ts';
import { alarmsOf, KEEPING } from './keeping-queries.ts';
import { objectLink } from './queries.ts';
import type { Alarm } from './shapes.ts';

/** Alarms that wait, or all there were. */
export function AlarmList({
  archiveId,
  mayManage,
}: {
  archiveId: string | undefined;
  mayManage: boolean;
}): ReactNode {
  const { t } = useWording();
  const [all, setAll] = useState(false);
  const alarms = useInfiniteQuery(alarmsOf(archiveId, !all));
  const items = alarms.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="alarms-title">
      <div className="spread fields-title">
        <h2 id="alarms-title">{t('keeping.alarms')}</h2>
        <Button type="link" size="small" onClick={() => setAll(!all)}>
          {t(all ? 'keeping.alarms.waiting' : 'keeping.alarms.all')}
        </Button>
      </div>
      {alarms.error && <Trouble error={alarms.error} retry={() => void alarms.refetch()} />}
      {alarms.isPending && <Loading lines={2} />}
      {alarms.data && items.length === 0 && <p className="soft">{t('keeping.alarms.none')}</p>}
      <AlarmRows alarms={items} mayManage={mayManage} />
      {alarms.hasNextPage && (
        <Button size="small" onClick={() => void alarms.fetchNextPage()} loading={alarms.isFetchingNextPage}>
          {t('object.events.older')}
        </Button>
      )}
    </section>
  );
}

/** @param here on the page of the object they are about: nothing leads there */
export function AlarmRows({
  alarms,
  mayManage,
  here = false,
}: {
  alarms: readonly Alarm[];
  mayManage: boolean;
  here?: boolean;
}): ReactNode {
  return (
    <ul>
      {alarms.map((alarm) => (
        <AlarmRow key={alarm.id} alarm={alarm} mayManage={mayManage} here={here} />
      ))}
    </ul>
  );
}

function AlarmRow(props: { alarm: Alarm; mayManage: boolean; here: boolean }): ReactNode {
  const { alarm, mayManage, here } = props;
  const { t } = useWording();
  const sentence = useAlarmSentence(alarm);
  const [decision, setDecision] = useState<'acknowledgement' | 'solution'>();
  const who = alarm.state === 'solved' ? alarm.solvedBy : alarm.acknowledgedBy;
  const noted = alarm.acknowledgedAt !== null;
  return (
    <li className="alarm">
      <div className="spread">
        <div className="grow">
          <p>{sentence}</p>
          <p className="small soft">
            <When at={alarm.raisedAt} />
            {alarm.times > 1 && ` · ${t('keeping.alarm.times', { n: alarm.times })}`} ·{' '}
            <Status tone={alarm.state === 'open' ? 'wrong' : alarm.state === 'solved' ? 'done' : 'waiting'}>
              {t(`keeping.alarm.state.${alarm.state}`, {
                who: who === 'lantai' ? t('product.name') : (who ?? '—'),
              })}
            </Status>
            {alarm.note && ` · ${noteInWords(alarm.note, t)}`}
          </p>
        </div>
        <div className="row">
          {alarm.code === 'natures' && typeof alarm.detail.check === 'string' && (
            <LinkButton size="small" to={`/natures/${alarm.detail.check}`}>
              {t('alarm.naturesReport')}
            </LinkButton>
          )}
          {alarm.objectId && alarm.code !== 'natures' && !here && (
            <LinkButton size="small" to={objectLink(alarm.objectId)}>
              {t('keeping.alarm.look')}
            </LinkButton>
          )}
          {mayManage && !noted && (
            <Button size="small" onClick={() => setDecision('acknowledgement')}>
              {t('keeping.alarm.acknowledge')}
            </Button>
          )}
          {mayManage && alarm.state !== 'solved' && (
            <Button size="small" onClick={() => setDecision('solution')}>
              {t('keeping.alarm.solve')}
            </Button>
          )}
        </div>
      </div>
      {decision && <Decide alarm={alarm} decision={decision} onClose={() => setDecision(undefined)} />}
    </li>
  );
}

/** The house's own note, in the reader's words; a person's as it was written. */
function noteInWords(note: string, t: ReturnType<typeof useWording>['t']): string {
  const store = /^mended from (.+)$/.exec(note)?.[1];
  return store ? t('keeping.alarm.mendedFrom', { store: store === 'main' ? t('copy.main') : store }) : note;
}

function Decide({
  alarm,
  decision,
  onClose,
}: {
  alarm: Alarm;
  decision: 'acknowledgement' | 'solution';
  onClose: () => void;
}): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const decide = useMutation({
    mutationFn: () => {
      const sent = { params: { path: { id: alarm.id } }, body: { note: note.trim() } };
      return decision === 'solution'
        ? body(api.POST('/preservation/alarms/{id}/solution', sent))
        : body(api.POST('/preservation/alarms/{id}/acknowledgement', sent));
    },
    onSuccess: async () => {
      onClose();
      await Promise.all(
        [KEEPING, ['work'], ['held-object']].map((queryKey) => queries.invalidateQueries({ queryKey })),
      );
    },
  });
  const act = t(decision === 'solution' ? 'keeping.alarm.solve' : 'keeping.alarm.acknowledge');
  return (
    <form
      className="stack alarm-form"
      aria-label={act}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        decide.mutate();
      }}
    >
      {decide.error && <Trouble error={decide.error} />}
      <Field label={t('keeping.alarm.note')} needed hint={t('keeping.alarm.noteHint')}>
        {(id) => (
          <Input
            id={id}
            autoFocus
            maxLength={1000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <div className="row">
        <Button
          htmlType="submit"
          type="primary"
          size="small"
          loading={decide.isPending}
          disabled={!note.trim()}
        >
          {act}
        </Button>
        <Button size="small" onClick={onClose}>
          {t('act.cancel')}
        </Button>
      </div>
    </form>
  );
}
