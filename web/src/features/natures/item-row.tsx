import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Status, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { findingsQuery, type Item, STANDING_TONES } from './queries.ts';

/** One item: what it is about, how it stands and why, what was found, and the answer only a person can give. */
export function ItemRow({ item, runId }: { item: Item; runId: string }): ReactNode {
  const { t } = useWording();
  const [open, setOpen] = useState(false);
  const found = item.faults + item.notes;
  return (
    <li className={`natures-item is-${item.standing}`}>
      <div className="natures-line">
        <span className="code natures-code">{item.code ?? ''}</span>
        <span className="natures-name">
          {item.name}
          <span className="soft small natures-purpose">{t(`check.purpose.${item.slug}`)}</span>
        </span>
        <span className="natures-state">
          <Status tone={STANDING_TONES[item.standing]}>
            {item.state ? t(`check.state.${item.state}`) : '…'}
          </Status>
        </span>
      </div>
      <div className="natures-more small">
        <span className="soft">
          {t(`check.how.${item.method}`)} · {t(`check.severity.${item.severity}`)}
          {item.must && ` · ${t('check.must')}`}
          {item.judged > 0 && ` · ${t('check.judged', { n: count(item.judged) })}`}
          {item.sample < 100 && ` · ${t('check.sample')} ${item.sample}`}
        </span>
        {item.why !== '' && <p>{item.why}</p>}
        {item.memo !== '' && <p className="soft">{item.memo}</p>}
        {item.state === 'notPerformed' && item.must && <p>{t('check.mustMachine')}</p>}
        {found > 0 && (
          <Button type="link" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'check.hideFindings' : 'check.showFindings')}:{' '}
            {item.faults > 0 && t('check.faults', { n: count(item.faults) })}
            {item.faults > 0 && item.notes > 0 && ', '}
            {item.notes > 0 && t('check.notes', { n: count(item.notes) })}
          </Button>
        )}
        {open && <Findings runId={runId} item={item} />}
        {item.answer && (
          <p className="natures-answer">
            {t(item.answer.verdict === 'yes' ? 'check.answerYes' : 'check.answerNo')}: {item.answer.reason}{' '}
            <span className="soft">
              {item.answer.by}, <When at={item.answer.at} />
            </span>
          </p>
        )}
        {item.mayAnswer && <Answer runId={runId} item={item} />}
      </div>
    </li>
  );
}

function Findings({ runId, item }: { runId: string; item: Item }): ReactNode {
  const { t, language } = useWording();
  const found = useInfiniteQuery(findingsQuery(runId, item.slug, language));
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  const rows = found.data?.pages.flatMap((p) => p.items) ?? [];
  const left = item.faults + item.notes - rows.length;
  return (
    <>
      <ul className="natures-findings">
        {rows.map((f) => (
          <li key={f.seq} className={f.note ? 'soft' : ''}>
            {(f.object !== '' || f.path !== '') && (
              <span className="code">{[f.object, f.path].filter((w) => w !== '').join(' · ')}</span>
            )}{' '}
            {f.words}
          </li>
        ))}
      </ul>
      {found.hasNextPage ? (
        <Button size="small" onClick={() => void found.fetchNextPage()} loading={found.isFetchingNextPage}>
          {t('examination.loadMore')}
        </Button>
      ) : (
        found.data && left > 0 && <p className="soft">{t('check.moreFindings', { n: count(left) })}</p>
      )}
    </>
  );
}

function Answer({ runId, item }: { runId: string; item: Item }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [writing, setWriting] = useState(false);
  const [reason, setReason] = useState('');
  const label = useId();
  const answer = useMutation({
    mutationFn: (verdict: 'yes' | 'no') =>
      body(
        api.POST('/checks/{id}/answers', {
          params: { path: { id: runId } },
          body: { answers: [{ slug: item.slug, verdict, reason: reason.trim() }] },
        }),
      ),
    onSuccess: () => {
      setWriting(false);
      setReason('');
      return queries.invalidateQueries({ queryKey: ['natures'] });
    },
  });
  if (!writing)
    return (
      <Button size="small" onClick={() => setWriting(true)}>
        {t('check.answer')}
      </Button>
    );
  const empty = reason.trim() === '';
  return (
    <div className="natures-form">
      <label htmlFor={label}>{t('check.answerReason')}</label>
      <Input.TextArea
        id={label}
        autoFocus
        rows={2}
        maxLength={2_000}
        value={reason}
        placeholder={t('check.answerReasonHint')}
        onChange={(e) => setReason(e.target.value)}
      />
      <div className="row">
        <Button
          type="primary"
          size="small"
          disabled={empty}
          loading={answer.isPending}
          onClick={() => answer.mutate('yes')}
        >
          {t('check.answerYes')}
        </Button>
        <Button size="small" disabled={empty || answer.isPending} onClick={() => answer.mutate('no')}>
          {t('check.answerNo')}
        </Button>
      </div>
      {answer.error && <Trouble error={answer.error} />}
    </div>
  );
}
