import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useWording } from '../../wording.tsx';
import type { EntryQuery } from './queries.ts';

/** The entries that were asked for, written out. Each writing out is itself an entry. */
export function ReportLinks({ query }: { query: EntryQuery }): ReactNode {
  const { t } = useWording();
  const asked = new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)])).toString();
  const link = (format: string, text: string): ReactNode => (
    <Button href={`/api/v1/audit/report.${format}?${asked}`} download>
      {text}
    </Button>
  );
  return (
    <>
      {link('xlsx', t('act.xlsx'))}
      {link('csv', 'CSV')}
      {link('json', t('audit.export.json'))}
    </>
  );
}
