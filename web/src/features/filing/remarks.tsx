import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body, done } from '../../api/client.ts';
import { Field, Status, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { type Remark, remarksQuery } from './queries.ts';

export interface RemarkTarget {
  about: Remark['about'];
  aboutId: string;
  lineKey?: string;
  archiveId?: string;
}

/** What was said about one thing, and a place to say more. @param side whose the reader is; undefined: only reads */
export function Remarks({
  target,
  side,
}: {
  target: RemarkTarget;
  side?: Remark['side'] | undefined;
}): ReactNode {
  const { t } = useWording();
  const found = useQuery(remarksQuery(target.aboutId));
  const here = (found.data ?? []).filter((r) => (r.lineKey ?? undefined) === target.lineKey);
  const first = here.filter((r) => r.replyTo === null);
  return (
    <div className="stack remarks">
      {found.error && <Trouble error={found.error} />}
      {first.length === 0 && <p className="soft small">{t('remark.none')}</p>}
      <ul className="history" aria-label={t('remark.title')}>
        {first.map((r) => (
          <li key={r.id}>
            <One remark={r} />
            {here
              .filter((a) => a.replyTo === r.id)
              .map((a) => (
                <One key={a.id} remark={a} />
              ))}
            {side && r.settledAt === null && <Acts remark={r} side={side} />}
          </li>
        ))}
      </ul>
      {side && <Say target={target} />}
    </div>
  );
}

function One({ remark: r }: { remark: Remark }): ReactNode {
  const { t } = useWording();
  return (
    <div className={r.replyTo ? 'remark is-answer' : 'remark'}>
      <p className="small soft">
        {t(`remark.${r.kind}`)} · {t(`remark.side.${r.side}`)} {r.by} · <When at={r.at} />{' '}
        {r.replyTo === null &&
          (r.settledAt ? (
            <Status tone="done">{t('remark.settled', { by: r.settledBy ?? '' })}</Status>
          ) : (
            <Status tone="waiting">{t('remark.waits')}</Status>
          ))}
      </p>
      <p className="remark-text">{r.text}</p>
    </div>
  );
}

function useChanged(): () => void {
  const queries = useQueryClient();
  return () => {
    for (const key of ['remarks', 'schedule', 'waiting'])
      void queries.invalidateQueries({ queryKey: ['filing', key] });
  };
}

function Acts({ remark, side }: { remark: Remark; side: Remark['side'] }): ReactNode {
  const { t } = useWording();
  const changed = useChanged();
  const [text, setText] = useState<string>();
  const settle = useMutation({
    mutationFn: () =>
      done(api.POST('/filing/remarks/{id}/settlement', { params: { path: { id: remark.id } } })),
    onSuccess: changed,
  });
  const answer = useMutation({
    mutationFn: (words: string) =>
      body(
        api.POST('/filing/remarks/{id}/answers', {
          params: { path: { id: remark.id } },
          body: { text: words },
        }),
      ),
    onSuccess: () => {
      setText(undefined);
      changed();
    },
  });
  return (
    <div className="stack">
      {(settle.error ?? answer.error) && <Trouble error={settle.error ?? answer.error} />}
      {text !== undefined && (
        <Field label={t('remark.answer')}>
          {(id) => (
            <Input.TextArea id={id} rows={2} value={text} onChange={(event) => setText(event.target.value)} />
          )}
        </Field>
      )}
      <div className="row">
        {text === undefined ? (
          <Button size="small" onClick={() => setText('')}>
            {t('remark.reply')}
          </Button>
        ) : (
          <Button
            size="small"
            type="primary"
            disabled={!text.trim()}
            loading={answer.isPending}
            onClick={() => answer.mutate(text.trim())}
          >
            {t('remark.send')}
          </Button>
        )}
        {remark.side === side && (
          <Button size="small" loading={settle.isPending} onClick={() => settle.mutate()}>
            {t('remark.settle')}
          </Button>
        )}
      </div>
    </div>
  );
}

function Say({ target }: { target: RemarkTarget }): ReactNode {
  const { t } = useWording();
  const changed = useChanged();
  const [kind, setKind] = useState<'comment' | 'question'>('comment');
  const [text, setText] = useState('');
  const say = useMutation({
    mutationFn: () => body(api.POST('/filing/remarks', { body: { ...target, kind, text: text.trim() } })),
    onSuccess: () => {
      setText('');
      changed();
    },
  });
  return (
    <form
      className="stack"
      aria-label={t('remark.add')}
      onSubmit={(event) => {
        event.preventDefault();
        say.mutate();
      }}
    >
      {say.error && <Trouble error={say.error} />}
      <Radio.Group
        value={kind}
        onChange={(event) => setKind(event.target.value === 'question' ? 'question' : 'comment')}
        options={(['comment', 'question'] as const).map((value) => ({ value, label: t(`remark.${value}`) }))}
      />
      <Field label={t('remark.text')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={4_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div>
        <Button htmlType="submit" disabled={!text.trim()} loading={say.isPending}>
          {t('remark.send')}
        </Button>
      </div>
    </form>
  );
}
