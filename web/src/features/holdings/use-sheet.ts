import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiError, api, body } from '../../api/client.ts';
import type { TableRow, Unit } from '../../api/shapes.ts';
import { type Mark, type Marks, markKey } from '../../components/grid/types.ts';
import { sentenceOf } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { fieldOf, rowOf } from './sheet-values.ts';
import { textOf } from './unit-values.ts';
import { changesetOf, type Undo } from './use-undo.ts';

/** A cell two people wrote: what it says now, and what was to be written. */
export interface CellConflict {
  row: TableRow;
  column: string;
  mine: string;
  theirs: string;
  version: number;
}

interface Page {
  items: TableRow[];
}

const theirsOf = (error: unknown): Unit | undefined =>
  error instanceof ApiError && error.status === 409 ? error.current : undefined;

/** Writing into cells: each is saved as it is left, with the version it was read in. */
export function useSheet(archiveId: string, nameOf: (column: string) => string, undo: Undo) {
  const wording = useWording();
  const { t } = wording;
  const queries = useQueryClient();
  const [marks, setMarks] = useState<Marks>(new Map());
  const [conflict, setConflict] = useState<CellConflict>();
  const [trouble, setTrouble] = useState<string>();
  // Cells of one entry are written one behind the other: each knows the version the one before it made.
  const versions = useRef(new Map<string, Promise<number>>());
  const mark = (key: string, value: Mark | undefined): void =>
    setMarks((now) => {
      const next = new Map(now);
      if (value) next.set(key, value);
      else next.delete(key);
      return next;
    });

  /** Rows stay where they are, whatever they are sorted by, until the table is asked anew. */
  const show = (unit: Unit): void => {
    queries.setQueriesData<InfiniteData<Page>>(
      { queryKey: ['units', archiveId] },
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.map((row) => (row.id === unit.id ? rowOf(unit, row) : row)),
          })),
        },
    );
    queries.setQueryData(['unit', unit.id], unit);
    for (const queryKey of [
      ['units', 'groups'],
      ['tree'],
      ['unit-history', unit.id],
      ['unit-versions', unit.id],
    ])
      void queries.invalidateQueries({ queryKey });
  };

  const send = (row: TableRow, column: string, text: string, version: number): Promise<Unit> =>
    body(
      api.PATCH('/units/{id}', {
        params: { path: { id: row.id } },
        body: { ...fieldOf(column, text), version },
      }),
    );

  /** Who changed another field meanwhile is not in the way. */
  const sendAgain = async (row: TableRow, column: string, text: string, version: number): Promise<Unit> => {
    try {
      return await send(row, column, text, version);
    } catch (error) {
      const theirs = theirsOf(error);
      if (!theirs || cellOf(theirs, column) !== (cellOf(row, column) ?? '')) throw error;
      return send(row, column, text, theirs.version);
    }
  };

  const writeNow = async (row: TableRow, column: string, text: string, version: number): Promise<number> => {
    const key = markKey(row.id, column);
    const code = row.referenceCode ?? row.title;
    try {
      const unit = await sendAgain(row, column, text, version);
      show(unit);
      mark(key, undefined);
      setConflict((now) => (now?.row.id === row.id && now.column === column ? undefined : now));
      undo.did({
        words: t('grid.written', { code, field: nameOf(column) }),
        changeset: changesetOf(row.id, unit.version),
      });
      return unit.version;
    } catch (error) {
      const message = sentenceOf(error, wording);
      mark(key, { state: 'refused', text, message });
      const theirs = theirsOf(error);
      if (!theirs) {
        setTrouble(t('grid.refused', { field: nameOf(column), code, why: message }));
        return version;
      }
      show(theirs);
      setConflict({
        row,
        column,
        mine: text,
        theirs: cellOf(theirs, column) ?? '',
        version: theirs.version,
      });
      return theirs.version;
    }
  };

  const write = (row: TableRow, column: string, text: string): void => {
    mark(markKey(row.id, column), { state: 'writing', text });
    setTrouble(undefined);
    const before = versions.current.get(row.id) ?? Promise.resolve(row.version);
    const writing = before.then((version) => writeNow(row, column, text, Math.max(version, row.version)));
    versions.current.set(row.id, writing);
    undo.follow(writing);
  };

  return {
    write,
    marks,
    conflict,
    trouble,
    /** What was refused is let go of. */
    forget: (): void => {
      setTrouble(undefined);
      setConflict(undefined);
      setMarks((now) => new Map([...now].filter(([, m]) => m.state === 'writing')));
    },
    insist: (): void => {
      if (conflict) write({ ...conflict.row, version: conflict.version }, conflict.column, conflict.mine);
    },
  };
}

/** What a cell says. */
function cellOf(of: Unit | TableRow, column: string): string | undefined {
  if ('elements' in of) return column in of ? wordOf(of, column) : (of.elements[column] ?? '');
  return textOf(of)[column] ?? '';
}

function wordOf(row: TableRow, column: string): string {
  const record: Readonly<Record<string, unknown>> = { ...row };
  const value = record[column];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
