import { Button } from 'antd';
import type { ReactNode } from 'react';
import { LinkButton, When } from '../../components/small.tsx';
import { bytes, count, whenOf } from '../../lib/format.ts';
import { useWording, type Wording } from '../../wording.tsx';
import { useStoreName } from './copies-table.tsx';
import type { Risk } from './risks.ts';

/** What is at risk, a sentence each with what it means and its one act; or that nothing is. */
export function RiskList(props: {
  risks: readonly Risk[];
  lastCheck: string | null;
  mayManage: boolean;
  busy: boolean;
  onCheck: (repair: boolean) => void;
}): ReactNode {
  const { t } = useWording();
  if (props.risks.length === 0)
    return (
      <p className="notice is-done">
        {t('keeping.well')}{' '}
        {props.lastCheck && (
          <>
            {t('keeping.well.verified')}
            <When at={props.lastCheck} />
          </>
        )}
      </p>
    );
  return (
    <ul className="risks">
      {props.risks.map((risk) => (
        <li key={`${risk.code}-${risk.store?.id ?? risk.finding ?? ''}`} className={`notice is-${risk.tone}`}>
          <div className="grow">
            <RiskText risk={risk} />
          </div>
          <Act risk={risk} {...props} />
        </li>
      ))}
    </ul>
  );
}

function RiskText({ risk }: { risk: Risk }): ReactNode {
  const wording = useWording();
  const { t, word } = wording;
  const nameOf = useStoreName();
  const n = risk.n === undefined ? '' : count(risk.n);
  const params = {
    n: risk.atLeast ? t('keeping.atLeast', { n }) : n,
    days: risk.days ?? '',
    store: risk.store ? nameOf(risk.store) : '',
    since: risk.since ? nearOrDay(risk.since, wording) : '—',
    free: bytes(risk.store?.freeBytes ?? 0),
    total: bytes(risk.store?.totalBytes ?? 0),
  };
  if (risk.code === 'backup') return word('backup.health', risk.finding ?? '', t('keeping.backups'));
  return (
    <>
      <strong>{t(`keeping.risk.${risk.code}`, params)}</strong>{' '}
      <span>{t(`keeping.risk.${risk.code}.what`, params)}</span>
    </>
  );
}

/** An instant inside a sentence. */
function nearOrDay(at: string, { t }: Wording): string {
  const { near, day, time } = whenOf(at, new Date());
  return near ? `${t(`when.${near}`)} ${time}` : day;
}

function Act({
  risk,
  mayManage,
  busy,
  onCheck,
}: {
  risk: Risk;
  mayManage: boolean;
  busy: boolean;
  onCheck: (repair: boolean) => void;
}): ReactNode {
  const { t } = useWording();
  switch (risk.act) {
    case 'mend':
    case 'verify':
      if (!mayManage) return risk.act === 'mend' ? <a href="#failures">{t('keeping.act.failures')}</a> : null;
      return (
        <Button size="small" loading={busy} onClick={() => onCheck(risk.act === 'mend')}>
          {t(`keeping.act.${risk.act}`)}
        </Button>
      );
    case 'failures':
      return <a href="#failures">{t('keeping.act.failures')}</a>;
    case 'stores':
      return (
        <LinkButton size="small" to="/preservation/stores">
          {t('keeping.act.stores')}
        </LinkButton>
      );
    case 'backups':
      return (
        <LinkButton size="small" to="/preservation/backups">
          {t('keeping.act.backups')}
        </LinkButton>
      );
    case null:
      return null;
  }
}
