import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { Decisions } from './decisions.tsx';
import { FORMATS, type FormatsView, POLICIES, type Policy, RISKS, type Risk } from './queries.ts';
import { categoryIn, useSubjectName } from './words.ts';

/** Nothing of its own: as the register, or what is above, has it. */
const AS_REGISTER = '';

/** Decides on a format or a category: risk, policy, and why; what was decided before stands below. */
export function DecideDrawer(props: {
  archiveId: string;
  subject: string;
  view: FormatsView;
  mayDecide: boolean;
  onClose: () => void;
}): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const { archiveId, subject, view, mayDecide, onClose } = props;
  const now = view.decisions.find((d) => d.subject === subject);
  const format = view.formats.find((f) => f.puid === subject);
  const [risk, setRisk] = useState<Risk | ''>(now?.risk ?? AS_REGISTER);
  const [policy, setPolicy] = useState<Policy | ''>(now?.policy ?? AS_REGISTER);
  const [reason, setReason] = useState('');
  const nameOf = useSubjectName(view.formats);
  const decide = useMutation({
    mutationFn: () =>
      body(
        api.POST('/preservation/formats/decisions', {
          body: { archiveId, subject, risk: risk || null, policy: policy || null, reason: reason.trim() },
        }),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: FORMATS });
      onClose();
    },
  });
  const same = risk === (now?.risk ?? AS_REGISTER) && policy === (now?.policy ?? AS_REGISTER);
  const asRegister = t(categoryIn(subject) ? 'formats.asEach' : 'formats.asRegister');
  return (
    <Drawer
      open
      title={nameOf(subject)}
      size={520}
      onClose={onClose}
      footer={
        mayDecide && (
          <div className="row">
            <Button
              type="primary"
              disabled={same || !reason.trim()}
              loading={decide.isPending}
              onClick={() => decide.mutate()}
            >
              {t('formats.decideAct')}
            </Button>
            <Button onClick={onClose}>{t('act.cancel')}</Button>
          </div>
        )
      }
    >
      <div className="stack">
        {decide.error && <Trouble error={decide.error} />}
        {mayDecide && (
          <>
            <fieldset className="plain">
              <legend>{t('formats.policy')}</legend>
              {format?.archival ? (
                <p className="soft">{t('formats.archival')}</p>
              ) : (
                <Radio.Group
                  className="choices"
                  value={policy}
                  onChange={(event) => setPolicy(event.target.value)}
                  options={[
                    { value: AS_REGISTER, label: asRegister },
                    ...POLICIES.map((value) => ({
                      value,
                      label: (
                        <>
                          {t(`format.policy.${value}`)}
                          <span className="small soft block">{t(`formats.meaning.${value}`)}</span>
                        </>
                      ),
                    })),
                  ]}
                />
              )}
            </fieldset>
            <fieldset className="plain">
              <legend>{t('formats.risk')}</legend>
              <Radio.Group
                className="choices"
                value={risk}
                onChange={(event) => setRisk(event.target.value)}
                options={[
                  { value: AS_REGISTER, label: asRegister },
                  ...RISKS.map((value) => ({ value, label: t(`format.risk.${value}`) })),
                ]}
              />
            </fieldset>
            <Field label={t('formats.reason')} needed hint={t('formats.reasonHint')}>
              {(id) => (
                <Input.TextArea
                  id={id}
                  rows={3}
                  maxLength={2_000}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Field>
          </>
        )}
        <Decisions archiveId={archiveId} subject={subject} formats={view.formats} />
      </div>
    </Drawer>
  );
}
