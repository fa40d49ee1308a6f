import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Splitter, Tabs } from 'antd';
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { ApiError, BASE } from '../../api/client.ts';
import type { Pages, Unit } from '../../api/shapes.ts';
import { Code, type Crumb, LinkButton, Loading, PageHead, Retention, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { fondsLabel } from '../../lib/fonds-label.ts';
import { bytes } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchiveName, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { AccessOf } from '../access/access-state.tsx';
import { AccessProposalForm } from '../access/proposal-form.tsx';
import { toCome } from '../access/setting.ts';
import { UnitLinks } from '../authorities/unit-links.tsx';
import { DisposalLines } from '../disposal/unit-lines.tsx';
import { Description } from '../holdings/description.tsx';
import { History } from '../holdings/history.tsx';
import { unitOne, unitPages } from '../holdings/queries.ts';
import { HeldLine } from '../preservation/held-line.tsx';
import { PageStrip } from './page-strip.tsx';
import { TextSide } from './text-side.tsx';
import { pageText, useHits } from './use-hits.ts';
import { Viewer } from './viewer.tsx';
import '../../styles/holdings.css';
import '../../styles/item.css';

const MoveForm = lazy(async () => ({ default: (await import('../holdings/move-form.tsx')).MoveForm }));
const CertificateForm = lazy(async () => ({
  default: (await import('../certificates/request-form.tsx')).CertificateForm,
}));
const Visibility = lazy(async () => ({
  default: (await import('../visibility/visibility.tsx')).Visibility,
}));
const DisposalForm = lazy(async () => ({
  default: (await import('../disposal/proposal-form.tsx')).DisposalProposalForm,
}));
const HoldForm = lazy(async () => ({ default: (await import('../disposal/hold-form.tsx')).HoldForm }));
const KEYS = ['q', 'page', 'tab', 'do', 'text', 'hit'] as const;

/** One record: facts on top, its pages left, its description right. */
export function ItemPage(): ReactNode {
  const { id = '' } = useParams();
  const unit = useQuery(unitOne(id));
  const pages = useQuery(unitPages(id));
  if (unit.error instanceof ApiError && unit.error.status === 404) return <NothingHere />;
  if (unit.error) return <Trouble error={unit.error} retry={() => void unit.refetch()} />;
  if (!unit.data) return <Loading lines={12} />;
  return <Item key={id} unit={unit.data} pages={pages.data} pagesError={pages.error} />;
}

function Item({
  unit,
  pages,
  pagesError,
}: {
  unit: Unit;
  pages: Pages | undefined;
  pagesError: unknown;
}): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const nameOf = useArchiveName();
  const [view, change] = useUrlState(KEYS);
  const act = (name: string | undefined): void => change({ do: name }, { keepPage: true, replace: true });
  const root = `/holdings?archive=${unit.archive.code}&fonds=${unit.fonds.id}`;
  const crumbs: Crumb[] = [
    { to: `/holdings?archive=${unit.archive.code}`, text: nameOf(unit.archive) },
    { to: root, text: fondsLabel(unit.fonds) },
    ...unit.ancestors.map((up) => ({ to: `${root}&parent=${up.id}`, text: up.title })),
    { text: <Code value={unit.referenceCode} /> },
  ];
  const right = (
    <div className="item-side">
      <h2 className="visually-hidden">{t('panel.description')}</h2>
      <Tabs
        size="small"
        activeKey={view.tab ?? 'description'}
        onChange={(key) =>
          change({ tab: key === 'description' ? undefined : key }, { keepPage: true, replace: true })
        }
        items={[
          { key: 'description', label: t('panel.description'), children: <Description unit={unit} /> },
          { key: 'content', label: t('panel.content'), children: <Files pages={pages} /> },
          { key: 'links', label: t('authority.tab'), children: <UnitLinks unit={unit} /> },
          { key: 'history', label: t('panel.history'), children: <History unit={unit} /> },
          {
            key: 'visibility',
            label: t('visibility.tab'),
            children: (
              <Suspense fallback={<Loading lines={4} />}>
                <Visibility unit={unit} />
              </Suspense>
            ),
          },
        ]}
      />
    </div>
  );
  return (
    <div className="page full">
      <PageHead
        crumbs={crumbs}
        title={<span className="item-title">{unit.title}</span>}
        actions={
          <>
            {unit.allowed.requestCertificate && (
              <Button type="primary" onClick={() => act('certificate')} disabled={unit.pageCount === 0}>
                {t('certificates.request')}
              </Button>
            )}
            {unit.allowed.proposeAccess && (
              <Button onClick={() => act('access')}>{t('access.propose')}</Button>
            )}
            {unit.allowed.draft && <LinkButton to={`/units/${unit.id}/edit`}>{t('act.edit')}</LinkButton>}
            {unit.allowed.write && <Button onClick={() => act('move')}>{t('act.move')}</Button>}
            {can('disposal.propose', unit.archive.id) && (
              <Dropdown
                trigger={['click']}
                menu={{
                  items: [
                    { key: 'disposal', label: t('disposal.propose') },
                    { key: 'hold', label: t('holds.add') },
                  ],
                  onClick: ({ key }) => act(key),
                }}
              >
                <Button>{t('act.more')} ▾</Button>
              </Dropdown>
            )}
          </>
        }
      />
      <FactsBar unit={unit} pages={pages} />
      {can('holdings.read', unit.archive.id) && <DisposalLines unitId={unit.id} />}
      {pagesError !== null && pagesError !== undefined && <Trouble error={pagesError} />}
      {pages && pages.items.length > 0 ? (
        <Splitter className="item-body">
          <Splitter.Panel min={320} defaultSize="64%">
            <PagesSide unit={unit} pages={pages} view={view} change={change} />
          </Splitter.Panel>
          <Splitter.Panel min={260}>{right}</Splitter.Panel>
        </Splitter>
      ) : (
        <div className="item-body item-plain">
          {pages && unit.level === 'item' && (
            <p className="notice">
              {t('item.noPages')}{' '}
              {can('import.run', unit.archive.id) && (
                <LinkButton size="small" to={`/scans/new?archive=${unit.archive.code}`}>
                  {t('scans.new')}
                </LinkButton>
              )}
            </p>
          )}
          {unit.childCount > 0 && (
            <p style={{ marginTop: 8 }}>
              <LinkButton size="small" to={`${root}&parent=${unit.id}`}>
                {t('item.below', { n: unit.childCount })}
              </LinkButton>
            </p>
          )}
          {right}
        </div>
      )}
      <Suspense fallback={null}>
        {view.do === 'move' && unit.allowed.write && <MoveForm unit={unit} onClose={() => act(undefined)} />}
        {view.do === 'access' && unit.allowed.proposeAccess && (
          <AccessProposalForm archiveId={unit.archive.id} units={[unit]} onClose={() => act(undefined)} />
        )}
        {view.do === 'disposal' && can('disposal.propose', unit.archive.id) && (
          <DisposalForm archiveId={unit.archive.id} units={[unit]} onClose={() => act(undefined)} />
        )}
        {view.do === 'hold' && can('disposal.propose', unit.archive.id) && (
          <HoldForm archiveId={unit.archive.id} unit={unit} onClose={() => act(undefined)} />
        )}
        {view.do === 'certificate' && unit.allowed.requestCertificate && pages && pages.items.length > 0 && (
          <CertificateForm
            unit={unit}
            pages={pages.items}
            openPage={Number(view.page) || pages.items[0]?.pageNo || 1}
            onClose={() => act(undefined)}
          />
        )}
      </Suspense>
    </div>
  );
}

/** What a person must know before anything else. */
function FactsBar({ unit, pages }: { unit: Unit; pages: Pages | undefined }): ReactNode {
  const { t, word } = useWording();
  const can = useCan();
  const files = pages?.content ?? [];
  const location = unit.description.originalLocation ?? unit.description.location;
  const held = files
    .map((file) => file.heldAt)
    .sort()
    .at(-1);
  return (
    <dl className="facts-bar">
      <div>
        <dt>{t('field.accessStatus')}</dt>
        <dd>
          <AccessOf state={unit} />
          {unit.embargo && toCome(unit.embargoUntil) && (
            <div className="small soft clip" style={{ maxWidth: 320 }} title={unit.embargo.reason}>
              <Link to={`/access-changes/${unit.embargo.changeId}`}>{unit.embargo.reason}</Link>
              {unit.embargo.basis && ` · ${unit.embargo.basis}`}
            </div>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('field.retention')}</dt>
        <dd>{unit.retention ? <Retention code={unit.retention} /> : '—'}</dd>
      </div>
      <div>
        <dt>{t('field.classification')}</dt>
        <dd>{word('classification', unit.classification)}</dd>
      </div>
      <div>
        <dt>{t('item.original')}</dt>
        <dd className="clip" style={{ maxWidth: 220 }}>
          {location ? String(location) : '—'}
        </dd>
      </div>
      <div>
        <dt>{t('item.held')}</dt>
        <dd>
          {files.length > 0
            ? t('item.heldFiles', {
                n: files.length,
                size: bytes(files.reduce((sum, file) => sum + file.bytes, 0)),
              })
            : '—'}
        </dd>
      </div>
      <div>
        <dt>{t('item.verified')}</dt>
        <dd>{held ? <When at={held} /> : '—'}</dd>
      </div>
      {files.length > 0 && can('preservation.read', unit.archive.id) && (
        <div>
          <dt>{t('object.tab')}</dt>
          <dd>
            <HeldLine unitId={unit.id} />
          </dd>
        </div>
      )}
    </dl>
  );
}

type View = Partial<Record<(typeof KEYS)[number], string>>;
type Change = (
  change: Record<string, string | undefined>,
  options?: { keepPage?: boolean; replace?: boolean },
) => void;

function PagesSide({
  unit,
  pages,
  view,
  change,
}: {
  unit: Unit;
  pages: Pages;
  view: View;
  change: Change;
}): ReactNode {
  const q = view.q ?? '';
  const pageNo = Number(view.page) || pages.items[0]?.pageNo || 1;
  const page = pages.items.find((one) => one.pageNo === pageNo) ?? pages.items[0];
  const readable = page?.text.state === 'ready' || page?.text.state === 'poor';
  const text = useQuery({ ...pageText(unit.id, pageNo), enabled: readable });
  const hits = useHits(unit.id, pages.items, q, pageNo);
  const [hitAt, setHitAt] = useState(0);
  // The first hit shown is the first on the page the link named; later the person walks.
  const firstHere = hits.items.findIndex((hit) => hit.pageNo >= pageNo);
  const [walked, setWalked] = useState(false);
  useEffect(() => {
    if (!walked && firstHere >= 0) setHitAt(firstHere);
  }, [firstHere, walked]);
  const hitsOn = useMemo(() => {
    const on = new Map<number, number>();
    for (const hit of hits.items) on.set(hit.pageNo, (on.get(hit.pageNo) ?? 0) + 1);
    return on;
  }, [hits.items]);
  const textShown = view.text === '1';
  const goTo = (n: number): void => change({ page: String(n) }, { keepPage: true, replace: true });
  const goToHit = (n: number): void => {
    setWalked(true);
    setHitAt(n);
    const hit = hits.items[n];
    if (hit && hit.pageNo !== pageNo) goTo(hit.pageNo);
  };
  return (
    <div className="pages-side">
      <PageStrip pages={pages.items} pageNo={pageNo} hitsOn={hitsOn} onPage={goTo} />
      <Viewer
        pages={pages.items}
        pageNo={pageNo}
        hits={hits}
        asked={q !== ''}
        hitAt={hitAt}
        textShown={textShown}
        upright={text.data?.rotation ?? 0}
        onPage={goTo}
        onHit={goToHit}
        onText={() => change({ text: textShown ? undefined : '1' }, { keepPage: true, replace: true })}
      />
      {textShown && page && <TextSide unitId={unit.id} page={page} q={q} />}
    </div>
  );
}

/** The files held, byte for byte as they came. */
function Files({ pages }: { pages: Pages | undefined }): ReactNode {
  const { t } = useWording();
  if (!pages) return <Loading lines={3} />;
  if (pages.content.length === 0) return <p className="soft">{t('content.none')}</p>;
  return (
    <ul className="history">
      {pages.content.map((file) => (
        <li key={file.ordinal}>
          <a href={file.download.startsWith('/') ? file.download : `${BASE}/${file.download}`} download>
            {file.originalName}
          </a>
          <span className="small soft">
            {file.mediaType} · {bytes(file.bytes)} · <When at={file.heldAt} />
          </span>
          <span className="small soft clip" title={file.sha256}>
            SHA-256 <span className="code">{file.sha256}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
