import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import { Scroll } from '../../components/scroll.tsx';
import { Empty, Field, Loading, Status, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { type ArrivalLine, OUTCOME_TONES } from './queries.ts';
import '../../styles/table.css';

const OUTCOMES = ['taken', 'changed', 'refused'] as const;

/** What came in from one system, or from all in reach, the newest first. */
export function Arrivals({ systemId }: { systemId?: string }): ReactNode {
  const { t } = useWording();
  const [outcome, setOutcome] = useState<ArrivalLine['outcome']>();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [pages, setPages] = useState<string[]>([]);
  const cursor = pages.at(-1);
  const query = {
    ...(systemId && { system: systemId }),
    ...(outcome && { outcome }),
    ...(from && { from }),
    ...(to && { to }),
    ...(cursor && { cursor }),
    limit: 20,
  };
  const list = useQuery({
    queryKey: ['intake', 'arrivals', query],
    queryFn: () => body(api.GET('/intake/arrivals', { params: { query } })),
  });
  const next = list.data?.next;
  const again = (set: () => void): void => {
    setPages([]);
    set();
  };
  return (
    <section aria-label={t('intake.log')} style={{ marginTop: 24 }}>
      <h2 className="fields-title">{t('intake.log')}</h2>
      <div className="row" style={{ flexWrap: 'wrap', alignItems: 'end', marginBottom: 8 }}>
        <Field label={t('intake.outcome')}>
          {(id) => (
            <Select
              id={id}
              style={{ minWidth: 150 }}
              value={outcome ?? ''}
              onChange={(value) => again(() => setOutcome(OUTCOMES.find((o) => o === value)))}
              options={[
                { value: '', label: t('intake.anyOutcome') },
                ...OUTCOMES.map((value) => ({ value, label: t(`intake.outcome.${value}`) })),
              ]}
            />
          )}
        </Field>
        <Field label={t('intake.from')}>
          {(id) => (
            <Input id={id} type="date" value={from} onChange={(e) => again(() => setFrom(e.target.value))} />
          )}
        </Field>
        <Field label={t('intake.to')}>
          {(id) => (
            <Input id={id} type="date" value={to} onChange={(e) => again(() => setTo(e.target.value))} />
          )}
        </Field>
      </div>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading lines={3} />}
      {list.data?.items.length === 0 && <Empty title={t('intake.logNone')} />}
      {list.data && list.data.items.length > 0 && (
        <Scroll label={t('intake.log')}>
          <table className="data wrap" style={{ minWidth: 680 }}>
            <colgroup>
              <col style={{ width: 110 }} />
              <col style={{ width: 100 }} />
              <col />
              <col style={{ width: 170 }} />
              <col style={{ width: 90 }} />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">{t('intake.at')}</th>
                <th scope="col">{t('intake.outcome')}</th>
                <th scope="col">{t('intake.what')}</th>
                <th scope="col">{t('intake.senderId')}</th>
                <th scope="col">{t('intake.way')}</th>
              </tr>
            </thead>
            <tbody>
              {list.data.items.map((line) => (
                <Line key={line.id} line={line} withSystem={systemId === undefined} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <div className="row" style={{ marginTop: 8 }}>
        {pages.length > 0 && (
          <Button size="small" onClick={() => setPages(pages.slice(0, -1))}>
            {t('act.previous')}
          </Button>
        )}
        {next && (
          <Button size="small" onClick={() => setPages([...pages, next])}>
            {t('act.next')}
          </Button>
        )}
      </div>
    </section>
  );
}

function Line({ line, withSystem }: { line: ArrivalLine; withSystem: boolean }): ReactNode {
  const { t } = useWording();
  const place = line.kind === 'record' ? '/filing/records' : '/transfers';
  const title = line.title ?? line.senderId ?? t('intake.unnamed');
  return (
    <tr>
      <td>
        <When at={line.at} />
      </td>
      <td>
        <Status tone={OUTCOME_TONES[line.outcome]}>{t(`intake.outcome.${line.outcome}`)}</Status>
      </td>
      <td>
        {line.targetId ? <Link to={`${place}/${line.targetId}`}>{title}</Link> : title}
        {withSystem && <div className="small soft">{line.systemName}</div>}
        {line.findings.map((f) => (
          <div key={`${f.field} ${f.code}`} className="small">
            {f.field && <span className="code">{f.field} </span>}
            {f.message}
          </div>
        ))}
      </td>
      <td className="code small" style={{ overflowWrap: 'anywhere' }}>
        {line.senderId ?? '—'}
      </td>
      <td>{t(`intake.way.${line.way}`)}</td>
    </tr>
  );
}
