import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useParams } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DecisionForm } from '../../components/decision-form.tsx';
import { Code, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { WithReason } from '../../components/with-reason.tsx';
import { bytes, count, listOf } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { useAgency } from '../filing/use-agency.ts';
import { Arrivals } from './arrivals.tsx';
import { Drop } from './drop.tsx';
import { type Settings, STATE_TONES, type SystemRead, systemQuery } from './queries.ts';
import { SystemForm } from './system-form.tsx';
import { Tokens } from './tokens.tsx';

/** One system: what it may send, who agreed, its tokens, what came in. */
export function SenderSystem(): ReactNode {
  const { t } = useWording();
  const { id = '' } = useParams();
  const found = useQuery(systemQuery(id));
  const queries = useQueryClient();
  const { all } = useAgency();
  const [changing, setChanging] = useState(false);
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: ['intake'] });
  const decide = useMutation({
    mutationFn: (o: { agreed: boolean; note: string }) =>
      body(
        api.POST('/intake/systems/{id}/decision', {
          params: { path: { id } },
          body: { ...o, version: found.data?.version ?? 1 },
        }),
      ),
    onSettled: again,
  });
  const end = useMutation({
    mutationFn: (reason: string) =>
      body(api.POST('/intake/systems/{id}/end', { params: { path: { id } }, body: { reason } })),
    onSettled: again,
  });
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const system = found.data;
  const { acts } = system;
  const agency = all.find((a) => a.agencyId === system.agencyId);
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: '/intake', text: t('intake.title') }]}
        title={system.settings.name}
        actions={
          acts.includes('change') && <Button onClick={() => setChanging(true)}>{t('intake.change')}</Button>
        }
      />
      <p className="row" style={{ flexWrap: 'wrap' }}>
        <Status tone={STATE_TONES[system.state]}>{t(`intake.state.${system.state}`)}</Status>
        <span className="soft">{agency?.name}</span>
        <span className="soft small">
          {t('intake.proposed', { name: system.proposedBy })} <When at={system.proposedAt} />
        </span>
        {system.decidedBy && (
          <span className="soft small">
            {t('intake.decided', { name: system.decidedBy })} <When at={system.decidedAt} />
            {system.note && ` · ${system.note}`}
          </span>
        )}
      </p>
      {system.wanted && (
        <section className="notice is-waiting">
          <p>{t('intake.wanted')}</p>
          <SettingsList settings={system.wanted} />
        </section>
      )}
      {decide.error && <Trouble error={decide.error} />}
      <SettingsSection system={system} />
      {acts.includes('decide') && (
        <DecisionForm
          pending={decide.isPending}
          onDecide={(decision, note) => decide.mutate({ agreed: decision === 'approved', note })}
        />
      )}
      {system.state === 'admitted' && <Tokens system={system} mayChange={acts.includes('token')} />}
      {system.dropFolder && <Drop systemId={system.id} folder={system.dropFolder} />}
      {agency?.side === 'agency' && <Arrivals systemId={system.id} />}
      {acts.includes('end') && (
        <div style={{ marginTop: 24 }}>
          <WithReason
            act={t('intake.end')}
            what={t('intake.endWhat')}
            reason={t('intake.reason')}
            danger
            pending={end.isPending}
            error={end.error}
            onAct={(reason) => end.mutate(reason)}
          />
        </div>
      )}
      {changing && <SystemForm agencies={[]} system={system} onClose={() => setChanging(false)} />}
    </div>
  );
}

function SettingsSection({ system }: { system: SystemRead }): ReactNode {
  const { t } = useWording();
  const { today, used, settings } = system;
  return (
    <section aria-label={t('intake.settings')}>
      <h2 className="fields-title">{t('intake.settings')}</h2>
      <SettingsList settings={settings} />
      <p className="small soft">
        {t('intake.today')}: {t('intake.of', { n: today.items, most: settings.dayItems })} ·{' '}
        {t('intake.of', { n: bytes(today.bytes), most: bytes(settings.dayBytes) })}
        {today.refused > 0 && ` · ${t('intake.refusedToday', { n: today.refused })}`}
        {' · '}
        {t('intake.inAll')}: {count(used.items)} · {bytes(used.bytes)}
      </p>
    </section>
  );
}

function SettingsList({ settings: s }: { settings: Settings }): ReactNode {
  const { t, language } = useWording();
  const line = (label: string, value: ReactNode): ReactNode => (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
  const total = [
    s.totalItems === null ? undefined : count(s.totalItems),
    s.totalBytes === null ? undefined : bytes(s.totalBytes),
  ].filter((one) => one !== undefined);
  return (
    <dl className="facts">
      {s.vendor && line(t('intake.vendor'), s.vendor)}
      {line(
        t('intake.sends'),
        listOf(
          language,
          s.sends.map((one) => t(`intake.sends.${one}`)),
        ),
      )}
      {s.sends.includes('packages') && line(t('intake.onward'), t(`intake.onward.${s.onward}`))}
      {line(t('intake.categories'), s.categories ? s.categories.join(', ') : t('intake.allCategories'))}
      {line(t('intake.dayItems'), `${count(s.dayItems)} · ${bytes(s.dayBytes)}`)}
      {total.length > 0 && line(t('intake.totalItems'), total.join(' · '))}
      {line(
        t('intake.addresses'),
        s.addresses ? s.addresses.map((a) => <Code key={a} value={a} />) : t('intake.anywhere'),
      )}
      {line(t('intake.validUntil'), s.validUntil ?? t('intake.noEnd'))}
      {s.drop && line(t('intake.drop'), t('intake.dropWatch'))}
    </dl>
  );
}
