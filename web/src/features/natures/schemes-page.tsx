import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { type Scheme, type SchemeItem, SEVERITIES, STAGES, schemesQuery } from './queries.ts';
import '../../styles/natures.css';
import '../../styles/table.css';

/** The schemes of an archive: what holds at each stage, and a version that awaits a decision. */
export function NatureSchemesPage(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const archive = useArchive();
  const [stage, setStage] = useState<(typeof STAGES)[number]>('GD');
  const sees =
    archive !== undefined && (can('preservation.read', archive.id) || can('filing.read', archive.id));
  const schemes = useQuery({ ...schemesQuery(archive?.id ?? ''), enabled: sees });
  if (!archive || !sees) return <NothingHere />;
  const ofStage = schemes.data?.filter((s) => s.stage === stage) ?? [];
  const general = ofStage.filter((s) => s.category === null && s.profile === null);
  const inForce = general.find((s) => s.state === 'inForce') ?? general.find((s) => s.state === 'shipped');
  const proposed = ofStage.filter((s) => s.state === 'proposed');
  const particular = ofStage.filter((s) => s.state === 'inForce' && s !== inForce);
  const manages = can('preservation.manage', archive.id);
  return (
    <div className="page">
      <PageHead crumbs={[{ to: '/natures', text: t('check.title') }]} title={t('check.schemes')} />
      <p>{t('check.schemesHint')}</p>
      <p>
        <Select
          aria-label={t('check.stage')}
          value={stage}
          onChange={setStage}
          options={STAGES.map((value) => ({ value, label: t(`check.stage.${value}`) }))}
        />
      </p>
      {schemes.error && <Trouble error={schemes.error} retry={() => void schemes.refetch()} />}
      {schemes.isPending && <Loading lines={12} />}
      {proposed.map((s) => (
        <Proposed key={s.id} scheme={s} mayDecide={manages && !s.mine} />
      ))}
      {inForce && (
        <SchemeTable
          key={`${stage} ${inForce.version}`}
          archiveId={archive.id}
          scheme={inForce}
          mayPropose={manages && proposed.length === 0}
        />
      )}
      {particular.map((s) => (
        <SchemeTable key={s.id} archiveId={archive.id} scheme={s} mayPropose={false} />
      ))}
    </div>
  );
}

function Proposed({ scheme, mayDecide }: { scheme: Scheme; mayDecide: boolean }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const decide = useMutation({
    mutationFn: (approve: boolean) =>
      body(
        api.POST('/check-schemes/{id}/decision', {
          params: { path: { id: scheme.id ?? '' } },
          body: { approve },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['natures', 'schemes'] }),
  });
  return (
    <section className="notice is-waiting">
      <p>
        {t('check.proposed', { n: scheme.version })}: {scheme.reason}{' '}
        <span className="soft small">
          {scheme.proposedBy} {scheme.proposedAt && <When at={scheme.proposedAt} />}
        </span>
      </p>
      {mayDecide && (
        <div className="row">
          <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate(true)}>
            {t('check.approve')}
          </Button>
          <Button disabled={decide.isPending} onClick={() => decide.mutate(false)}>
            {t('check.decline')}
          </Button>
        </div>
      )}
      {decide.error && <Trouble error={decide.error} />}
    </section>
  );
}

function SchemeTable({
  archiveId,
  scheme,
  mayPropose,
}: {
  archiveId: string;
  scheme: Scheme;
  mayPropose: boolean;
}): ReactNode {
  const { t, word } = useWording();
  const queries = useQueryClient();
  const [items, setItems] = useState<SchemeItem[]>();
  const [off, setOff] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  const label = useId();
  const propose = useMutation({
    mutationFn: () =>
      body(
        api.POST('/archives/{archiveId}/check-schemes', {
          params: { path: { archiveId } },
          body: {
            stage: scheme.stage,
            category: scheme.category,
            profile: scheme.profile,
            items: (items ?? []).filter((i) => !off.has(i.slug)),
            reason: reason.trim(),
          },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['natures', 'schemes'] }),
  });
  const set = (slug: string, change: Partial<SchemeItem>): void =>
    setItems((items ?? scheme.items).map((i) => (i.slug === slug ? { ...i, ...change } : i)));
  const name = [
    scheme.category ? word('category', scheme.category) : t('check.anyCategory'),
    scheme.profile ? word('examination.kind', scheme.profile) : t('check.anyProfile'),
  ].join(' · ');
  return (
    <section aria-label={name}>
      <h2>{name}</h2>
      <p>
        <Status tone="done">
          {scheme.version === 0
            ? t('check.schemeShipped')
            : t('check.schemeVersion', { name: t('check.inForce'), n: scheme.version })}
        </Status>{' '}
        {mayPropose && !items && (
          <Button size="small" onClick={() => setItems([...scheme.items])}>
            {t('check.newVersion')}
          </Button>
        )}
      </p>
      <div className="natures-wide">
        <table className="data wrap natures-scheme">
          <thead>
            <tr>
              <th>{t('check.code')}</th>
              <th>{t('check.item')}</th>
              <th>{t('check.severity')}</th>
              <th>{t('check.must')}</th>
              <th className="number">{t('check.sample')}</th>
              {items && <th>{t('check.ticked')}</th>}
            </tr>
          </thead>
          <tbody>
            {(items ?? scheme.items).map((item) => {
              const called = t(`check.item.${item.slug}`);
              return (
                <tr key={item.slug} className={off.has(item.slug) ? 'soft' : ''}>
                  <td className="code">{item.code ?? ''}</td>
                  <td>{called}</td>
                  <td>
                    {items ? (
                      <Select
                        size="small"
                        aria-label={`${called}: ${t('check.severity')}`}
                        value={item.severity}
                        onChange={(severity) => set(item.slug, { severity })}
                        options={SEVERITIES.map((value) => ({ value, label: t(`check.severity.${value}`) }))}
                      />
                    ) : (
                      t(`check.severity.${item.severity}`)
                    )}
                  </td>
                  <td>
                    {items ? (
                      <Checkbox
                        aria-label={`${called}: ${t('check.must')}`}
                        checked={item.must}
                        onChange={(e) => set(item.slug, { must: e.target.checked })}
                      />
                    ) : (
                      item.must && '✓'
                    )}
                  </td>
                  <td className="number">
                    {items ? (
                      <InputNumber
                        size="small"
                        min={0}
                        max={100}
                        aria-label={`${called}: ${t('check.sample')}`}
                        value={item.sample}
                        onChange={(sample) => set(item.slug, { sample: sample ?? 100 })}
                      />
                    ) : (
                      item.sample
                    )}
                  </td>
                  {items && (
                    <td>
                      <Checkbox
                        aria-label={`${called}: ${t('check.ticked')}`}
                        checked={!off.has(item.slug)}
                        onChange={(e) => {
                          const left = new Set(off);
                          if (e.target.checked) left.delete(item.slug);
                          else left.add(item.slug);
                          setOff(left);
                        }}
                      />
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {items && (
        <div className="natures-form">
          <label htmlFor={label}>{t('check.reasonForChange')}</label>
          <Input.TextArea
            id={label}
            rows={2}
            maxLength={2_000}
            value={reason}
            onChange={(e) => setReason(e.target.value)}
          />
          <div className="row">
            <Button
              type="primary"
              disabled={reason.trim() === ''}
              loading={propose.isPending}
              onClick={() => propose.mutate()}
            >
              {t('check.newVersion')}
            </Button>
            <Button onClick={() => setItems(undefined)}>{t('act.cancel')}</Button>
          </div>
          {propose.error && <Trouble error={propose.error} />}
        </div>
      )}
    </section>
  );
}
