import { Link } from 'react-router';
import type { Wording } from '../wording.tsx';
import type { Column } from './data-table.tsx';
import { Code } from './small.tsx';

export const codeColumn = ({ t }: Wording, width: string): Column<{ referenceCode: string | null }> => ({
  key: 'referenceCode',
  title: t('field.referenceCode'),
  width,
  hint: (row) => row.referenceCode,
  cell: (row) => <Code value={row.referenceCode} />,
});

/** What a record is known by, its title leading to it: the first columns of any list of records outside the catalogue. */
export const recordColumns = (
  wording: Wording,
): Column<{ id: string; referenceCode: string | null; title: string }>[] => [
  codeColumn(wording, '220px'),
  {
    key: 'title',
    title: wording.t('field.title'),
    hint: (row) => row.title,
    cell: (row) => <Link to={`/units/${row.id}`}>{row.title}</Link>,
  },
];
