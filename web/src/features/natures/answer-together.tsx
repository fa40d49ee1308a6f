import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import type { Report } from './queries.ts';

/** What waits for this person's word, in one place: those ticked are answered together, with one reason. */
export function AnswerTogether({ run }: { run: Report }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const awaited = run.items.filter((i) => i.standing === 'awaited' && i.mayAnswer);
  const [on, setOn] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  const label = useId();
  const chosen = awaited.filter((i) => on.has(i.slug));
  const answer = useMutation({
    mutationFn: (verdict: 'yes' | 'no') =>
      body(
        api.POST('/checks/{id}/answers', {
          params: { path: { id: run.id } },
          body: { answers: chosen.map(({ slug }) => ({ slug, verdict, reason: reason.trim() })) },
        }),
      ),
    onSuccess: () => {
      setReason('');
      setOn(new Set());
      void queries.invalidateQueries({ queryKey: ['transfer'] });
      return queries.invalidateQueries({ queryKey: ['natures'] });
    },
  });
  if (awaited.length === 0) return null;
  const empty = reason.trim() === '' || chosen.length === 0;
  return (
    <section aria-label={t('check.awaited')} className="notice is-waiting natures-together">
      <h2>{t('check.awaited')}</h2>
      <Checkbox
        checked={chosen.length === awaited.length}
        indeterminate={chosen.length > 0 && chosen.length < awaited.length}
        onChange={(e) => setOn(new Set(e.target.checked ? awaited.map((i) => i.slug) : []))}
      >
        {t('check.tickAll')}
      </Checkbox>
      <ul>
        {awaited.map((item) => (
          <li key={item.slug}>
            <Checkbox
              checked={on.has(item.slug)}
              onChange={(e) => {
                const now = new Set(on);
                if (e.target.checked) now.add(item.slug);
                else now.delete(item.slug);
                setOn(now);
              }}
            >
              {item.name}
            </Checkbox>
            <span className="small">
              {item.state && t(`check.state.${item.state}`)}
              {item.why !== '' && ` · ${item.why}`}
            </span>
          </li>
        ))}
      </ul>
      <div className="natures-form">
        <label htmlFor={label}>{t('check.answerReason')}</label>
        <Input.TextArea
          id={label}
          rows={2}
          maxLength={2_000}
          value={reason}
          placeholder={t('check.answerReasonHint')}
          onChange={(e) => setReason(e.target.value)}
        />
        <div className="row">
          <Button
            type="primary"
            disabled={empty}
            loading={answer.isPending && answer.variables === 'yes'}
            onClick={() => answer.mutate('yes')}
          >
            {t('check.answerAllYes')}
          </Button>
          <Button disabled={empty || answer.isPending} onClick={() => answer.mutate('no')}>
            {t('check.answerAllNo')}
          </Button>
        </div>
        {answer.error && <Trouble error={answer.error} />}
      </div>
    </section>
  );
}
