import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { fill } from '#kernel/wording/message';
import { api, body, fileUrl } from '../../api/client.ts';
import { SaveForm } from '../../components/save-form.tsx';
import { When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { today } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { DayField, TextField } from './fields.tsx';
import type { Accession } from './queries.ts';
import { extentText, moneyText } from './words.ts';

/** A part of the page with its own heading, and an act beside it. */
export function Section(props: { title: string; act?: ReactNode; children: ReactNode }): ReactNode {
  return (
    <section aria-label={props.title}>
      <div className="spread">
        <h2 className="fields-title">{props.title}</h2>
        {props.act}
      </div>
      {props.children}
    </section>
  );
}

/** What came in parts, what went back, each with its receipt. */
export function Movements({ a }: { a: Accession }): ReactNode {
  const wording = useWording();
  const { t, language } = wording;
  return (
    <Section title={t('accession.section.movements')}>
      {a.movements.length === 0 && <p className="soft small">{t('accession.noMovements')}</p>}
      <ul className="authority-records">
        {a.movements.map((m) => (
          <li key={m.id} className="row">
            <span className="soft small relation-type">{m.day}</span>
            <span className="grow">
              {t(`accession.movement.${m.kind}`)} {extentText(wording, m.extent)}
              <span className="small soft">
                {' '}
                {m.by} {m.note}
              </span>
            </span>
            <a
              href={fileUrl(`/accessions/${a.id}/movements/${m.id}/receipt.pdf`, { lang: language })}
              target="_blank"
              rel="noreferrer"
            >
              {t('accession.receipt')}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What experts say it is worth. */
export function Opinions({ a }: { a: Accession }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState({ day: today(), expert: '', words: '', amount: '', currency: 'CNY' });
  const put = (change: Partial<typeof said>): void => setSaid((d) => Object.assign({}, d, change));
  const save = useMutation({
    mutationFn: () => {
      const { day, expert, words, amount, currency } = said;
      const value = amount.trim() ? { amount: amount.trim(), currency: currency.trim() } : null;
      return body(
        api.POST('/accessions/{id}/opinions', {
          params: { path: { id: a.id } },
          body: { day: day || null, expert, words, value },
        }),
      );
    },
    onSuccess: (now) => {
      queries.setQueryData(['accession', a.id], now);
      void queries.invalidateQueries({ queryKey: ['accession-history'] });
      setOpen(false);
      put({ expert: '', words: '', amount: '' });
    },
  });
  if (a.opinions.length === 0 && !a.allowed.correct) return null;
  return (
    <Section
      title={t('accession.section.opinions')}
      act={
        a.allowed.correct && (
          <Button size="small" onClick={() => setOpen(!open)}>
            {t('accession.opinion.add')}
          </Button>
        )
      }
    >
      <ul className="authority-records">
        {a.opinions.map((o) => (
          <li key={o.id} className="row">
            <span className="soft small relation-type">{o.day}</span>
            <span className="grow">
              {o.expert} · {o.words}
            </span>
            <span>{moneyText(o.value)}</span>
          </li>
        ))}
      </ul>
      {open && (
        <SaveForm
          label={t('accession.opinion.add')}
          save={save}
          disabled={!said.expert.trim() || !said.words.trim()}
          onClose={() => setOpen(false)}
        >
          <div className="fields">
            <TextField
              label={t('accession.opinion.expert')}
              needed
              value={said.expert}
              onChange={(expert) => put({ expert })}
            />
            <DayField label={t('accession.day')} value={said.day} onChange={(day) => put({ day })} />
            <TextField
              label={t('accession.opinion.value')}
              value={said.amount}
              onChange={(amount) => put({ amount })}
            />
            <TextField
              label={t('accession.currency')}
              value={said.currency}
              onChange={(currency) => put({ currency })}
            />
            <TextField
              label={t('accession.opinion.words')}
              needed
              rows={2}
              value={said.words}
              onChange={(words) => put({ words })}
            />
          </div>
        </SaveForm>
      )}
    </Section>
  );
}

/** What was done to it, newest first. */
export function History({ id, version }: { id: string; version: number }): ReactNode {
  const { t, word } = useWording();
  const list = useQuery({
    queryKey: ['accession-history', id, version],
    queryFn: () => body(api.GET('/accessions/{id}/history', { params: { path: { id } } })),
  });
  return (
    <Section title={t('accession.section.history')}>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      <ul className="authority-records">
        {(list.data?.items ?? []).map((e) => (
          <li key={e.id} className="small">
            <span className="soft">
              <When at={e.at} />
            </span>{' '}
            {fill(word('auditAct', e.act, e.act), Object.assign(textsOf(e.detail), { actor: e.actor }))}
            {typeof e.detail.reason === 'string' && <div className="soft">{e.detail.reason}</div>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

const textsOf = (detail: Readonly<Record<string, unknown>>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(detail).filter((one): one is [string, string | number] =>
      ['string', 'number'].includes(typeof one[1]),
    ),
  );
