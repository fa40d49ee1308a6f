import { useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown, type MenuProps } from 'antd';
import type { ReactNode } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { api, done } from '../api/client.ts';
import type { Language, SessionArchive, Work } from '../api/shapes.ts';
import { isJob } from '../features/jobs/is-job.ts';
import { isOver } from '../features/jobs/use-job.ts';
import { LANGUAGE_NAMES, useLanguageSwitch } from '../lib/language.ts';
import { useWording } from '../wording.tsx';
import { keepArchive, useArchive, useArchiveName, useSession } from './place.ts';
import { SearchBox } from './search-box.tsx';

export function TopBar(props: { work: Work | undefined; onJobs: () => void; onKeys: () => void }): ReactNode {
  const { t } = useWording();
  const waiting = (props.work?.waiting.length ?? 0) + (props.work?.alarms.length ?? 0);
  const jobs = props.work?.jobs.filter((job) => isJob(job) && !isOver(job)).length ?? 0;
  return (
    <header className="no-print">
      <Link to="/" className="brand">
        {t('product.name')}
      </Link>
      <ArchiveSwitch />
      <SearchBox />
      <Link to="/" className="top-link">
        {t('shell.waiting')} <b>{waiting}</b>
      </Link>
      <button type="button" className="plain top-link" onClick={props.onJobs}>
        {t('shell.jobs')} <b>{jobs}</b>
      </button>
      <PersonMenu onKeys={props.onKeys} />
    </header>
  );
}

/** Archives as a tree by indentation; the ones above that the person has no place in are not shown. */
export function inTreeOrder(
  archives: readonly SessionArchive[],
): { archive: SessionArchive; depth: number }[] {
  const ids = new Set(archives.map((a) => a.id));
  const below = Map.groupBy(archives, (a) => (a.parentId && ids.has(a.parentId) ? a.parentId : ''));
  const walk = (parent: string, depth: number): { archive: SessionArchive; depth: number }[] =>
    (below.get(parent) ?? []).flatMap((archive) => [{ archive, depth }, ...walk(archive.id, depth + 1)]);
  return walk('', 0);
}

function ArchiveSwitch(): ReactNode {
  const { t } = useWording();
  const { archives } = useSession();
  const current = useArchive();
  const nameOf = useArchiveName();
  const navigate = useNavigate();
  const location = useLocation();
  if (archives.length === 0) return null;
  const items: MenuProps['items'] = inTreeOrder(archives).map(({ archive, depth }) => ({
    key: archive.code,
    label: (
      <span style={{ paddingLeft: depth * 16 }}>
        {nameOf(archive)} <span className="soft small">{archive.code}</span>
      </span>
    ),
  }));
  const choose = (code: string): void => {
    keepArchive(code);
    // A page about one thing belongs to its own archive: go to the list it came from.
    const list =
      /^\/(holdings|oddities|imports|scans|access-changes|disposals|legal-holds|certificates|preservation(?:\/(?:stores|backups|media|formats))?|network|service-accounts|factor-demands|people|roles|organisations)/.exec(
        location.pathname,
      )?.[0] ?? '/holdings';
    navigate(`${list}?archive=${code}`);
  };
  return (
    <Dropdown
      menu={{ items, selectedKeys: current ? [current.code] : [], onClick: ({ key }) => choose(key) }}
      trigger={['click']}
    >
      <Button type="text" className="archive-switch" title={t('shell.archive')}>
        <span className="clip">{current ? nameOf(current) : t('shell.archive')}</span> ▾
      </Button>
    </Dropdown>
  );
}

function PersonMenu({ onKeys }: { onKeys: () => void }): ReactNode {
  const { t, language } = useWording();
  const { person } = useSession();
  const switchLanguage = useLanguageSwitch();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const choose = (next: Language): void => {
    switchLanguage(next);
    void api.PATCH('/session', { body: { language: next } });
  };
  const leave = async (): Promise<void> => {
    await done(api.DELETE('/session'));
    queries.clear();
    navigate('/sign-in');
  };
  const items: MenuProps['items'] = [
    {
      key: 'language',
      type: 'group',
      label: t('shell.language'),
      children: LANGUAGE_NAMES.map(([code, name]) => ({
        key: code,
        label: (
          <span lang={code}>
            {code === language ? '✓ ' : '　'}
            {name}
          </span>
        ),
        onClick: () => choose(code),
      })),
    },
    { type: 'divider' },
    { key: 'account', label: t('account.title'), onClick: () => navigate('/account') },
    { key: 'delegations', label: <Link to="/delegations">{t('delegation.title')}</Link> },
    { key: 'keys', label: t('keys.title'), onClick: onKeys },
    { key: 'portal', label: <a href="/">{t('shell.portal')}</a> },
    { key: 'leave', label: t('shell.signOut'), onClick: () => void leave() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button type="text">
        <span className="clip" style={{ maxWidth: 140 }}>
          {person.displayName}
        </span>{' '}
        ▾
      </Button>
    </Dropdown>
  );
}
