import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ApiError, api, body, done } from '../../api/client.ts';
import { Empty, Field, Loading, PageHead } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useArchive, useArchiveName, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { FondsAgency } from './fonds-agency.tsx';
import { Posts } from './posts.tsx';
import { useAgencies, useAskForRights, useOrganisation } from './queries.ts';
import { ReasonForm } from './reason-form.tsx';
import type { Unit } from './shapes.ts';

/** Units from the top down, each with how deep it stands. */
export function inOrder(units: readonly Unit[]): { unit: Unit; depth: number }[] {
  const below = Map.groupBy(units, (u) => u.parentId ?? '');
  const walk = (parent: string, depth: number): { unit: Unit; depth: number }[] =>
    (below.get(parent) ?? []).flatMap((unit) => [{ unit, depth }, ...walk(unit.id, depth + 1)]);
  return walk('', 0);
}

/** Departments and agencies as a tree, and the posts in them. */
export function OrganisationPage(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const archive = useArchive();
  const archiveName = useArchiveName();
  const organisation = useOrganisation(archive?.id);
  const [chosen, setChosen] = useState<Unit | 'new'>();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: (id: string) => done(api.DELETE('/organisations/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      setChosen(undefined);
      void queries.invalidateQueries({ queryKey: ['organisations'] });
    },
  });
  if (!archive || !can('people.read', archive.id)) return <NothingHere />;
  const mayChange = can('rights.manage', archive.id);
  const units = organisation.data?.units ?? [];
  return (
    <div className="page narrow">
      <PageHead
        title={t('organisation.title')}
        actions={mayChange && <Button onClick={() => setChosen('new')}>{t('organisation.add')}</Button>}
      />
      <p className="soft">{archiveName(archive)}</p>
      {organisation.error && <Trouble error={organisation.error} retry={() => void organisation.refetch()} />}
      {remove.error && <Trouble error={remove.error} />}
      {organisation.isPending && <Loading lines={4} />}
      {organisation.data && units.length === 0 && (
        <Empty title={t('organisation.none')}>{t('organisation.noneText')}</Empty>
      )}
      <ul className="history" aria-label={t('organisation.title')}>
        {inOrder(units).map(({ unit, depth }) => (
          <li key={unit.id} className="spread">
            <span style={{ paddingLeft: Math.min(depth, 12) * 18 }}>
              {unit.name} <span className="soft small">{t(`organisation.kind.${unit.kind}`)}</span>
            </span>
            {mayChange && (
              <span className="row">
                <button type="button" className="plain link" onClick={() => setChosen(unit)}>
                  {t('organisation.edit')}
                </button>
                <button type="button" className="plain link" onClick={() => remove.mutate(unit.id)}>
                  {t('organisation.remove')}
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {mayChange && chosen && (
        <UnitForm
          key={chosen === 'new' ? 'new' : `${chosen.id}-${chosen.version}`}
          archiveId={archive.id}
          unit={chosen === 'new' ? undefined : chosen}
          units={units}
          onDone={() => setChosen(undefined)}
        />
      )}
      <Posts archiveId={archive.id} organisation={organisation.data} mayChange={mayChange} />
      {mayChange && <FondsAgency archiveId={archive.id} />}
    </div>
  );
}

function UnitForm(props: {
  archiveId: string;
  unit: Unit | undefined;
  units: readonly Unit[];
  onDone: () => void;
}): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const { unit, archiveId } = props;
  const [name, setName] = useState(unit?.name ?? '');
  const [kind, setKind] = useState(unit?.kind ?? 'department');
  const [parentId, setParentId] = useState(unit?.parentId ?? null);
  const [agencyId, setAgencyId] = useState(unit?.agencyId ?? null);
  const agencies = useAgencies(kind === 'agency' ? archiveId : undefined);
  const fields = { archiveId, parentId, kind, name, agencyId: kind === 'agency' ? agencyId : null };
  const ask = useAskForRights(archiveId, props.onDone);
  const save = useMutation({
    mutationFn: () => {
      if (!unit) return body(api.POST('/organisations', { body: fields }));
      const path = { id: unit.id };
      return body(
        api.PUT('/organisations/{id}', { params: { path }, body: { ...fields, version: unit.version } }),
      );
    },
    onSuccess: () => {
      props.onDone();
      void queries.invalidateQueries({ queryKey: ['organisations'] });
    },
    onError: () => void queries.invalidateQueries({ queryKey: ['organisations'] }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  const title = unit ? t('organisation.change', { name: unit.name }) : t('organisation.add');
  const takesTwo = save.error instanceof ApiError && save.error.code === 'organisation.reach';
  const propose = (reason: string): void => {
    const known = unit ? { unitId: unit.id, version: unit.version } : {};
    const place = { parentId, name, agencyId: fields.agencyId, unitKind: kind };
    ask.mutate({ wanted: { kind: 'organisation', ...place, ...known }, reason });
  };
  return (
    <>
      <form className="stack" style={{ marginTop: 16 }} onSubmit={submit} aria-label={title}>
        <h2 className="fields-title">{title}</h2>
        {save.error && <Trouble error={save.error} />}
        <div className="fields">
          <Field label={t('field.name')} needed>
            {(id) => <Input id={id} maxLength={200} value={name} onChange={(e) => setName(e.target.value)} />}
          </Field>
          <Field label={t('organisation.kind')}>
            {(id) => (
              <Select
                id={id}
                disabled={unit !== undefined}
                value={kind}
                onChange={setKind}
                options={(['department', 'agency'] as const).map((value) => ({
                  value,
                  label: t(`organisation.kind.${value}`),
                }))}
              />
            )}
          </Field>
          {kind === 'agency' && (
            <Field label={t('organisation.agency')} hint={t('organisation.agencyHint')}>
              {(id) => (
                <Select
                  id={id}
                  allowClear
                  showSearch={{ optionFilterProp: 'label' }}
                  loading={agencies.isPending}
                  value={agencyId}
                  onChange={(value) => setAgencyId(value ?? null)}
                  options={(agencies.data ?? []).map((a) => ({
                    value: a.id,
                    label: `${a.name}（${a.code}）`,
                  }))}
                />
              )}
            </Field>
          )}
          <Field label={t('organisation.above')}>
            {(id) => (
              <Select
                id={id}
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                placeholder={t('organisation.top')}
                value={parentId}
                onChange={(value) => setParentId(value ?? null)}
                options={inOrder(props.units)
                  .filter(({ unit: u }) => u.id !== unit?.id)
                  .map(({ unit: u, depth }) => ({
                    value: u.id,
                    label: `${'　'.repeat(Math.min(depth, 8))}${u.name}`,
                  }))}
              />
            )}
          </Field>
        </div>
        <div className="row">
          <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!name.trim()}>
            {t('act.save')}
          </Button>
          <Button onClick={props.onDone}>{t('act.cancel')}</Button>
        </div>
      </form>
      {takesTwo && (
        <ReasonForm
          title={t('organisation.ask')}
          act={t('rights.ask')}
          error={ask.error}
          pending={ask.isPending}
          onReason={propose}
        />
      )}
    </>
  );
}
