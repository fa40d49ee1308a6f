import { App, Button } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { fileUrl } from '../../api/client.ts';
import { type UnitFilter, unitQuery } from '../../api/requests.ts';
import type { SessionArchive, TableRow } from '../../api/shapes.ts';
import { copyText } from '../../lib/copy.ts';
import { count } from '../../lib/format.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { AccessProposalForm } from '../access/proposal-form.tsx';
import { PrintButton } from '../printing/print-button.tsx';
import type { Choice } from './use-choice.ts';

const DisposalForm = lazy(async () => ({
  default: (await import('../disposal/proposal-form.tsx')).DisposalProposalForm,
}));

/** As many as an address holds. */
const MOST_IN_ADDRESS = 150;

/** Acts on what is chosen: the ticked rows, or everything the filters show, however much of it was loaded. */
export function BulkBar(props: {
  archive: SessionArchive;
  filter: UnitFilter;
  /** The ticked rows. */
  rows: readonly TableRow[];
  total: { n: number | undefined; exact: boolean };
  /** All that match are chosen. */
  whole: boolean;
  choice: Choice;
  onEdit: () => void;
}): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  const can = useCan();
  const [proposing, setProposing] = useState<'access' | 'disposal'>();
  const { archive, filter, rows, whole, choice } = props;
  const many =
    props.total.n === undefined
      ? undefined
      : props.total.exact
        ? count(props.total.n)
        : t('grid.orMore', { n: count(props.total.n) });
  const n = whole ? (many ?? '') : count(rows.length);
  const said = whole && many === undefined ? t('list.chosenAll') : t('list.chosen', { n });
  const ids = rows.map((row) => row.id);
  const copy = async (): Promise<void> => {
    await copyText(rows.map((row) => row.referenceCode ?? '').join('\n'));
    message.success(t('act.copied'));
  };
  const chosen = {
    archiveId: archive.id,
    units: [...rows],
    ...(choice.everything ? { everything: { filter, count: props.total.n ?? rows.length } } : {}),
    onClose: (sent: boolean): void => {
      setProposing(undefined);
      if (sent) choice.clear();
    },
  };
  return (
    <section className="pager bulk" aria-label={said}>
      <b>{said}</b>
      {!whole && (
        <Button size="small" type="link" onClick={choice.chooseEverything}>
          {many === undefined ? t('list.everythingOpen') : t('list.everything', { n: many })}
        </Button>
      )}
      {choice.everything && (
        <Button size="small" type="link" onClick={() => choice.choose(choice.chosen)}>
          {t('list.onlyPage')}
        </Button>
      )}
      {can('holdings.write', archive.id) && (
        <Button size="small" type="primary" onClick={props.onEdit}>
          {t('bulkEdit.open')}
        </Button>
      )}
      {can('access.propose', archive.id) && (
        <Button size="small" onClick={() => setProposing('access')}>
          {t('access.propose')}
        </Button>
      )}
      {can('disposal.propose', archive.id) && (
        <Button size="small" onClick={() => setProposing('disposal')}>
          {t('disposal.propose')}
        </Button>
      )}
      {can('content.export', archive.id) && (whole || ids.length <= MOST_IN_ADDRESS) && (
        <a
          href={fileUrl(`/archives/${archive.id}/units.xlsx`, whole ? { ...filter } : { ids: ids.join(',') })}
          download
        >
          {t('act.xlsx')}
        </a>
      )}
      <PrintButton
        archiveId={archive.id}
        choice={choice.everything ? { filter: unitQuery(filter) } : { ids }}
        words={
          choice.everything ? t('printing.chosen.filter') : t('printing.chosen.units', { n: ids.length })
        }
        label={rows[0]?.referenceCode ?? ''}
        form={rows[0]?.level === 'file' ? 'fileSet' : 'itemList'}
      />
      <Button size="small" type="link" onClick={() => void copy()}>
        {t('holdings.copyCodes')}
      </Button>
      <Button size="small" type="link" onClick={choice.clear}>
        {t('act.clear')}
      </Button>
      {proposing === 'access' && <AccessProposalForm {...chosen} />}
      {proposing === 'disposal' && (
        <Suspense fallback={null}>
          <DisposalForm {...chosen} />
        </Suspense>
      )}
    </section>
  );
}
