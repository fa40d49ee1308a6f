import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, done } from '../../api/client.ts';
import { Field, Loading, PageHead, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { CATEGORIES } from '../holdings/filters.tsx';
import { type Scheme, STAGES, schemesQuery } from './queries.ts';
import { Compared } from './scheme/compared.tsx';
import { type Fit, SchemeTable } from './scheme/table.tsx';
import '../../styles/natures.css';
import '../../styles/table.css';

const PROFILES = ['handover', 'eep', 'bag', 'eark', 'dip'] as const;
const ANY = '';

const fits = (s: Scheme, fit: Fit): boolean => s.category === fit.category && s.profile === fit.profile;

/** Of those for a fit the newest in force; else what holds in its place, as the server chooses it. */
function inForceFor(all: readonly Scheme[], fit: Fit): Scheme | undefined {
  const general: Fit[] = [
    fit,
    { category: fit.category, profile: null },
    { category: null, profile: fit.profile },
    { category: null, profile: null },
  ];
  for (const one of general) {
    const own = all.filter((s) => s.state === 'inForce' && fits(s, one));
    if (own.length > 0) return own.reduce((a, b) => (a.version > b.version ? a : b));
  }
  const shipped = all.filter((s) => s.state === 'shipped');
  return (
    shipped.find((s) => s.category === null && s.profile === fit.profile) ??
    shipped.find((s) => s.category === null && s.profile === null)
  );
}

/** The schemes of an archive: what holds at each stage, category and kind of package, and a version that awaits a decision. */
export function NatureSchemesPage(): ReactNode {
  const { t, word } = useWording();
  const can = useCan();
  const archive = useArchive();
  const [stage, setStage] = useState<(typeof STAGES)[number]>('GD');
  const [category, setCategory] = useState(ANY);
  const [profile, setProfile] = useState(ANY);
  const sees =
    archive !== undefined && (can('preservation.read', archive.id) || can('filing.read', archive.id));
  const schemes = useQuery({ ...schemesQuery(archive?.id ?? ''), enabled: sees });
  if (!archive || !sees) return <NothingHere />;
  const fit: Fit = { category: category || null, profile: stage === 'YJ' && profile ? profile : null };
  const ofStage = schemes.data?.filter((s) => s.stage === stage) ?? [];
  const inForce = inForceFor(ofStage, fit);
  const proposed = ofStage.filter((s) => s.state === 'proposed' && fits(s, fit));
  const former = ofStage.filter((s) => fits(s, fit) && s.version > 0 && s.state !== 'proposed');
  const manages = can('preservation.manage', archive.id);
  return (
    <div className="page">
      <PageHead crumbs={[{ to: '/natures', text: t('check.title') }]} title={t('check.schemes')} />
      <div className="stack">
        <p>{t('check.schemesHint')}</p>
        <div className="row choices-row">
          <Field label={t('check.stage')}>
            {(id) => (
              <Select
                id={id}
                className="natures-choice"
                value={stage}
                onChange={setStage}
                options={STAGES.map((value) => ({ value, label: t(`check.stage.${value}`) }))}
              />
            )}
          </Field>
          <Field label={t('check.category')}>
            {(id) => (
              <Select
                id={id}
                className="natures-choice"
                value={category}
                onChange={setCategory}
                options={[
                  { value: ANY, label: t('check.anyCategory') },
                  ...CATEGORIES.map((value) => ({
                    value: value as string,
                    label: word('category', value, value),
                  })),
                ]}
              />
            )}
          </Field>
          {stage === 'YJ' && (
            <Field label={t('check.profile')}>
              {(id) => (
                <Select
                  id={id}
                  className="natures-choice"
                  value={profile}
                  onChange={setProfile}
                  options={[
                    { value: ANY, label: t('check.anyProfile') },
                    ...PROFILES.map((value) => ({
                      value: value as string,
                      label: word('examination.kind', value, value),
                    })),
                  ]}
                />
              )}
            </Field>
          )}
        </div>
        {schemes.error && <Trouble error={schemes.error} retry={() => void schemes.refetch()} />}
        {schemes.isPending && <Loading lines={12} />}
        {inForce &&
          proposed.map((s) => (
            <Proposed key={s.id} scheme={s} before={inForce} mayDecide={manages && !s.mine} />
          ))}
        {inForce && (
          <SchemeTable
            key={`${stage} ${category} ${profile} ${inForce.version}`}
            archiveId={archive.id}
            scheme={inForce}
            fit={fit}
            mayPropose={manages && proposed.length === 0}
          />
        )}
        {former.length > 0 && inForce && <Versions all={former} inForce={inForce} />}
      </div>
    </div>
  );
}

function Proposed({
  scheme,
  before,
  mayDecide,
}: {
  scheme: Scheme;
  before: Scheme;
  mayDecide: boolean;
}): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const decide = useMutation({
    mutationFn: (approve: boolean) =>
      done(
        api.POST('/check-schemes/{id}/decision', {
          params: { path: { id: scheme.id ?? '' } },
          body: { approve },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['natures', 'schemes'] }),
  });
  return (
    <section className="notice is-waiting" aria-label={t('check.proposed', { n: scheme.version })}>
      <p>
        {t('check.proposed', { n: scheme.version })}: {scheme.reason}{' '}
        <span className="small">
          {scheme.proposedBy} {scheme.proposedAt && <When at={scheme.proposedAt} />}
        </span>
      </p>
      <Compared before={before} after={scheme} />
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

/** Versions there were, each compared with the one in force. */
function Versions({ all, inForce }: { all: readonly Scheme[]; inForce: Scheme }): ReactNode {
  const { t } = useWording();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <section aria-label={t('check.versions')}>
      <h2>{t('check.versions')}</h2>
      <ul>
        {all.toReversed().map((s) => (
          <li key={s.id}>
            {t('check.versionIs', { n: s.version })} · {t(`check.schemeState.${s.state}`)} · {s.reason}{' '}
            <span className="small soft">
              {s.proposedBy} → {s.decidedBy} {s.decidedAt && <When at={s.decidedAt} />}
            </span>{' '}
            {s.id !== inForce.id && (
              <Button
                type="link"
                size="small"
                aria-expanded={open === s.id}
                onClick={() => setOpen(open === s.id ? null : s.id)}
              >
                {t('check.compare')}
              </Button>
            )}
            {open === s.id && <Compared before={s} after={inForce} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
