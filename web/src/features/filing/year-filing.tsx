import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, body, done } from '../../api/client.ts';
import { Field, Status, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes, count, today } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { Verdict } from '../natures/runs-page.tsx';
import { type Agency, type YearFiling, yearsQuery } from './queries.ts';

const SHOWN = 5;

/** The filing of one year: what is missing, who prepared it, who confirms. */
export function YearFilingSection({ agency, year }: { agency: Agency; year: number }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [looking, setLooking] = useState(false);
  const [note, setNote] = useState('');
  const years = useQuery({
    ...yearsQuery(agency),
    // A check goes on.
    refetchInterval: (query) =>
      query.state.data?.filings.some((f) => f.state === 'prepared' && !f.check?.verdict) ? 2_000 : false,
  });
  const filings = (years.data?.filings ?? []).filter((f) => f.year === year && f.state !== 'withdrawn');
  const open = filings.find((f) => f.state === 'prepared');
  const registered = years.data?.years.find((y) => y.year === year)?.registered ?? 0;
  const query = { archive: agency.archiveId, agency: agency.agencyId, year };
  const missing = useQuery({
    queryKey: ['filing', 'missing', query],
    queryFn: () => body(api.GET('/filing/missing', { params: { query } })),
    enabled: looking && agency.side === 'agency',
  });
  const changed = (): void => {
    setLooking(false);
    void queries.invalidateQueries({ queryKey: ['filing'] });
  };
  const prepare = useMutation({
    mutationFn: () =>
      body(
        api.POST('/filing/filings', {
          body: { archiveId: agency.archiveId, agencyId: agency.agencyId, year, note: note.trim() },
        }),
      ),
    onSuccess: changed,
  });
  const deadline = `${year + 1}-06-30`;
  const gaps = missing.data?.gaps ?? [];
  const blocked = gaps.some((g) => g.blocking);
  return (
    <section aria-labelledby="year-title" className="stack">
      <h2 id="year-title" className="fields-title">
        {t('yearFiling.title')} {year}{' '}
        {registered > 0 && (
          <Status tone={today() > deadline ? 'wrong' : 'waiting'}>
            {t(today() > deadline ? 'yearFiling.late' : 'yearFiling.deadline', { day: deadline })}
          </Status>
        )}
      </h2>
      {filings.map((f) => (
        <OneFiling key={f.id} filing={f} mayWithdraw={agency.mayWrite} onChanged={changed} />
      ))}
      {!open && agency.mayWrite && registered > 0 && !looking && (
        <div>
          <Button onClick={() => setLooking(true)}>{t('yearFiling.look')}</Button>
        </div>
      )}
      {missing.error && <Trouble error={missing.error} />}
      {looking && !open && missing.data && (
        <>
          <Gaps missing={missing.data} />
          {prepare.error && <Trouble error={prepare.error} />}
          {gaps.length > 0 && !blocked && (
            <Field label={t('yearFiling.note')} hint={t('yearFiling.noteHint')} needed>
              {(id) => (
                <Input.TextArea
                  id={id}
                  rows={2}
                  maxLength={4_000}
                  value={note}
                  onChange={(event) => setNote(event.target.value)}
                />
              )}
            </Field>
          )}
          <div>
            <Button
              type="primary"
              disabled={blocked || (gaps.length > 0 && !note.trim())}
              loading={prepare.isPending}
              onClick={() => prepare.mutate()}
            >
              {t('yearFiling.prepare')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

function Gaps({ missing }: { missing: YearFiling['missing'] }): ReactNode {
  const { t, word } = useWording();
  const detailOf = (detail: string): string =>
    detail
      .split(', ')
      .map((one) => (one.startsWith('field.') ? word('field', one.slice(6), one) : one))
      .join(t('list.comma'));
  return (
    <>
      <p>
        {t('yearFiling.totals', {
          items: count(missing.items),
          files: count(missing.files),
          size: bytes(missing.bytes),
        })}
      </p>
      {missing.gaps.length === 0 && <Status tone="done">{t('yearFiling.nothingMissing')}</Status>}
      <ul className="history">
        {missing.gaps.map((g) => (
          <li key={g.code}>
            <Status tone={g.blocking ? 'wrong' : 'waiting'}>
              {t(g.blocking ? 'yearFiling.blocking' : 'yearFiling.explain')}
            </Status>{' '}
            <strong>{t(`yearFiling.missing.${g.code}`)}</strong> {count(g.count)}
            <ul className="small">
              {g.examples.slice(0, SHOWN).map((e) => (
                <li key={`${e.id ?? ''} ${e.label} ${e.detail}`}>
                  {e.id ? <Link to={`/filing/records/${e.id}`}>{e.label}</Link> : e.label}{' '}
                  <span className="soft">{detailOf(e.detail)}</span>
                </li>
              ))}
              {g.count > SHOWN && <li className="soft">{t('yearFiling.moreExamples', { n: g.count })}</li>}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}

function OneFiling(props: { filing: YearFiling; mayWithdraw: boolean; onChanged: () => void }): ReactNode {
  const { t } = useWording();
  const { filing: f, onChanged } = props;
  const path = { id: f.id };
  const act = useMutation({
    mutationFn: (what: 'confirmation' | 'withdrawal') =>
      what === 'confirmation'
        ? done(api.POST('/filing/filings/{id}/confirmation', { params: { path } }))
        : done(api.POST('/filing/filings/{id}/withdrawal', { params: { path } })),
    onSuccess: onChanged,
  });
  return (
    <div className="next-line acts">
      <p>
        <Status tone={f.state === 'filed' ? 'done' : 'waiting'}>{t(`yearFiling.state.${f.state}`)}</Status>{' '}
        {t('yearFiling.n', { n: f.number })} ·{' '}
        {t('yearFiling.totals', { items: count(f.items), files: count(f.files), size: bytes(f.bytes) })}
      </p>
      <p className="small soft">
        {f.confirmedBy
          ? t('yearFiling.by', { prepared: f.preparedBy, confirmed: f.confirmedBy })
          : t('yearFiling.preparedBy', { prepared: f.preparedBy })}{' '}
        · <When at={f.confirmedAt ?? f.preparedAt} />
        {f.note && ` · ${f.note}`}
      </p>
      {f.digest && (
        <p className="small soft">
          SHA-512 <span className="code">{f.digest.slice(0, 32)}…</span>
        </p>
      )}
      {f.check && (
        <p>
          <Verdict run={{ ...f.check, failure: null }} />{' '}
          <Link to={`/natures/${f.check.id}`}>{t('check.reportTitle')}</Link>
        </p>
      )}
      {act.error && <Trouble error={act.error} />}
      {f.state === 'prepared' && (
        <>
          <Gaps missing={f.missing} />
          <p>{t(f.mayConfirm ? 'yearFiling.confirmNext' : 'yearFiling.prepared')}</p>
          <div className="row">
            {f.mayConfirm && (
              <Button type="primary" loading={act.isPending} onClick={() => act.mutate('confirmation')}>
                {t('yearFiling.confirm')}
              </Button>
            )}
            {props.mayWithdraw && (
              <Button loading={act.isPending} onClick={() => act.mutate('withdrawal')}>
                {t('yearFiling.withdraw')}
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  );
}
