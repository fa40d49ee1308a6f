import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { ApiError } from '../../api/client.ts';
import { Code, LinkButton, Loading, PageHead, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording } from '../../wording.tsx';
import { OfflineCopies } from '../media/offline-copies.tsx';
import { heldBy } from './copies.ts';
import { useStoreName } from './copies-table.tsx';
import { HeldFiles } from './held-files.tsx';
import { ObjectState } from './object-state.tsx';
import { PackageTree } from './package-tree.tsx';
import { type HeldObject, heldObject, objectCopies } from './queries.ts';
import { Timeline } from './timeline.tsx';
import { Versions } from './versions.tsx';
import '../../styles/item.css';
import '../../styles/preservation.css';
import '../../styles/table.css';

const KEYS = ['part'] as const;

/** How one object is held: its copies, versions, files, what happened to it, and the package on disk. */
export function ObjectPage(): ReactNode {
  const { objectId = '' } = useParams();
  const object = useQuery(heldObject(objectId));
  if (object.error instanceof ApiError && (object.error.status === 404 || object.error.status === 403))
    return <NothingHere />;
  if (object.error) return <Trouble error={object.error} retry={() => void object.refetch()} />;
  if (!object.data) return <Loading lines={12} />;
  return <One key={objectId} object={object.data} />;
}

function One({ object }: { object: HeldObject }): ReactNode {
  const { t, word } = useWording();
  const [view] = useUrlState(KEYS);
  const { unit } = object;
  const found = useQuery(objectCopies(object.objectId));
  const copies = found.data?.copies ?? [];
  const held = heldBy(copies);
  const nameOf = useStoreName();
  const storeName = (id: string): string => {
    const copy = copies.find((one) => one.storeId === id);
    return copy ? nameOf({ name: copy.storeName, isMain: copy.isMain }) : t('object.event.someStore');
  };
  const parts = [
    {
      key: 'timeline',
      label: t('object.part.timeline'),
      children: () => <Timeline objectId={object.objectId} storeName={storeName} />,
    },
    { key: 'versions', label: t('object.part.versions'), children: () => <Versions object={object} /> },
    ...(object.kind === 'unit'
      ? [
          {
            key: 'files',
            label: t('object.part.files'),
            children: () => <HeldFiles objectId={object.objectId} />,
          },
        ]
      : []),
    {
      key: 'package',
      label: t('object.part.package'),
      children: () => <PackageTree object={object} copies={copies} />,
    },
  ];
  const part = parts.find(({ key }) => key === view.part) ?? parts[0];
  if (!part) return null;
  return (
    <div className="page">
      <PageHead
        crumbs={[
          { to: '/preservation', text: t('object.crumb') },
          {
            text: unit?.referenceCode ? <Code value={unit.referenceCode} /> : t(`object.kind.${object.kind}`),
          },
        ]}
        title={
          <span className="item-title">
            {unit?.title ?? t(object.kind === 'unit' ? 'object.untitled' : `object.kind.${object.kind}`)}
          </span>
        }
        actions={unit && <LinkButton to={`/units/${unit.id}`}>{t('object.toRecord')}</LinkButton>}
      />
      <dl className="facts-bar object-facts">
        <div>
          <dt>{t('copy.heading')}</dt>
          <dd>
            {found.data ? t('copy.countsOf', { n: held.proved, of: held.of }) : '—'}
            {held.lastCheck && (
              <>
                {' · '}
                {t('copy.lastCheck')} <When at={held.lastCheck} />
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('object.head')}</dt>
          <dd className="code">{object.head ?? '—'}</dd>
        </div>
        <div>
          <dt>{t('object.size')}</dt>
          <dd>{t('object.sizeOf', { n: object.files, size: bytes(object.bytes) })}</dd>
        </div>
        <div>
          <dt>{t('object.since')}</dt>
          <dd>
            <When at={object.enteredAt} />
          </dd>
        </div>
      </dl>
      {object.trouble && (
        <p className="notice is-wrong" role="alert">
          {t('object.trouble', { why: word('object.trouble', object.trouble, t('object.trouble.other')) })}
        </p>
      )}
      {found.error && <Trouble error={found.error} retry={() => void found.refetch()} />}
      {found.data && (
        <ObjectState
          objectId={object.objectId}
          archiveId={object.archiveId}
          copies={copies}
          alarms={found.data.alarms}
        />
      )}
      <OfflineCopies objectId={object.objectId} />
      <nav className="parts object-parts" aria-label={t('object.parts')}>
        {parts.map(({ key, label }) => (
          <Link
            key={key}
            to={key === 'timeline' ? '.' : `?part=${key}`}
            replace
            aria-current={key === part.key ? 'page' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
      {part.children()}
    </div>
  );
}
