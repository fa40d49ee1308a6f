import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { type ReactNode, useState } from 'react';
import { useParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useCan, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { PasswordLink } from '../account/password-link.tsx';
import { GiveForm } from './give-form.tsx';
import { PERSON_TONES } from './people.tsx';
import { usePlace, useRoleName } from './queries.ts';
import { ReasonForm } from './reason-form.tsx';
import { lastDay, type Membership, type Person, tenseOf } from './shapes.ts';

/** One account: what it holds where, since when and until when; and what can be asked for. */
export function PersonPage(): ReactNode {
  const { t } = useWording();
  const { id = '' } = useParams();
  const person = useQuery({
    queryKey: ['person', id],
    queryFn: () => body(api.GET('/people/{id}', { params: { path: { id } } })),
  });
  const place = usePlace();
  if (person.error instanceof ApiError && person.error.status === 404) return <NothingHere />;
  if (person.error) return <Trouble error={person.error} retry={() => void person.refetch()} />;
  if (!person.data) return <Loading />;
  const one = person.data;
  return (
    <div className="page">
      <PageHead crumbs={[{ to: '/people', text: t('people.title') }]} title={one.displayName} />
      <div className="stack">
        <dl className="facts">
          <dt>{t('signIn.username')}</dt>
          <dd>{one.username}</dd>
          <dt>{t('people.state')}</dt>
          <dd>
            <Status tone={PERSON_TONES[one.state]}>{t(`people.state.${one.state}`)}</Status>
          </dd>
          <dt>{t('people.home')}</dt>
          <dd>{place(one.archiveId)}</dd>
        </dl>
        <Held person={one} />
        <PasswordLink person={one} />
        <Account person={one} />
      </div>
    </div>
  );
}

function Held({ person }: { person: Person }): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const me = useSession().person.id;
  const place = usePlace();
  const roleName = useRoleName();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [ending, setEnding] = useState<Membership>();
  const ask = useMutation({
    mutationFn: (reason: string) =>
      body(
        api.POST('/rights-changes', {
          body: {
            archiveId: ending?.archiveId ?? '',
            wanted: { kind: 'end', personId: person.id, membershipId: ending?.id ?? '' },
            reason,
          },
        }),
      ),
    onSuccess: () => {
      setEnding(undefined);
      message.success(t('rights.asked'));
      void queries.invalidateQueries({ queryKey: ['rights-changes'] });
    },
  });
  const now = new Date();
  const mayAsk = can('rights.manage') && person.id !== me;
  return (
    <section>
      <h2 className="fields-title">{t('people.held')}</h2>
      {person.memberships.length === 0 && <p className="soft">{t('people.noRole')}</p>}
      {person.memberships.length > 0 && (
        <div className="table-scroll">
          <DataTable
            label={t('people.held')}
            rows={person.memberships}
            idOf={(row) => row.id}
            columns={[
              { key: 'role', title: t('people.role'), cell: (row) => roleName(row.role) },
              {
                key: 'where',
                title: t('people.where'),
                cell: (row) => `${place(row.archiveId)}${row.subtree ? ` ${t('people.andBelow')}` : ''}`,
              },
              {
                key: 'limit',
                title: t('people.limit'),
                width: '150px',
                cell: (row) => [row.post?.name, row.categories?.join(' ')].filter(Boolean).join(' · ') || '—',
              },
              {
                key: 'from',
                title: t('people.since'),
                width: '130px',
                cell: (row) => <When at={row.from} />,
              },
              {
                key: 'until',
                title: t('people.until'),
                width: '130px',
                cell: (row) =>
                  row.until ? (
                    <When at={tenseOf(row, now) === 'over' ? row.until : lastDay(row.until)} />
                  ) : (
                    t('people.noEnd')
                  ),
              },
              {
                key: 'tense',
                title: t('people.state'),
                width: '100px',
                cell: (row) => {
                  const tense = tenseOf(row, now);
                  const tone = tense === 'now' ? 'done' : tense === 'later' ? 'waiting' : 'closed';
                  return <Status tone={tone}>{t(`people.tense.${tense}`)}</Status>;
                },
              },
              {
                key: 'act',
                title: '',
                width: '110px',
                cell: (row) =>
                  mayAsk &&
                  can('rights.manage', row.archiveId) &&
                  tenseOf(row, now) !== 'over' && (
                    <button type="button" className="plain link" onClick={() => setEnding(row)}>
                      {t('people.end')}
                    </button>
                  ),
              },
            ]}
          />
        </div>
      )}
      {ending && (
        <ReasonForm
          title={t('people.endTitle', { role: roleName(ending.role) })}
          act={t('rights.ask')}
          error={ask.error}
          pending={ask.isPending}
          onReason={(reason) => ask.mutate(reason)}
          onCancel={() => setEnding(undefined)}
        />
      )}
      {mayAsk && person.state !== 'disabled' && <GiveForm person={person} />}
    </section>
  );
}

/** Closing an account and opening it again: the system administrator's. */
function Account({ person }: { person: Person }): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const me = useSession().person.id;
  const queries = useQueryClient();
  const closed = person.state === 'disabled';
  const change = useMutation({
    mutationFn: (reason: string) => {
      const call = { params: { path: { id: person.id } }, body: { reason } };
      return body(closed ? api.POST('/people/{id}/enable', call) : api.POST('/people/{id}/disable', call));
    },
    onSuccess: () => {
      for (const queryKey of [['person', person.id], ['people']])
        void queries.invalidateQueries({ queryKey });
    },
  });
  if (person.id === me || !person.archiveId || !can('people.manage', person.archiveId)) return null;
  return (
    <section>
      <h2 className="fields-title">{t('people.account')}</h2>
      <p className="soft">{t(closed ? 'people.openText' : 'people.closeText')}</p>
      <ReasonForm
        key={person.state}
        title={t(closed ? 'people.open' : 'people.close')}
        act={t(closed ? 'people.open' : 'people.close')}
        error={change.error}
        pending={change.isPending}
        onReason={(reason) => change.mutate(reason)}
      />
    </section>
  );
}
