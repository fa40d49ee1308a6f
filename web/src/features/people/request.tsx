import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import { Decide, PROPOSAL_TONES, ProposalPeople } from '../../components/proposals.tsx';
import { Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useCan, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { useOrganisation, usePlace, useRoleName, useRoles, useWantedTitle } from './queries.ts';
import { ReachDetails } from './reach-details.tsx';
import { RoleSides } from './role-sides.tsx';
import { lastDay, type RightsChange } from './shapes.ts';

/** One request for a change of rights, before the person who decides. */
export function RightsRequest(): ReactNode {
  const { t } = useWording();
  const { id = '' } = useParams();
  const { message } = App.useApp();
  const me = useSession().person.id;
  const can = useCan();
  const queries = useQueryClient();
  const place = usePlace();
  const title = useWantedTitle();
  const change = useQuery({
    queryKey: ['rights-changes', id],
    queryFn: () => body(api.GET('/rights-changes/{id}', { params: { path: { id } } })),
  });
  const decide = useMutation({
    mutationFn: ({ decision, note }: { decision: 'approved' | 'rejected'; note: string }) => {
      const call = { params: { path: { id } }, body: { note } };
      return body(
        decision === 'approved'
          ? api.POST('/rights-changes/{id}/approve', call)
          : api.POST('/rights-changes/{id}/reject', call),
      );
    },
    onSuccess: (decided) => {
      message.success(t(`rights.done.${decided.state === 'approved' ? 'approved' : 'rejected'}`));
      for (const queryKey of [
        ['rights-changes'],
        ['people'],
        ['person'],
        ['roles'],
        ['organisations'],
        ['fonds-list'],
        ['work'],
      ])
        void queries.invalidateQueries({ queryKey });
    },
  });
  if (change.error instanceof ApiError && change.error.status === 404) return <NothingHere />;
  if (change.error) return <Trouble error={change.error} retry={() => void change.refetch()} />;
  if (!change.data) return <Loading />;
  const one = change.data;
  const own = one.proposedBy.id === me || one.person?.id === me;
  return (
    <div className="page narrow">
      <PageHead crumbs={[{ to: '/rights-changes', text: t('rights.title') }]} title={title(one)} />
      <div className="stack">
        <dl className="facts">
          <dt>{t('people.state')}</dt>
          <dd>
            <Status tone={PROPOSAL_TONES[one.state]}>{t(`rights.state.${one.state}`)}</Status>
          </dd>
          {one.person && (
            <>
              <dt>{t('people.name')}</dt>
              <dd>
                <Link to={`/people/${one.person.id}`}>{one.person.name}</Link>
              </dd>
            </>
          )}
          <dt>{t('people.where')}</dt>
          <dd>{place(one.archiveId)}</dd>
          <Details change={one} />
          <dt>{t('access.reason')}</dt>
          <dd>{one.reason}</dd>
          <ProposalPeople one={one} proposedBy={t('rights.askedBy')} />
        </dl>
        {one.state === 'proposed' && (
          <Decide
            barred={own ? t('rights.own') : !can('rights.approve', one.archiveId) && t('rights.notYours')}
            pending={decide.isPending}
            error={decide.error}
            onDecide={decide.mutate}
          />
        )}
      </div>
    </div>
  );
}

function Details({ change }: { change: RightsChange }): ReactNode {
  const { t, language } = useWording();
  const roleName = useRoleName();
  const roles = useRoles();
  const { wanted } = change;
  const organisation = useOrganisation(wanted.kind === 'post' ? change.archiveId : undefined);
  if (wanted.kind === 'role') {
    const before = wanted.code ? roles.data?.find((r) => r.code === wanted.code) : undefined;
    const after = { names: wanted.names, capabilities: wanted.capabilities };
    return (
      <>
        <dt>{t('roles.capabilities')}</dt>
        <dd>
          <RoleSides
            sides={[
              ...(before && change.state === 'proposed' ? [{ title: t('roles.before'), role: before }] : []),
              { title: t('roles.after'), role: after },
            ]}
          />
        </dd>
      </>
    );
  }
  if (wanted.kind === 'organisation' || wanted.kind === 'fonds')
    return <ReachDetails change={change} wanted={wanted} />;
  if (wanted.kind === 'end' || wanted.kind === 'retire') return null;
  const post = wanted.kind === 'post' && organisation.data?.posts.find((p) => p.id === wanted.postId);
  return (
    <>
      {wanted.kind === 'give' && (
        <>
          <dt>{t('people.role')}</dt>
          <dd>
            {roleName(wanted.role)}
            {wanted.subtree && ` ${t('people.andBelow')}`}
            {wanted.categories && ` · ${wanted.categories.join(' ')}`}
          </dd>
        </>
      )}
      {post && (
        <>
          <dt>{t('organisation.post')}</dt>
          <dd>
            {post.name}: {post.roles.map(roleName).join(language === 'en' ? ', ' : '、')}
          </dd>
        </>
      )}
      <dt>{t('people.since')}</dt>
      <dd>{wanted.from ? <When at={wanted.from} /> : t('rights.fromApproval')}</dd>
      <dt>{t('people.until')}</dt>
      <dd>{wanted.until ? <When at={lastDay(wanted.until)} /> : t('people.noEnd')}</dd>
    </>
  );
}
