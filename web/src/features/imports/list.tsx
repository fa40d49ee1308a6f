import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import { Status, type Tone, When } from '../../components/small.tsx';
import { count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { ImportList } from './import-list.tsx';
import type { ImportState } from './shapes.ts';

export const IMPORT_TONES: Record<ImportState, Tone> = {
  draft: 'waiting',
  checking: 'waiting',
  checked: 'waiting',
  running: 'waiting',
  done: 'done',
  failed: 'wrong',
  takingBack: 'waiting',
  takenBack: 'closed',
};

export function Imports(): ReactNode {
  const { t } = useWording();
  return (
    <ImportList
      place="/imports"
      title={t('imports.title')}
      begin={t('imports.new')}
      none={{ title: t('imports.none'), text: t('imports.noneText') }}
      queryKey="imports"
      load={(query) => body(api.GET('/imports', { params: { query } }))}
      columns={[
        {
          key: 'file',
          title: t('imports.file'),
          hint: (row) => row.fileName,
          cell: (row) => <Link to={`/imports/${row.id}`}>{row.fileName}</Link>,
        },
        {
          key: 'state',
          title: t('imports.stateTitle'),
          width: '120px',
          cell: (row) => <Status tone={IMPORT_TONES[row.state]}>{t(`imports.state.${row.state}`)}</Status>,
        },
        {
          key: 'total',
          title: t('imports.rows'),
          width: '84px',
          numeric: true,
          cell: (row) => count(row.counts.total),
        },
        {
          key: 'accepted',
          title: t('imports.accepted'),
          width: '84px',
          numeric: true,
          cell: (row) => count(row.counts.accepted),
        },
        {
          key: 'rejected',
          title: t('imports.rejected'),
          width: '84px',
          numeric: true,
          cell: (row) => count(row.counts.rejected),
        },
        { key: 'by', title: t('imports.by'), width: '100px', cell: (row) => row.createdBy.name },
        { key: 'at', title: t('imports.at'), width: '116px', cell: (row) => <When at={row.createdAt} /> },
      ]}
    />
  );
}
