import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Field, Loading, Status } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { listOf } from '../../lib/format.ts';
import { useWording, type Wording } from '../../wording.tsx';
import { type Reason, type Why, why } from './queries.ts';

/** "Why can, or can't, this person see this?": the answer for each act, with the chain of reasons. */
export function Reasons({ unitId, ofOthers }: { unitId: string; ofOthers: boolean }): ReactNode {
  const { t } = useWording();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const answer = useQuery(why(unitId, asked));
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(typed.trim());
  };
  return (
    <section aria-label={t('visibility.why')}>
      <h3>{ofOthers ? t('visibility.why') : t('visibility.whyMe')}</h3>
      {ofOthers && (
        <form onSubmit={ask} className="row" style={{ alignItems: 'end' }}>
          <Field label={t('visibility.username')}>
            {(id) => <Input id={id} value={typed} onChange={(event) => setTyped(event.target.value)} />}
          </Field>
          <Button htmlType="submit">{t('visibility.ask')}</Button>
        </form>
      )}
      {answer.error && <Trouble error={answer.error} />}
      {answer.isPending && <Loading lines={4} />}
      {answer.data && <Sights answer={answer.data} />}
    </section>
  );
}

function Sights({ answer }: { answer: Why }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  return (
    <dl className="visibility-sights">
      <dt className="soft small">{answer.person.name}</dt>
      {answer.sights.map(({ sight, allowed, reasons }) => (
        <dd key={sight}>
          <Status tone={allowed ? 'done' : 'closed'}>
            {t(`visibility.sight.${sight}`)}
            {': '}
            {allowed ? t('visibility.yes') : t('visibility.no')}
          </Status>
          <ul className="small soft">
            {reasons.map((reason, n) => (
              <li key={`${reason.code}-${n.toString()}`}>
                <span aria-hidden="true">{reason.holds ? '✓ ' : '✗ '}</span>
                {reasonSentence(reason, wording)}
                <span className="visually-hidden">
                  {reason.holds ? t('visibility.holds') : t('visibility.fails')}
                </span>
              </li>
            ))}
          </ul>
        </dd>
      ))}
    </dl>
  );
}

/** A reason in words. What a newer server says and this page has no words for is shown by its code. */
export function reasonSentence({ code, params }: Reason, { word, language }: Wording): string {
  const pattern = word('visibility.reason', code, code);
  const known: Record<string, string> = { ...params };
  if (params?.gives)
    known.gives = listOf(
      language,
      params.gives.split(', ').map((g) => word('visibility.sight', g)),
    );
  if (params?.roles)
    known.roles = listOf(
      language,
      params.roles.split(', ').map((r) => word('role', r, r)),
    );
  if (params?.category) known.category = word('category', params.category, params.category);
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => known[name] ?? '');
}
