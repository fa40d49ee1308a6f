import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, body, done } from '../../api/client.ts';
import type { Unit } from '../../api/shapes.ts';
import { Code, Loading } from '../../components/small.tsx';
import { sentenceOf, Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { CameFrom } from '../accessions/came-from.tsx';
import { AuthorityChoice } from './choice.tsx';
import { classOf, ROLES_OF, type Role, type Suggested, type UnitRelation, unitLinks } from './queries.ts';
import '../../styles/authorities.css';

const RELATIONS = ['related', 'sameMatter', 'copyOf', 'originalOf', 'replyTo', 'repliedBy', 'attachmentOf', 'hasAttachment', 'continues', 'continuedBy'] as const satisfies readonly UnitRelation[]; // biome-ignore format: a list

/** Who and what a record has to do with, and the records that belong to it. */
export function UnitLinks({ unit }: { unit: Unit }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const { message } = App.useApp();
  const queries = useQueryClient();
  const links = useQuery(unitLinks(unit.id));
  const [adding, setAdding] = useState<'authority' | 'unit' | null>(null);
  const again = (): void => {
    setAdding(null);
    for (const key of ['unit-links', 'authority-units', 'unit-history'])
      void queries.invalidateQueries({ queryKey: [key] });
  };
  const onError = (e: unknown): void => void message.error(sentenceOf(e, wording));
  const unlink = useMutation({
    mutationFn: (l: { authorityId: string; role: Role }) =>
      done(
        api.DELETE('/units/{id}/authorities/{authorityId}', {
          params: { path: { id: unit.id, authorityId: l.authorityId }, query: { role: l.role } },
        }),
      ),
    onSuccess: again,
    onError,
  });
  const unrelate = useMutation({
    mutationFn: (relationId: string) =>
      done(api.DELETE('/units/{id}/related/{relationId}', { params: { path: { id: unit.id, relationId } } })),
    onSuccess: again,
    onError,
  });
  if (links.error) return <Trouble error={links.error} retry={() => void links.refetch()} />;
  if (!links.data) return <Loading lines={3} />;
  const { authorities, related, allowed } = links.data;
  return (
    <div className="stack">
      <section>
        <h3 className="fields-title">{t('authority.ofUnit')}</h3>
        {authorities.length === 0 && <p className="soft small">{t('authority.noLinks')}</p>}
        <ul className="authority-relations">
          {authorities.map((l) => (
            <li key={`${l.authorityId}-${l.role}`} className="row">
              <span className="soft small relation-type">{t(`authority.role.${l.role}`)}</span>
              <span className="grow">
                <Link to={`/authorities/${l.authorityId}`}>{l.name}</Link>
                {l.way === 'job' && <span className="small soft"> {t('authority.byJob')}</span>}
              </span>
              {allowed.write && (
                <Button
                  size="small"
                  type="text"
                  aria-label={t('authority.unlink', { name: l.name })}
                  onClick={() => unlink.mutate(l)}
                >
                  ✕
                </Button>
              )}
            </li>
          ))}
        </ul>
        {allowed.write && adding !== 'authority' && (
          <Button size="small" onClick={() => setAdding('authority')}>
            {t('authority.link')}
          </Button>
        )}
        {adding === 'authority' && (
          <AddAuthority unit={unit} onDone={again} onClose={() => setAdding(null)} />
        )}
      </section>
      <section>
        <h3 className="fields-title">{t('authority.related')}</h3>
        {related.length === 0 && <p className="soft small">{t('authority.noRelated')}</p>}
        <ul className="authority-relations">
          {related.map((r) => (
            <li key={r.id} className="row">
              <span className="soft small relation-type">{t(`unitRelation.${inverse(r.type)}`)}</span>
              <span className="grow">
                <Code value={r.unit.referenceCode} /> <Link to={`/units/${r.unit.id}`}>{r.unit.title}</Link>
                {r.note && <div className="small soft">{r.note}</div>}
              </span>
              {allowed.write && (
                <Button
                  size="small"
                  type="text"
                  aria-label={t('authority.unrelate', { name: r.unit.title })}
                  onClick={() => unrelate.mutate(r.id)}
                >
                  ✕
                </Button>
              )}
            </li>
          ))}
        </ul>
        {allowed.write && adding !== 'unit' && (
          <Button size="small" onClick={() => setAdding('unit')}>
            {t('authority.relate')}
          </Button>
        )}
        {adding === 'unit' && <AddUnit unit={unit} onDone={again} onClose={() => setAdding(null)} />}
      </section>
      <CameFrom archiveId={unit.archive.id} into={unit.importId ? [unit.id, unit.importId] : [unit.id]} />
    </div>
  );
}

/** What the other is to this one: of a reply the other is the letter. */
const INVERSE: Partial<Record<UnitRelation, UnitRelation>> = {
  copyOf: 'originalOf', originalOf: 'copyOf', replyTo: 'repliedBy', repliedBy: 'replyTo', attachmentOf: 'hasAttachment',
  hasAttachment: 'attachmentOf', continues: 'continuedBy', continuedBy: 'continues',
}; // biome-ignore format: a table of pairs
const inverse = (type: UnitRelation): UnitRelation => INVERSE[type] ?? type;

function AddAuthority({
  unit,
  onDone,
  onClose,
}: {
  unit: Unit;
  onDone: () => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useWording();
  const [chosen, setChosen] = useState<Suggested>();
  const [wanted, setWanted] = useState<Role>();
  const roles = chosen ? ROLES_OF[classOf(chosen.kind)] : [];
  const role = wanted && roles.includes(wanted) ? wanted : roles[0];
  const add = useMutation({
    mutationFn: () =>
      body(
        api.POST('/units/{id}/authorities', {
          params: { path: { id: unit.id } },
          body: { authorityId: chosen?.id ?? '', role: role ?? 'subject' },
        }),
      ),
    onSuccess: onDone,
  });
  return (
    <form
      className="stack"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (chosen) add.mutate();
      }}
    >
      {add.error && <Trouble error={add.error} />}
      <AuthorityChoice archiveId={unit.archive.id} value={chosen} onChange={setChosen} />
      <div className="row">
        <Select
          aria-label={t('authority.role')}
          value={role ?? null}
          disabled={!chosen}
          onChange={setWanted}
          options={roles.map((r) => ({ value: r, label: t(`authority.role.${r}`) }))}
          style={{ width: 120 }}
        />
        <Button size="small" htmlType="submit" type="primary" disabled={!chosen} loading={add.isPending}>
          {t('act.save')}
        </Button>
        <Button size="small" onClick={onClose}>
          {t('act.cancel')}
        </Button>
      </div>
    </form>
  );
}

function AddUnit({
  unit,
  onDone,
  onClose,
}: {
  unit: Unit;
  onDone: () => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useWording();
  const [code, setCode] = useState('');
  const [type, setType] = useState<UnitRelation>('related');
  const add = useMutation({
    mutationFn: async () => {
      const { id } = await body(
        api.GET('/units/by-code', { params: { query: { archive: unit.archive.id, code: code.trim() } } }),
      );
      return body(
        api.POST('/units/{id}/related', { params: { path: { id: unit.id } }, body: { otherId: id, type } }),
      );
    },
    onSuccess: onDone,
  });
  return (
    <form
      className="stack"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      {add.error && <Trouble error={add.error} />}
      <div className="row">
        <Input
          aria-label={t('authority.relateCode')}
          placeholder={t('authority.relateCode')}
          value={code}
          onChange={(e) => setCode(e.target.value)}
          style={{ width: 230 }}
        />
        <Select
          aria-label={t('authority.relateType')}
          value={type}
          onChange={setType}
          options={RELATIONS.map((r) => ({ value: r, label: t(`unitRelation.${r}`) }))}
          style={{ width: 130 }}
        />
      </div>
      <p className="small soft">
        {t('authority.relateType')} {t(`unitRelation.${type}`)}
      </p>
      <div className="row">
        <Button size="small" htmlType="submit" type="primary" disabled={!code.trim()} loading={add.isPending}>
          {t('act.save')}
        </Button>
        <Button size="small" onClick={onClose}>
          {t('act.cancel')}
        </Button>
      </div>
    </form>
  );
}
