import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Empty, Loading, PageHead } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useArchive, useArchiveName, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { KeepingParts } from '../preservation/parts.tsx';
import { Categories } from './categories.tsx';
import { Conversion } from './conversion.tsx';
import { DecideDrawer } from './decide-drawer.tsx';
import { Decisions } from './decisions.tsx';
import { ConversionFailures } from './failures.tsx';
import { FormatTable } from './format-table.tsx';
import { type Category, formatsOf } from './queries.ts';
import '../../styles/preservation.css';
import '../../styles/formats.css';
import '../../styles/table.css';

/** The register of formats: what is held in which format, how it stands, what is decided, and what is converted. */
export function FormatsPage(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const archive = useArchive();
  const nameOf = useArchiveName();
  const [category, setCategory] = useState<Category>();
  const [subject, setSubject] = useState<string>();
  const mayRead = archive !== undefined && can('preservation.read', archive.id);
  const view = useQuery({ ...formatsOf(archive?.id ?? ''), enabled: mayRead });
  if (!archive || !mayRead) return <NothingHere />;
  const mayDecide = can('preservation.manage', archive.id);
  const { formats = [], unlooked } = view.data ?? {};
  const sum = (key: 'files' | 'bytes'): number => formats.reduce((all, f) => all + f[key], 0);
  return (
    <div className="page">
      <PageHead crumbs={[{ text: nameOf(archive) }]} title={t('formats.title')} />
      <KeepingParts />
      {view.error && <Trouble error={view.error} retry={() => void view.refetch()} />}
      {view.isPending && <Loading lines={10} />}
      {view.data && unlooked && formats.length === 0 && unlooked.files === 0 && (
        <Empty title={t('formats.title')}>{t('formats.none')}</Empty>
      )}
      {view.data && unlooked && (formats.length > 0 || unlooked.files > 0) && (
        <>
          <p className="keeping-lead">
            {t('formats.lead', {
              files: count(sum('files')),
              size: bytes(sum('bytes')),
              formats: count(formats.length),
            })}
          </p>
          {unlooked.files > 0 && (
            <p className="notice is-waiting">{t('formats.unlooked', { n: count(unlooked.files) })}</p>
          )}
          <Categories
            view={view.data}
            chosen={category}
            onChoose={setCategory}
            onDecide={mayDecide ? setSubject : undefined}
          />
          <FormatTable
            formats={formats}
            category={category}
            onCategory={setCategory}
            onDecide={setSubject}
            mayDecide={mayDecide}
          />
          <Conversion archiveId={archive.id} view={view.data} mayManage={mayDecide} />
          <ConversionFailures archiveId={archive.id} formats={formats} />
          <Decisions archiveId={archive.id} formats={formats} />
        </>
      )}
      {subject !== undefined && view.data && (
        <DecideDrawer
          key={subject}
          archiveId={archive.id}
          subject={subject}
          view={view.data}
          mayDecide={mayDecide}
          onClose={() => setSubject(undefined)}
        />
      )}
    </div>
  );
}
