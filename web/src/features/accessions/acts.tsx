import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Trouble } from '../../components/trouble.tsx';
import { today } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { DayField, ExtentFields, TextField } from './fields.tsx';
import { type Accession, type Act, CHANGED, type Extent } from './queries.ts';
import { isNothing } from './words.ts';

const VERDICTS = ['whole', 'part', 'none'] as const;
type Verdict = (typeof VERDICTS)[number];
/** Acts that are done at once; the others ask for something. */
const AT_ONCE: ReadonlySet<Act> = new Set(['agree', 'accept', 'arrange']);
/** The likeliest act of a state stands first and filled in. */
const FIRST: readonly Act[] = ['approve', 'accept', 'arrange', 'arrive', 'giveBack', 'close', 'propose'];

/** What can be done next. */
export function Acts({ a }: { a: Accession }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Act>();
  const act = useMutation({
    mutationFn: (order: ActBody) =>
      body(api.POST('/accessions/{id}/acts', { params: { path: { id: a.id } }, body: order })),
    onSuccess: (now) => {
      setOpen(undefined);
      queries.setQueryData(['accession', a.id], now);
      for (const key of CHANGED) if (key !== 'accession') void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  // A part that was refused goes back by the same act as a deposit that is its owner's again.
  const wholeDeposit = a.way === 'deposit' && a.state !== 'refused';
  const label = (one: Act): string =>
    t(one === 'giveBack' && wholeDeposit ? 'accession.act.giveBackWhole' : `accession.act.${one}`);
  const likely = FIRST.find((one) => a.acts.includes(one));
  return (
    <section className="next-line acts" aria-label={t('accession.stateLabel')}>
      {a.state === 'proposed' && <p className="small soft">{t('accession.decision.waits')}</p>}
      {act.error && <Trouble error={act.error} />}
      <div className="row">
        {a.acts.map((one) => (
          <Button
            key={one}
            type={one === likely ? 'primary' : 'default'}
            loading={act.isPending && act.variables.act === one}
            onClick={() =>
              AT_ONCE.has(one) ? act.mutate({ act: one }) : setOpen(open === one ? undefined : one)
            }
          >
            {label(one)}
          </Button>
        ))}
      </div>
      {open && (
        <ActForm
          key={open}
          a={a}
          act={open}
          whole={open === 'giveBack' && wholeDeposit}
          label={label(open)}
          pending={act.isPending}
          onAct={act.mutate}
          onClose={() => setOpen(undefined)}
        />
      )}
    </section>
  );
}

interface ActBody {
  act: Act;
  reason?: string | null;
  verdict?: Verdict;
  part?: { day: string | null; extent: Partial<Extent>; note: string | null };
  whole?: boolean;
}

function ActForm(props: {
  a: Accession;
  act: Act;
  whole: boolean;
  label: string;
  pending: boolean;
  onAct: (order: ActBody) => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useWording();
  const { a, act } = props;
  const [reason, setReason] = useState('');
  const [verdict, setVerdict] = useState<Verdict>('whole');
  const [day, setDay] = useState(today());
  const [note, setNote] = useState('');
  const [extent, setExtent] = useState<Partial<Extent>>(act === 'arrive' ? a.left : {});
  const goesWhole = act === 'giveBack' && (props.whole || a.state === 'refused');
  const hasPart = act === 'arrive' || (act === 'giveBack' && !goesWhole);
  const needsReason =
    ['reconsider', 'decline', 'reopen', 'withdraw'].includes(act) ||
    props.whole ||
    (act === 'propose' && verdict !== 'whole') ||
    (act === 'close' && !isNothing(a.left));
  const mayReason = needsReason || act === 'propose' || act === 'approve';
  return (
    <form
      className="stack"
      aria-label={props.label}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        props.onAct({
          act,
          reason: reason.trim() || null,
          ...(act === 'propose' && { verdict }),
          ...((hasPart || goesWhole) && {
            part: { day, extent: goesWhole ? {} : extent, note: note.trim() || null },
          }),
          ...(props.whole && { whole: true }),
        });
      }}
    >
      {act === 'propose' && (
        <Radio.Group
          aria-label={t('accession.verdictLabel')}
          value={verdict}
          onChange={(e) => setVerdict(VERDICTS.find((v) => v === e.target.value) ?? 'whole')}
          options={VERDICTS.map((value) => ({ value, label: t(`accession.verdict.${value}`) }))}
        />
      )}
      {hasPart && <ExtentFields label={t('accession.extent')} value={extent} onChange={setExtent} />}
      {(hasPart || goesWhole) && (
        <div className="fields">
          <DayField label={t('accession.day')} value={day} onChange={setDay} />
          <TextField label={t('accession.note')} value={note} onChange={setNote} />
        </div>
      )}
      {mayReason && (
        <TextField
          label={t(act === 'close' && needsReason ? 'accession.reasonLeft' : 'accession.reason')}
          needed={needsReason}
          rows={2}
          value={reason}
          onChange={setReason}
        />
      )}
      <div className="row">
        <Button
          htmlType="submit"
          type="primary"
          loading={props.pending}
          disabled={(needsReason && !reason.trim()) || (hasPart && isNothing(extent))}
        >
          {props.label}
        </Button>
        <Button onClick={props.onClose}>{t('act.cancel')}</Button>
      </div>
    </form>
  );
}
