import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { PageHead } from '../../components/small.tsx';
import { NothingHere } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { AccrualList } from './accruals.tsx';
import { ExpectedList } from './expected.tsx';
import { LeadList } from './leads.tsx';
import { Register } from './register.tsx';
import { SourceList } from './sources.tsx';
import { Statistics } from './statistics.tsx';
import '../../styles/filing.css';
import '../../styles/accessions.css';

const VIEWS = ['register', 'expected', 'leads', 'sources', 'accruals', 'statistics'] as const;

/** What comes to the archive: the register, what is expected, what is looked for, from whom, and the figures. */
export function AccessionsPage(): ReactNode {
  const { t } = useWording();
  const archive = useArchive();
  const can = useCan();
  const [view, change] = useUrlState(['view']);
  if (!archive || !can('accessions.read', archive.id)) return <NothingHere />;
  const now = VIEWS.find((v) => v === view.view) ?? 'register';
  const of = { archiveId: archive.id, mayWrite: can('accessions.write', archive.id) };
  return (
    <div className="page">
      <PageHead title={t('accession.title')} />
      <Tabs
        size="small"
        activeKey={now}
        onChange={
          (key) =>
          change({
            view: key === 'register' ? undefined : key, q: undefined, way: undefined, state: undefined, year: undefined, kind: undefined,
            days: undefined, row: undefined, do: undefined,
          }) // biome-ignore format: a list
        }
        items={VIEWS.map((key) => ({ key, label: t(`accession.tab.${key}`) }))}
      />
      {now === 'register' && <Register {...of} />}
      {now === 'expected' && <ExpectedList {...of} />}
      {now === 'leads' && <LeadList {...of} />}
      {now === 'sources' && <SourceList {...of} />}
      {now === 'accruals' && <AccrualList {...of} />}
      {now === 'statistics' && <Statistics {...of} />}
    </div>
  );
}
