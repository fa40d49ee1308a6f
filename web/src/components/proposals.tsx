import type { UseQueryResult } from '@tanstack/react-query';
import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { List } from '../api/shapes.ts';
import { useUrlState } from '../lib/use-url-state.ts';
import { useWording } from '../wording.tsx';
import { type Column, DataTable } from './data-table.tsx';
import { DecisionForm } from './decision-form.tsx';
import { Pager } from './pager.tsx';
import { Empty, Loading, PageHead, Status, type Tone, When } from './small.tsx';
import { Trouble } from './trouble.tsx';

const STATES = ['proposed', 'approved', 'rejected', 'all'] as const;
type ProposalState = Exclude<(typeof STATES)[number], 'all'>;

export const PROPOSAL_TONES: Record<ProposalState, Tone> = {
  proposed: 'waiting',
  approved: 'done',
  rejected: 'closed',
};

/** What one person proposed and another decides. */
export interface Proposal {
  id: string;
  state: ProposalState;
  reason: string;
  proposedBy: { name: string };
  proposedAt: string;
  decidedBy: { name: string } | null;
  decidedAt: string | null;
  note: string | null;
}

/** The state asked for in the address; what waits, where none is. */
export function useProposalState() {
  const [view, change] = useUrlState(['state', 'cursor', 'row']);
  return { view, change, state: view.state ?? 'proposed' };
}

/** A list of proposals, those that wait first: what each is about, why, who proposed it when, and where it stands. */
export function ProposalList<Row extends Proposal>(props: {
  title: string;
  none: { title: string; text: string };
  /** Words of a state, or of all. */
  stateWord: (state: (typeof STATES)[number]) => string;
  proposedBy: string;
  /** Where one is looked at. */
  pathOf: (row: Row) => string;
  list: UseQueryResult<List<Row>>;
  /** Before the reason. */
  columns: readonly Column<Row>[];
}): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const { view, change, state } = useProposalState();
  const { list, stateWord } = props;
  const rest: Column<Row>[] = [
    { key: 'reason', title: t('access.reason'), hint: (row) => row.reason, cell: (row) => row.reason },
    { key: 'by', title: props.proposedBy, width: '110px', cell: (row) => row.proposedBy.name },
    {
      key: 'at',
      title: t('accessChanges.at'),
      width: '120px',
      cell: (row) => <When at={row.proposedAt} />,
    },
    {
      key: 'state',
      title: t('certificates.stateTitle'),
      width: '120px',
      cell: (row) => <Status tone={PROPOSAL_TONES[row.state]}>{stateWord(row.state)}</Status>,
    },
  ];
  return (
    <div className="page">
      <PageHead
        title={props.title}
        actions={
          <Segmented
            value={state}
            onChange={(next) => change({ state: next === 'proposed' ? undefined : next })}
            options={STATES.map((value) => ({ value, label: stateWord(value) }))}
          />
        }
      />
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && <Empty title={props.none.title}>{props.none.text}</Empty>}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={props.title}
              rows={list.data.items}
              idOf={(row) => row.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(props.pathOf(row))}
              columns={[...props.columns, ...rest]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
    </div>
  );
}

/** Who proposed and who decided, as rows of facts. */
export function ProposalPeople({
  one,
  proposedBy,
}: {
  one: Omit<Proposal, 'state' | 'reason'>;
  proposedBy: string;
}): ReactNode {
  const { t } = useWording();
  return (
    <>
      <dt>{proposedBy}</dt>
      <dd>
        {one.proposedBy.name} · <When at={one.proposedAt} />
      </dd>
      {one.decidedBy && (
        <>
          <dt>{t('decision.by')}</dt>
          <dd>
            {one.decidedBy.name} · <When at={one.decidedAt} />
            {one.note && <p>{one.note}</p>}
          </dd>
        </>
      )}
    </>
  );
}

/** The second person's decision, or why it is not this person's. */
export function Decide(props: {
  /** Why not this person; undefined: theirs to decide. */
  barred: string | false | undefined;
  pending: boolean;
  error: unknown;
  onDecide: (answer: { decision: 'approved' | 'rejected'; note: string }) => void;
}): ReactNode {
  return (
    <>
      {props.error ? <Trouble error={props.error} /> : null}
      {props.barred ? (
        <p className="notice is-waiting">{props.barred}</p>
      ) : (
        <DecisionForm
          pending={props.pending}
          onDecide={(decision, note) => props.onDecide({ decision, note })}
        />
      )}
    </>
  );
}
