import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { type UnitFilter, unitQuery } from '../../api/requests.ts';
import type { AccessSetting, UnitRow } from '../../api/shapes.ts';
import { Code, Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { AccessOf } from './access-state.tsx';
import { afterSetting, sameState } from './setting.ts';
import { isWhole, SettingFields } from './setting-fields.tsx';

const PREVIEW_ROWS = 8;
const FIRST: AccessSetting = { status: 'open', opensOn: null, embargo: null, embargoUntil: null };

export interface ProposalProps {
  archiveId: string;
  /** The chosen rows; of a choice of everything, the ones on this page (for the preview). */
  units: readonly UnitRow[];
  everything?: { filter: UnitFilter; count: number };
  onClose: (sent: boolean) => void;
}

/** Proposes a status, a day or an embargo: before and after of the first rows, the count of all, and who decides. */
export function AccessProposalForm({ archiveId, units, everything, onClose }: ProposalProps): ReactNode {
  const { t } = useWording();
  const { notification } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [setting, setSetting] = useState(FIRST);
  const [reason, setReason] = useState('');
  const [basis, setBasis] = useState('');
  const propose = useMutation({
    mutationFn: () =>
      body(
        api.POST('/access-changes', {
          body: {
            archiveId,
            reason,
            ...(setting.status && { status: setting.status, opensOn: setting.opensOn }),
            ...(setting.embargo && { embargoUntil: setting.embargoUntil }),
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
  const whole = isWhole(setting);
  const unchanged = (unit: UnitRow): boolean => whole && sameState(unit, afterSetting(unit, setting));
  const same = units.filter(unchanged).length;
  const n = everything?.count ?? units.length;
  const basisNeeded =
    setting.status === 'delayed' || setting.status === 'restricted' || setting.embargo === 'set';
  const ready =
    whole &&
    reason.trim() !== '' &&
    (!basisNeeded || basis.trim() !== '') &&
    (everything !== undefined || same < n);
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
        <SettingFields value={setting} onChange={setSetting} />
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
              <li key={unit.id} className="work-row" style={{ padding: '4px 0', flexWrap: 'wrap' }}>
                <span className="grow" style={{ minWidth: 0, flexBasis: '100%' }}>
                  <Code value={unit.referenceCode} />
                  <span className="small clip" title={unit.title}>
                    {unit.title}
                  </span>
                </span>
                <AccessOf state={unit} />
                {unchanged(unit) ? (
                  <span className="soft small">{t('access.already')}</span>
                ) : (
                  <>
                    <span aria-hidden="true">→</span>
                    <AccessOf state={afterSetting(unit, setting)} />
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
