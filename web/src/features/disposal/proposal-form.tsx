import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { type UnitFilter, unitQuery } from '../../api/requests.ts';
import type { UnitRow } from '../../api/shapes.ts';
import { Code, Field, Retention } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes, today } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { DISPOSAL_CHANGES, type DisposalChoice, type DisposalPreview, disposalPreview } from './queries.ts';

export interface DisposalProposalProps {
  archiveId: string;
  units: readonly Pick<UnitRow, 'id'>[];
  /** All that a table shows, in place of single entries. */
  everything?: { filter: UnitFilter; count: number };
  onClose: (sent: boolean) => void;
}

/** The table's filters as a choice takes them: what holds no content is never on a list. */
function choiceOf({ archiveId, units, everything }: DisposalProposalProps): DisposalChoice {
  if (!everything) return { archiveId, unitIds: units.map((unit) => unit.id) };
  const { held: _, sort: __, cursor: ___, limit: ____, ...filter } = unitQuery(everything.filter);
  return { archiveId, filter };
}

/** Proposes that content be destroyed: what can go and what can not is said before anything is asked. */
export function DisposalProposalForm(props: DisposalProposalProps): ReactNode {
  const { units, everything, onClose } = props;
  const { t } = useWording();
  const { notification } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [title, setTitle] = useState(() => t('disposal.propose.titleIs', { day: today() }));
  const [reason, setReason] = useState('');
  const [basis, setBasis] = useState('');
  const [appraisal, setAppraisal] = useState('');
  const [approval, setApproval] = useState('');
  const [choice] = useState(() => choiceOf(props));
  // The number of an approval is asked for once it is typed in full.
  const [approved, setApproved] = useState('');
  const preview = useQuery(disposalPreview({ ...choice, ...(approved && { approval: approved }) }));
  const propose = useMutation({
    mutationFn: () =>
      body(
        api.POST('/disposals', {
          body: {
            ...choice,
            title: title.trim(),
            reason: reason.trim(),
            basis: basis.trim(),
            leaveOut: true,
            ...(appraisal.trim() && { appraisal: appraisal.trim() }),
            ...(approval.trim() && { approval: approval.trim() }),
          },
        }),
      ),
    onSuccess: (list) => {
      for (const queryKey of DISPOSAL_CHANGES) void queries.invalidateQueries({ queryKey });
      notification.success({
        title: t('disposal.propose.sent'),
        description: t('disposal.propose.sentText', { number: list.number, n: list.unitCount }),
        actions: (
          <Button size="small" onClick={() => navigate(`/disposals/${list.id}`)}>
            {t('work.verb.look')}
          </Button>
        ),
      });
      onClose(true);
    },
  });
  const n = everything?.count ?? units.length;
  const asksApproval =
    approved !== '' || preview.data?.refused.some(({ code }) => code === 'needsApproval') === true;
  const ready =
    (preview.data?.eligible ?? 0) > 0 && [title, reason, basis].every((text) => text.trim() !== '');
  const text = (
    label: string,
    value: string,
    set: (value: string) => void,
    more: { needed?: boolean; hint?: string; rows?: number; onBlur?: () => void } = {},
  ): ReactNode => (
    <Field label={label} needed={more.needed ?? false} hint={more.hint}>
      {(id) => (
        <Input.TextArea
          id={id}
          rows={more.rows ?? 1}
          className="grows"
          maxLength={2_000}
          value={value}
          onChange={(event) => set(event.target.value)}
          {...(more.onBlur && { onBlur: more.onBlur })}
        />
      )}
    </Field>
  );
  return (
    <Drawer
      open
      title={t('disposal.proposeTitle', { n })}
      size={560}
      onClose={() => onClose(false)}
      footer={
        <div className="row">
          <Button
            type="primary"
            danger
            disabled={!ready}
            loading={propose.isPending}
            onClick={() => propose.mutate()}
          >
            {t('disposal.propose.send')}
          </Button>
          <Button onClick={() => onClose(false)}>{t('act.cancel')}</Button>
          <span className="small soft">{t('disposal.propose.second')}</span>
        </div>
      }
    >
      <div className="stack">
        {propose.error && <Trouble error={propose.error} />}
        {preview.error && <Trouble error={preview.error} retry={() => void preview.refetch()} />}
        <div aria-live="polite">
          {preview.isPending && <p className="soft">{t('disposal.propose.checking')}</p>}
          {preview.data && <Judged preview={preview.data} />}
        </div>
        {text(t('disposal.propose.title'), title, setTitle, {
          needed: true,
          hint: t('disposal.propose.titleHint'),
        })}
        {text(t('disposal.register.reason'), reason, setReason, { needed: true, rows: 2 })}
        {text(t('disposal.register.basis'), basis, setBasis, {
          needed: true,
          hint: t('disposal.propose.basisHint'),
        })}
        {text(t('disposal.register.appraisal'), appraisal, setAppraisal)}
        {asksApproval &&
          text(t('disposal.register.approval'), approval, setApproval, {
            hint: t('disposal.propose.approvalHint'),
            onBlur: () => setApproved(approval.trim()),
          })}
      </div>
    </Drawer>
  );
}

/** What can be destroyed, by retention period; and what can not, with why and the first of each kind. */
function Judged({ preview }: { preview: DisposalPreview }): ReactNode {
  const { t } = useWording();
  const { eligible, files, refused, retentions } = preview;
  const left = refused.reduce((sum, group) => sum + group.count, 0);
  return (
    <div className="stack">
      {eligible > 0 ? (
        <div className="notice is-done">
          <strong>
            {t('disposal.propose.eligible', { n: eligible, files, size: bytes(preview.bytes) })}
          </strong>
          <ul className="plain-list">
            {retentions.map(({ code, count, expiresOn }) => (
              <li key={code ?? ''}>
                <Retention code={code} />: {t('disposal.propose.over', { n: count, day: expiresOn ?? '—' })}
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <p className="notice is-wrong">{t('disposal.propose.noneEligible')}</p>
      )}
      {left > 0 && (
        <section className="notice is-waiting" aria-label={t('disposal.propose.leftOut', { n: left })}>
          <strong>{t('disposal.propose.leftOut', { n: left })}</strong>
          {refused.map(({ code, count, examples }) => (
            <div key={code} className="left-out">
              {t(`disposal.obstacle.${code}`)}
              <ul className="plain-list small">
                {examples.slice(0, 3).map((unit) => (
                  <li key={unit.id} className="clip" title={unit.title}>
                    <Code value={unit.referenceCode} /> {unit.title}
                  </li>
                ))}
                {count > 3 && <li className="soft">{t('disposal.propose.more', { n: count })}</li>}
              </ul>
            </div>
          ))}
        </section>
      )}
    </div>
  );
}
