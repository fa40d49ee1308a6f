import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Dropdown, Input, Select, Tabs } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body, fileUrl } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, PageHead, Status } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { AuthorityForm } from './form.tsx';
import { ImportDrawer } from './import-drawer.tsx';
import { LinkWritten } from './link-written.tsx';
import { CLASSES, type Class, isClass, KINDS_OF, vocabulariesOf } from './queries.ts';
import { AuthorityTree } from './tree.tsx';
import { NewVocabulary } from './vocabulary-new.tsx';
import { spanText } from './words.ts';
import '../../styles/filing.css';
import '../../styles/authorities.css';

const KEYS = ['class', 'q', 'kind', 'vocabulary', 'restricted', 'view', 'cursor', 'row', 'do'] as const;

/** Names by which records are found: agents, places, subjects, functions, as a list or as a tree. */
export function AuthorityList(): ReactNode {
  const { t, word } = useWording();
  const navigate = useNavigate();
  const archive = useArchive();
  const can = useCan();
  const [view, change] = useUrlState(KEYS);
  const of: Class = isClass(view.class) ? view.class : 'agent';
  const vocabularies = useQuery(vocabulariesOf(archive?.id));
  const [typed, setTyped] = useState(view.q ?? '');
  useEffect(() => {
    const timer = setTimeout(() => {
      if (typed.trim() !== (view.q ?? '')) change({ q: typed.trim() || undefined }, { replace: true });
    }, 200);
    return () => clearTimeout(timer);
  }, [typed, view.q, change]);
  const query = {
    class: of,
    limit: 50,
    ...(archive && { archive: archive.id }),
    ...(view.q && { q: view.q }),
    ...(KINDS_OF[of].find((k) => k === view.kind) && { kind: KINDS_OF[of].find((k) => k === view.kind) }),
    ...(of === 'subject' && view.vocabulary && { vocabulary: view.vocabulary }),
    ...(view.restricted && { restricted: true }),
    ...(view.cursor && { cursor: view.cursor }),
  };
  const asTree = view.view === 'tree' && of !== 'agent' && !view.q;
  const list = useQuery({
    queryKey: ['authorities', query],
    queryFn: () => body(api.GET('/authorities', { params: { query } })),
    enabled: Boolean(archive) && !asTree,
    placeholderData: keepPreviousData,
  });
  if (!archive) return <NothingHere />;
  const mayWrite = can('holdings.write', archive.id);
  const act = (name: string | undefined): void => change({ do: name }, { keepPage: true, replace: true });
  const own = (vocabularies.data?.items ?? []).find((v) => v.id === view.vocabulary);
  const more = [
    of === 'agent' && { key: 'eac', label: t('authority.importEac') },
    of === 'subject' && view.vocabulary && { key: 'terms', label: t('authority.importTerms') },
    of === 'subject' && { key: 'vocabulary', label: t('authority.newVocabulary') },
    { key: 'written', label: t('authority.linkWritten') },
  ].filter((x) => typeof x === 'object');
  return (
    <div className="page">
      <PageHead
        title={t('authority.title')}
        actions={
          <>
            {mayWrite && (
              <Button
                type="primary"
                disabled={of === 'subject' && (vocabularies.data?.items.length ?? 0) === 0}
                onClick={() => act('new')}
              >
                {t('authority.new')}
              </Button>
            )}
            {of === 'agent' && (
              <Button href={fileUrl(`/archives/${archive.id}/agents.eac.xml`)}>
                {t('authority.exportEac')}
              </Button>
            )}
            {own && (
              <>
                <Button href={fileUrl(`/vocabularies/${own.id}/terms.csv`)}>
                  {t('authority.exportCsv')}
                </Button>
                <Button href={fileUrl(`/vocabularies/${own.id}/terms.rdf`)}>
                  {t('authority.exportSkos')}
                </Button>
              </>
            )}
            {mayWrite && (
              <Dropdown trigger={['click']} menu={{ items: more, onClick: ({ key }) => act(key) }}>
                <Button>{t('act.more')} ▾</Button>
              </Dropdown>
            )}
          </>
        }
      />
      <Tabs
        size="small"
        activeKey={of}
        onChange={(key) =>
          change({ class: key === 'agent' ? undefined : key, kind: undefined, row: undefined })
        }
        items={CLASSES.map((c) => ({ key: c, label: t(`authority.class.${c}`) }))}
      />
      <div className="row authority-filters">
        <Input.Search
          aria-label={t('authority.search')}
          placeholder={t('authority.search')}
          allowClear
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
          style={{ width: 320 }}
        />
        {KINDS_OF[of].length > 1 && (
          <Select
            aria-label={t('authority.kindLabel')}
            value={view.kind ?? ''}
            onChange={(kind) => change({ kind: kind || undefined })}
            options={[
              { value: '', label: t('authority.allKinds') },
              ...KINDS_OF[of].map((k) => ({ value: k, label: word('authority.kind', k) })),
            ]}
            style={{ width: 130 }}
          />
        )}
        {of === 'subject' && (
          <Select
            aria-label={t('authority.vocabulary')}
            value={view.vocabulary ?? ''}
            onChange={(v) => change({ vocabulary: v || undefined })}
            options={[
              { value: '', label: t('authority.allVocabularies') },
              ...(vocabularies.data?.items ?? []).map((v) => ({ value: v.id, label: `${v.code} ${v.name}` })),
            ]}
            style={{ width: 220 }}
          />
        )}
        {mayWrite && !view.q && (
          <Checkbox
            checked={view.restricted === '1'}
            onChange={(e) => change({ restricted: e.target.checked ? '1' : undefined })}
          >
            {t('authority.onlyRestricted')}
          </Checkbox>
        )}
        {of !== 'agent' && !view.q && (
          <span className="push row">
            <Button
              size="small"
              type={asTree ? 'default' : 'primary'}
              ghost={!asTree}
              onClick={() => change({ view: undefined })}
            >
              {t('authority.list')}
            </Button>
            <Button
              size="small"
              type={asTree ? 'primary' : 'default'}
              ghost={asTree}
              onClick={() => change({ view: 'tree' })}
            >
              {t('authority.tree')}
            </Button>
          </span>
        )}
      </div>
      {asTree && <AuthorityTree of={of} archiveId={archive.id} vocabularyId={view.vocabulary} />}
      {!asTree && list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {!asTree && list.isPending && <Loading />}
      {!asTree && list.data?.items.length === 0 && (
        <Empty title={t('authority.none')}>{t(view.q ? 'authority.noneFound' : 'authority.noneText')}</Empty>
      )}
      {!asTree && list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t(`authority.class.${of}`)}
              rows={list.data.items}
              idOf={(a) => a.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(`/authorities/${row.id}`)}
              columns={[
                {
                  key: 'name',
                  title: t('authority.name'),
                  hint: (a) => a.name,
                  cell: (a) => <Link to={`/authorities/${a.id}`}>{a.name}</Link>,
                },
                {
                  key: 'kind',
                  title: t('authority.kindLabel'),
                  width: '140px',
                  cell: (a) => word('authority.kind', a.kind),
                },
                {
                  key: 'exist',
                  title: t(of === 'agent' ? 'authority.exist' : 'authority.narrower'),
                  width: '180px',
                  cell: (a) => (of === 'agent' ? spanText(a.exist) : a.narrower || ''),
                },
                {
                  key: 'recordId',
                  title: t('authority.recordId'),
                  width: '150px',
                  hint: (a) => a.recordId,
                  cell: (a) => a.recordId ?? '',
                },
                {
                  key: 'status',
                  title: t('authority.status'),
                  width: '130px',
                  cell: (a) =>
                    a.restricted ? (
                      <Status tone="closed">{t('authority.restricted')}</Status>
                    ) : (
                      <Status tone={a.status === 'final' ? 'done' : 'waiting'}>
                        {t(`authority.status.${a.status}`)}
                      </Status>
                    ),
                },
              ]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
      {view.do === 'new' && mayWrite && vocabularies.data && (
        <AuthorityForm
          archiveId={archive.id}
          of={of}
          vocabularies={vocabularies.data.items}
          vocabularyId={view.vocabulary}
          onClose={() => act(undefined)}
          onDone={(a) => navigate(`/authorities/${a.id}`)}
        />
      )}
      {(view.do === 'eac' || view.do === 'terms') && mayWrite && (
        <ImportDrawer
          archiveId={archive.id}
          vocabularyId={view.do === 'terms' ? view.vocabulary : undefined}
          onClose={() => act(undefined)}
        />
      )}
      {view.do === 'vocabulary' && mayWrite && (
        <NewVocabulary
          archiveId={archive.id}
          onClose={() => act(undefined)}
          onDone={(id) => change({ vocabulary: id, do: undefined })}
        />
      )}
      {view.do === 'written' && mayWrite && (
        <LinkWritten archiveId={archive.id} onClose={() => act(undefined)} />
      )}
    </div>
  );
}
