import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import type { Column } from '../../components/data-table.tsx';
import { LinkButton, Status, type Tone, When } from '../../components/small.tsx';
import { count } from '../../lib/format.ts';
import { type MessageKey, useWording } from '../../wording.tsx';
import { ImportList } from '../imports/import-list.tsx';
import type { ScanImport } from './shapes.ts';

export const SCAN_TONES: Record<ScanImport['state'], Tone> = {
  draft: 'waiting',
  matching: 'waiting',
  matched: 'waiting',
  running: 'waiting',
  done: 'done',
  failed: 'wrong',
};

const FIGURES: readonly [MessageKey, (counts: ScanImport['counts']) => number][] = [
  ['scans.files', (c) => c.files],
  ['scans.matched', (c) => c.matchedFiles],
  ['scans.unmatched', (c) => c.unmatchedFiles],
  ['scans.units', (c) => c.units],
  ['scans.held', (c) => c.held],
];

export function Scans(): ReactNode {
  const { t } = useWording();
  const figures = FIGURES.map(
    ([key, figure]): Column<Pick<ScanImport, 'counts'>> => ({
      key,
      title: t(key),
      width: '90px',
      numeric: true,
      cell: (row) => count(figure(row.counts)),
    }),
  );
  return (
    <ImportList<ScanImport>
      place="/scans"
      title={t('scans.title')}
      begin={t('scans.new')}
      none={{ title: t('scans.none'), text: t('scans.noneText') }}
      queryKey="scan-imports"
      load={(query) => body(api.GET('/scan-imports', { params: { query } }))}
      actions={(archive) => (
        <LinkButton to={`/holdings?archive=${archive.code}&held=no&level=item`}>
          {t('scans.without')}
        </LinkButton>
      )}
      columns={[
        {
          key: 'at',
          title: t('imports.at'),
          cell: (row) => (
            <Link to={`/scans/${row.id}`}>
              <When at={row.createdAt} /> · {row.createdBy}
            </Link>
          ),
        },
        {
          key: 'state',
          title: t('imports.stateTitle'),
          width: '130px',
          cell: (row) => <Status tone={SCAN_TONES[row.state]}>{t(`scans.state.${row.state}`)}</Status>,
        },
        ...figures,
      ]}
    />
  );
}
