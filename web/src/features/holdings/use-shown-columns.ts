import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { UnitFilter } from '../../api/requests.ts';
import type { SchemeLevel, TableRow } from '../../api/shapes.ts';
import type { GridColumn } from '../../components/grid/types.ts';
import { useWording } from '../../wording.tsx';
import { keepColumns, keptColumns, type ShownColumn, unitColumns } from './columns.tsx';
import { descriptionForm } from './form-queries.ts';

/** What stays of the table while the panel of a row takes its room. */
const BESIDE_PANEL: readonly string[] = ['referenceCode', 'title', 'accessStatus'];

export interface ShownColumns {
  /** Every column there is. */
  all: GridColumn<TableRow>[];
  shown: readonly ShownColumn[];
  /** The shown ones as they are drawn. */
  visible: GridColumn<TableRow>[];
  put: (next: ShownColumn[]) => void;
}

/** The columns a person has for entries of a category. @param beside whether a panel takes their room */
export function useShownColumns(archiveId: string, filter: UnitFilter, beside: boolean): ShownColumns {
  const wording = useWording();
  const { category } = filter;
  const own = useOwnElements(archiveId, filter);
  const all = useMemo(() => unitColumns(wording, own), [wording, own]);
  const [shown, setShown] = useState<ShownColumn[]>(() => keptColumns(category));
  const [of, setOf] = useState(category);
  if (of !== category) {
    setOf(category);
    setShown(keptColumns(category));
  }
  const visible = useMemo(
    () =>
      shown
        .filter((s) => !beside || BESIDE_PANEL.includes(s.key))
        .flatMap((s) => {
          const column = all.find((c) => c.key === s.key);
          if (!column) return [];
          const grows = column.grows === true && s.width === undefined;
          return [{ ...column, width: s.width ?? column.width, grows }];
        }),
    [shown, all, beside],
  );
  const put = (next: ShownColumn[]): void => {
    setShown(next);
    keepColumns(category, next);
  };
  return { all, shown, visible, put };
}

/** Elements the archive added itself, as it describes entries of this kind. */
function useOwnElements(archiveId: string, filter: UnitFilter): { key: string; title: string }[] {
  const { language } = useWording();
  const level: SchemeLevel = filter.level === 'series' || filter.level === 'file' ? filter.level : 'item';
  const form = useQuery(descriptionForm(archiveId, level, filter.category));
  const fields = form.data?.fields;
  return useMemo(
    () =>
      (fields ?? [])
        .filter((f) => f.key.startsWith('own:'))
        .map((f) => ({ key: f.key, title: f.names[language] })),
    [fields, language],
  );
}
