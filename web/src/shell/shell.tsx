import { useQuery } from '@tanstack/react-query';
import { Drawer, Modal } from 'antd';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { Link, Navigate, NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { ApiError, api, body } from '../api/client.ts';
import { Loading } from '../components/small.tsx';
import { Trouble } from '../components/trouble.tsx';
import { ProofDialog } from '../features/session/proof.tsx';
import { useKeys } from '../lib/keys.ts';
import { useOnline } from '../lib/online.ts';
import { useWording } from '../wording.tsx';
import { KeyList } from './key-list.tsx';
import { SessionContext, useArchive, useCan } from './place.ts';
import { TopBar } from './top-bar.tsx';

const JobList = lazy(async () => ({ default: (await import('../features/jobs/job-list.tsx')).JobList }));

/** What every page stands in: who is here, where, and what waits. Not signed in: to the sign-in page and back. */
export function Shell(): ReactNode {
  const location = useLocation();
  const session = useQuery({
    queryKey: ['session'],
    queryFn: () => body(api.GET('/session')),
    staleTime: 60_000,
  });
  const setup = useQuery({
    queryKey: ['setup'],
    queryFn: () => body(api.GET('/setup')),
    enabled: session.error instanceof ApiError && session.error.status === 401,
  });
  if (session.data)
    return (
      <SessionContext value={session.data}>
        <Frame />
      </SessionContext>
    );
  if (session.error instanceof ApiError && session.error.status === 401) {
    if (setup.data?.needed) return <Navigate to="/setup" replace />;
    if (setup.isPending) return <Loading />;
    const next = location.pathname + location.search;
    return <Navigate to={next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`} replace />;
  }
  if (session.error) return <Trouble error={session.error} retry={() => void session.refetch()} />;
  return <Loading />;
}

function Frame(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const online = useOnline();
  const [panel, setPanel] = useState<'jobs' | 'keys' | null>(null);
  const work = useQuery({
    queryKey: ['work'],
    queryFn: () => body(api.GET('/me/work')),
    refetchInterval: 20_000,
  });
  useKeys({
    '?': () => setPanel('keys'),
    '/': () => document.querySelector<HTMLInputElement>('#search-everywhere')?.select(),
    g: () => navigate('/'),
  });
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t('shell.skip')}
      </a>
      <TopBar work={work.data} onJobs={() => setPanel('jobs')} onKeys={() => setPanel('keys')} />
      <Rail onKeys={() => setPanel('keys')} />
      <main className="content" id="content" tabIndex={-1}>
        <PlainHttp />
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <Drawer
        title={t('jobs.title')}
        open={panel === 'jobs'}
        onClose={() => setPanel(null)}
        size={440}
        destroyOnHidden
      >
        <Suspense fallback={<Loading />}>
          <JobList />
        </Suspense>
      </Drawer>
      <Modal
        title={t('keys.title')}
        open={panel === 'keys'}
        onCancel={() => setPanel(null)}
        footer={null}
        width={460}
      >
        <KeyList />
      </Modal>
      <ProofDialog />
      {!online && (
        <div className="offline notice is-waiting" role="alert">
          {t('shell.offline')}
        </div>
      )}
    </div>
  );
}

/** Administrators are told where the way to the server is open: nobody else can mend it. */
function PlainHttp(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  if (window.isSecureContext || !(can('people.manage') || can('rights.manage'))) return null;
  return (
    <div className="notice is-waiting no-print" role="note">
      <p>{t('edge.plain')}</p>
      <p className="small soft">{t('edge.plain.how')}</p>
    </div>
  );
}

function Rail({ onKeys }: { onKeys: () => void }): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const archive = useArchive();
  const at = archive ? `?archive=${archive.code}` : '';
  const rail = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a telephone the rail is one line that scrolls: the page one is on has to be seen in it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page marks another link
  useEffect(() => {
    const here = rail.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (rail.current && here)
      rail.current.scrollLeft = here.offsetLeft - (rail.current.clientWidth - here.offsetWidth) / 2;
  }, [pathname]);
  // Pages beside each other share one link.
  const link = (to: string, text: string, beside: readonly string[] = []): ReactNode =>
    beside.includes(pathname) ? (
      <Link to={to} className="active" aria-current="page">
        {text}
      </Link>
    ) : (
      <NavLink to={to} end={to === '/'}>
        {text}
      </NavLink>
    );
  return (
    <nav className="rail" ref={rail} aria-label={t('shell.rail')}>
      {link('/', t('rail.work'))}
      {can('holdings.read') && link(`/holdings${at}`, t('rail.holdings'))}
      {can('holdings.read') && link('/printing', t('rail.printing'))}
      {(can('holdings.write') || can('holdings.draft')) && link(`/drafts${at}`, t('rail.drafts'))}
      {can('holdings.write') && link(`/changes${at}`, t('rail.changes'))}
      {can('holdings.read') && link(`/authorities${at}`, t('rail.authorities'))}
      {can('accessions.read') && link(`/accessions${at}`, t('rail.accessions'))}
      {can('holdings.write') && link(`/oddities${at}`, t('rail.oddities'))}
      {can('holdings.write') && link(`/code-templates${at}`, t('rail.codeTemplates'))}
      {can('holdings.write') && link(`/description-schemes${at}`, t('rail.descriptionSchemes'))}
      {can('import.run') && (
        <>
          <span className="group">{t('rail.intake')}</span>
          {link(`/imports${at}`, t('rail.imports'))}
          {link(`/scans${at}`, t('rail.scans'))}
          {link('/checks', t('rail.checks'))}
        </>
      )}
      {can('filing.read') && (
        <>
          <span className="group">{t('rail.filing')}</span>
          {link(`/filing/records${at}`, t('rail.filingRecords'))}
          {link(`/filing/schedules${at}`, t('rail.schedules'))}
          {!can('preservation.read') && link(`/natures${at}`, t('check.title'))}
          {link(`/intake${at}`, t('rail.senders'))}
          {!can('import.run') && can('filing.write') && link('/checks', t('rail.checks'))}
          {link(`/transfers${at}`, t('rail.transfer'))}
          {link(`/deposits${at}`, t('rail.deposits'))}
          {link(`/due${at}`, t('rail.due'))}
          {link(`/notices${at}`, t('rail.notices'))}
        </>
      )}
      {can('preservation.read') && (
        <>
          <span className="group">{t('rail.preservation')}</span>
          {link(`/preservation${at}`, t('rail.keeping'))}
          {link(`/natures${at}`, t('check.title'))}
        </>
      )}
      {(can('access.propose') ||
        can('access.decide') ||
        can('disposal.propose') ||
        can('disposal.decide')) && (
        <>
          <span className="group">{t('rail.appraisal')}</span>
          {(can('access.propose') || can('access.decide')) &&
            link(`/access-changes${at}`, t('rail.accessChanges'))}
          {(can('disposal.propose') || can('disposal.decide')) &&
            link(`/disposals${at}`, t('rail.disposals'), ['/legal-holds'])}
        </>
      )}
      <span className="group">{t('rail.use')}</span>
      {link('/search', t('rail.search'))}
      {(can('certificate.request') || can('certificate.approve')) &&
        link(`/certificates${at}`, t('rail.certificates'))}
      {can('grants.manage') && link(`/leave${at}`, t('rail.leave'))}
      {(can('people.read') || can('people.manage') || can('audit.read')) && (
        <span className="group">{t('rail.system')}</span>
      )}
      {can('people.read') && (
        <>
          {link(`/people${at}`, t('rail.people'))}
          {link(`/roles${at}`, t('rail.roles'))}
          {(can('rights.manage') || can('rights.approve')) && link('/rights-changes', t('rail.rights'))}
          {link(`/organisations${at}`, t('rail.organisations'))}
        </>
      )}
      {can('people.manage') && (
        <>
          {link(`/network${at}`, t('rail.network'))}
          {link(`/service-accounts${at}`, t('services.title'))}
        </>
      )}
      {can('secrets.handle') && link('/blocked-transfers', t('rail.blocked'))}
      {can('rights.manage') && link(`/factor-demands${at}`, t('demands.title'))}
      {can('audit.read') && link('/audit', t('rail.audit'))}
      <div className="rail-foot small">
        <button type="button" className="plain soft" onClick={onKeys}>
          {t('keys.title')} <kbd>?</kbd>
        </button>
      </div>
    </nav>
  );
}
