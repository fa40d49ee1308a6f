import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { type UnitFilter, unitQuery } from '../../api/requests.ts';
import type { AccessStatus, UnitRow } from '../../api/shapes.ts';
import { Access, Code, Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';

const STATUSES: readonly AccessStatus[] = ['open', 'restricted', 'delayed', 'unreviewed'];
const PREVIEW_ROWS = 8;

export interface ProposalProps {
  archiveId: string;
  /** The chosen rows; of a choice of everything, the ones on this page (for the preview). */
  units: readonly UnitRow[];
  everything?: { filter: UnitFilter; count: number };
  onClose: (sent: boolean) => void;
}

/** Proposes an access status: before and after of the first rows, the count of all, and who decides. */
export function AccessProposalForm({ archiveId, units, everything, onClose }: ProposalProps): ReactNode {
  const { t } = useWording();
  const { notification } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [status, setStatus] = useState<AccessStatus>('open');
  const [reason, setReason] = useState('');
  const [basis, setBasis] = useState('');
  const propose = useMutation({
    mutationFn: () =>
      body(
        api.POST('/access-changes', {
          body: {
            archiveId,
            status,
            reason,
            ...(basis && { basis }),
            ...(everything
              ? { filter: unitQuery(everything.filter) }
              : { unitIds: units.map((unit) => unit.id) }),
          },
        }),
      ),
    onSuccess: (change) => {
      void queries.invalidateQueries({ queryKey: ['work'] });
      notification.success({
        title: t('access.sent'),
        description: t('access.sentText', { n: change.unitCount }),
        // A notice stands outside the pages, so it is no link but an act.
        actions: (
          <Button size="small" onClick={() => navigate(`/access-changes/${change.id}`)}>
            {t('work.verb.look')}
          </Button>
        ),
      });
      onClose(true);
    },
  });
  const same = units.filter((unit) => unit.accessStatus === status).length;
  const n = everything?.count ?? units.length;
  const basisNeeded = status === 'delayed' || status === 'restricted';
  const ready =
    reason.trim() !== '' && (!basisNeeded || basis.trim() !== '') && (everything !== undefined || same < n);
  return (
    <Drawer
      open
      title={t('access.proposeTitle', { n })}
      size={520}
      onClose={() => onClose(false)}
      footer={
        <div className="row">
          <Button
            type="primary"
            disabled={!ready}
            loading={propose.isPending}
            onClick={() => propose.mutate()}
          >
            {t('access.send')}
          </Button>
          <Button onClick={() => onClose(false)}>{t('act.cancel')}</Button>
          <span className="small soft">{t('access.secondPerson')}</span>
        </div>
      }
    >
      <div className="stack">
        {propose.error && <Trouble error={propose.error} />}
        <fieldset>
          <legend>{t('access.newStatus')}</legend>
          <Radio.Group value={status} onChange={(event) => setStatus(event.target.value)}>
            {STATUSES.map((value) => (
              <div key={value}>
                <Radio value={value}>
                  <Access status={value} /> <span className="small soft">{t(`access.${value}.meaning`)}</span>
                </Radio>
              </div>
            ))}
          </Radio.Group>
        </fieldset>
        <Field label={t('access.reason')} needed>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={2}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('access.basis')} needed={basisNeeded} hint={t('access.basisHint')}>
          {(id) => <Input id={id} value={basis} onChange={(event) => setBasis(event.target.value)} />}
        </Field>
        <section>
          <h3 className="fields-title">{t('access.preview', { n })}</h3>
          {same > 0 && !everything && <p className="small soft">{t('access.skipped', { n: same })}</p>}
          {everything && <p className="small soft">{t('access.everything')}</p>}
          <ul className="plain-list">
            {units.slice(0, PREVIEW_ROWS).map((unit) => (
              <li key={unit.id} className="work-row" style={{ padding: '4px 0' }}>
                <span className="grow" style={{ minWidth: 0 }}>
                  <Code value={unit.referenceCode} />
                  <span className="small clip" title={unit.title}>
                    {unit.title}
                  </span>
                </span>
                <Access status={unit.accessStatus} />
                {unit.accessStatus === status ? (
                  <span className="soft small">{t('access.already')}</span>
                ) : (
                  <>
                    <span aria-hidden="true">→</span>
                    <Access status={status} />
                  </>
                )}
              </li>
            ))}
          </ul>
          {n > PREVIEW_ROWS && (
            <p className="small soft">
              {t('access.andMore', { n: n - Math.min(PREVIEW_ROWS, units.length) })}
            </p>
          )}
        </section>
      </div>
    </Drawer>
  );
}
