import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording } from '../../wording.tsx';
import { Held } from './held.tsx';
import type { CatalogueImport, ImportProblem } from './shapes.ts';

/** What the check of all rows found, and what would happen. */
export function Checked({ one, acts }: { one: CatalogueImport; acts: ReactNode }): ReactNode {
  const { t } = useWording();
  const { total, accepted, rejected } = one.counts;
  return (
    <div className="stack">
      <ul className="figures">
        <li>
          <b>{count(total)}</b> {t('imports.figure.total')}
        </li>
        <li className="jade">
          <b>{count(accepted)}</b> {t('imports.figure.willAccept')}
        </li>
        <li className="amber">
          <b>{count(rejected)}</b> {t('imports.figure.willReject')}
        </li>
        <HeldFigures one={one} />
      </ul>
      <div className="row">{acts}</div>
      <Held one={one} />
      <Problems one={one} />
    </div>
  );
}

/** Rows about entries that are held, by what becomes of them. */
export function HeldFigures({ one }: { one: CatalogueImport }): ReactNode {
  const { t } = useWording();
  return (['unchanged', 'updated', 'merged', 'skipped'] as const).map(
    (what) =>
      one.counts[what] > 0 && (
        <li key={what}>
          <b>{count(one.counts[what])}</b> {t(`imports.figure.${what}`)}
        </li>
      ),
  );
}

/** Problems by kind, longest bar first; a click shows the rows. */
export function Problems({ one }: { one: CatalogueImport }): ReactNode {
  const { t, word } = useWording();
  const [view, change] = useUrlState(['code']);
  const most = Math.max(1, ...one.problems.map((problem) => problem.count));
  const label = (problem: ImportProblem): string => word('problem', problem.code, problem.message);
  if (one.problems.length === 0) return <p className="notice is-done">{t('imports.noProblems')}</p>;
  return (
    <section>
      <h2 className="fields-title">{t('imports.problems')}</h2>
      <ul className="histogram">
        {[...one.problems]
          .sort((a, b) => b.count - a.count)
          .map((problem) => {
            const open = view.code === problem.code;
            return (
              <li key={problem.code}>
                <button
                  type="button"
                  className="plain"
                  aria-expanded={open}
                  onClick={() => change({ code: open ? undefined : problem.code }, { replace: true })}
                >
                  <span className="grow">
                    {open ? '▾' : '▸'} {label(problem)}
                    {!problem.rejecting && <span className="soft"> · {t('imports.remark')}</span>}
                  </span>
                  <span className="numeric">{count(problem.count)}</span>
                  <span className="bar" aria-hidden="true">
                    <span
                      className={problem.rejecting ? 'rejected' : undefined}
                      style={{ width: `${(problem.count / most) * 100}%` }}
                    />
                  </span>
                </button>
                {open && <ProblemRows importId={one.id} code={problem.code} sheets={one.sheets.length} />}
              </li>
            );
          })}
      </ul>
    </section>
  );
}

function ProblemRows(props: { importId: string; code: string; sheets: number }): ReactNode {
  const { importId, code } = props;
  const { t, word } = useWording();
  const [cursors, setCursors] = useState<string[]>([]);
  const cursor = cursors.at(-1);
  const rows = useQuery({
    queryKey: ['import-problems', importId, code, cursor],
    queryFn: () =>
      body(
        api.GET('/imports/{id}/problems', {
          params: { path: { id: importId }, query: { code, limit: 20, ...(cursor && { cursor }) } },
        }),
      ),
  });
  if (rows.error) return <Trouble error={rows.error} retry={() => void rows.refetch()} />;
  if (!rows.data) return <Loading lines={4} />;
  const { next, items } = rows.data;
  const sheet: Column<(typeof items)[number]> = {
    key: 'sheet',
    title: t('imports.sheet'),
    width: '130px',
    hint: (row) => row.sheet,
    cell: (row) => row.sheet,
  };
  return (
    <div style={{ margin: '6px 0 12px' }}>
      <div className="table-scroll">
        <DataTable
          label={t('imports.problemRows')}
          rows={items}
          idOf={(row) => `${row.sheet} ${row.row} ${row.column}`}
          columns={[
            ...(props.sheets > 1 ? [sheet] : []),
            {
              key: 'row',
              title: t('imports.row'),
              width: '80px',
              numeric: true,
              cell: (row) => count(row.row),
            },
            {
              key: 'column',
              title: t('imports.column'),
              width: '130px',
              hint: (row) => row.column,
              cell: (row) => row.column,
            },
            {
              key: 'value',
              title: t('imports.value'),
              width: '220px',
              hint: (row) => row.value,
              cell: (row) => row.value || <span className="soft">{t('description.none')}</span>,
            },
            {
              key: 'message',
              title: t('imports.reason'),
              hint: (row) => row.message,
              cell: (row) => word('problem', row.code, row.message),
            },
          ]}
        />
      </div>
      {(cursors.length > 0 || next) && (
        <div className="pager">
          {cursors.length > 0 && (
            <Button size="small" onClick={() => setCursors(cursors.slice(0, -1))}>
              {t('act.previous')}
            </Button>
          )}
          {next && (
            <Button size="small" onClick={() => setCursors([...cursors, next])}>
              {t('act.next')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
