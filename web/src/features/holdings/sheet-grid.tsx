import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import type { TableRow } from '../../api/shapes.ts';
import type { Cells as Texts } from '../../components/grid/clipboard.ts';
import { Grid } from '../../components/grid/grid.tsx';
import type { Spot } from '../../components/grid/range.ts';
import type { GridProps } from '../../components/grid/types.ts';
import { useWording } from '../../wording.tsx';
import { PastePanel } from './paste-panel.tsx';
import { type Pasted, pastedRows, wrongCell } from './sheet-values.ts';
import { useSheet } from './use-sheet.ts';
import type { Undo } from './use-undo.ts';

/** The table as a sheet: cells are written where they stand, rows come from and go to a spreadsheet. */
export function SheetGrid(props: {
  archiveId: string;
  grid: GridProps<TableRow>;
  editing: boolean;
  onLeave: () => void;
  /** Where rows pasted below the last are added. */
  place: { fondsId: string; parentId: string | null } | undefined;
  undo: Undo;
}): ReactNode {
  const { t } = useWording();
  const { archiveId, grid, place, undo, editing } = props;
  const nameOf = (column: string): string => grid.columns.find((c) => c.key === column)?.title ?? column;
  const sheet = useSheet(archiveId, nameOf, undo);
  const [pasted, setPasted] = useState<Pasted>();
  const { conflict, trouble } = sheet;
  const onPaste = (at: Spot, cells: Texts): void => {
    const row = grid.rows[at.row];
    const column = grid.columns[at.column];
    const [[text = ''] = []] = cells;
    if (cells.length > 1 || (cells[0]?.length ?? 0) > 1 || !row || !column?.editable)
      setPasted(pastedRows(at, cells, grid.columns, grid.rows, place));
    else if (text.trim() !== (column.text?.(row) ?? '')) sheet.write(row, column.key, text);
  };
  return (
    <>
      <Grid
        {...grid}
        editing={
          editing
            ? {
                wrong: (row, column, text) => {
                  const code = wrongCell(row, column, text);
                  return code && t(`unitForm.wrong.${code}`);
                },
                onWrite: sheet.write,
                onPaste,
                marks: sheet.marks,
                onLeave: props.onLeave,
              }
            : undefined
        }
      />
      {conflict && (
        <div className="edit-bar is-wrong" role="alert">
          <span>
            {t('grid.conflict', {
              field: nameOf(conflict.column),
              theirs: conflict.theirs || t('description.none'),
              mine: conflict.mine || t('description.none'),
            })}
          </span>
          <Button size="small" onClick={sheet.forget}>
            {t('grid.takeTheirs')}
          </Button>
          <Button size="small" onClick={sheet.insist}>
            {t('grid.keepMine')}
          </Button>
        </div>
      )}
      {trouble && (
        <div className="edit-bar is-wrong" role="alert">
          <span>{trouble}</span>
          <Button size="small" onClick={sheet.forget}>
            {t('grid.forget')}
          </Button>
        </div>
      )}
      {pasted && (
        <PastePanel
          archiveId={archiveId}
          pasted={pasted}
          rows={grid.rows}
          titleOf={nameOf}
          onClose={() => setPasted(undefined)}
          onWritten={({ changesetId, changed, added, refused }) => {
            setPasted(undefined);
            if (changesetId)
              undo.did({
                words: t('paste.done', { changed, added, refused }),
                changeset: async () => changesetId,
              });
          }}
        />
      )}
    </>
  );
}
