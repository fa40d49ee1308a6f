import { Button } from 'antd';
import type { ReactNode } from 'react';
import { fileUrl } from '../../api/client.ts';
import { type UnitFilter, unitQuery } from '../../api/requests.ts';
import { count } from '../../lib/format.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { PrintButton } from '../printing/print-button.tsx';
import { ColumnChoice } from './column-choice.tsx';
import { TakeOut } from './take-out.tsx';
import type { ShownColumns } from './use-shown-columns.ts';

export interface TableSums {
  units: number | undefined;
  exact: boolean;
  pages: number | undefined;
  digitalPages: number | undefined;
}

/** Below the table: how much there is, and what is done with all of it. */
export function TableFoot(props: {
  archiveId: string;
  filter: UnitFilter;
  loaded: number;
  sums: TableSums;
  columns: ShownColumns;
  /** Looking on would have taken too long: it goes on when it is asked for. */
  looking: { busy: boolean; more: () => void } | undefined;
  /** Undefined: nothing may be written. */
  edit: { on: boolean; toggle: () => void } | undefined;
}): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const { archiveId, filter, sums, looking, edit } = props;
  const { units: total, exact } = sums;
  const span =
    total === undefined
      ? t('list.spanOnly', { first: 1, last: props.loaded })
      : t(exact ? 'list.span' : 'grid.spanMore', { first: 1, last: props.loaded, total: count(total) });
  return (
    <div className="pager no-print">
      <span aria-live="polite">
        {span}
        {exact && sums.pages !== undefined && sums.pages + (sums.digitalPages ?? 0) > 0 && (
          <span className="soft">
            {' · '}
            {t('grid.sums', { pages: count(sums.pages), digital: count(sums.digitalPages ?? 0) })}
          </span>
        )}
      </span>
      {looking && (
        <Button size="small" type="link" loading={looking.busy} onClick={looking.more}>
          {t('grid.lookOn')}
        </Button>
      )}
      {can('content.export', archiveId) && (
        <a href={fileUrl(`/archives/${archiveId}/units.xlsx`, { ...filter })} download>
          {t('act.xlsx')}
        </a>
      )}
      <PrintButton
        archiveId={archiveId}
        choice={{ filter: unitQuery(filter) }}
        words={t('printing.chosen.filter')}
        label=""
        form={filter.level === 'file' ? 'fileCatalogue' : 'itemList'}
        type="text"
      >
        {t('printing.printAll')}
      </PrintButton>
      {can('content.export', archiveId) && filter.fonds && <TakeOut id={filter.fonds} />}
      <ColumnChoice columns={props.columns} category={filter.category} />
      {edit && (
        <Button
          size="small"
          className="push"
          aria-pressed={edit.on}
          type={edit.on ? 'primary' : 'default'}
          title={edit.on ? 'Esc' : 'F2'}
          onClick={edit.toggle}
        >
          {t(edit.on ? 'grid.read' : 'grid.edit')}
        </Button>
      )}
    </div>
  );
}
