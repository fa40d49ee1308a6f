import { Button, Input, Radio } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Field } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { leftOutOf } from './left-out.ts';
import type { BatchRead } from './queries.ts';

type Decision = NonNullable<BatchRead['decision']>;
const CHOICES = ['all', 'part', 'none'] as const;

/** What who received a batch proposes to the one who decides. */
export function ProposalForm(props: {
  qualified: boolean;
  pending: boolean;
  onPropose: (decision: Decision) => void;
}): ReactNode {
  const { t } = useWording();
  const [accepts, setAccepts] = useState<Decision['accepts']>(props.qualified ? 'all' : 'none');
  const [reason, setReason] = useState('');
  const [lines, setLines] = useState('');
  const leftOut = accepts === 'part' ? leftOutOf(lines) : [];
  const ready =
    (accepts === 'all' || reason.trim()) && (accepts !== 'part' || (leftOut && leftOut.length > 0));
  return (
    <form
      className="stack"
      aria-label={t('transfer.act.propose')}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        props.onPropose({ accepts, reason: reason.trim(), leftOut: leftOut ?? [] });
      }}
    >
      <fieldset className="choices">
        <legend>{t('transfer.decision')}</legend>
        <Radio.Group
          value={accepts}
          onChange={(event) => setAccepts(event.target.value)}
          options={CHOICES.map((one) => {
            return {
              value: one,
              label: t(`transfer.accepts.${one}`),
              disabled: one !== 'none' && !props.qualified,
            };
          })}
        />
      </fieldset>
      {accepts === 'part' && (
        <Field
          label={t('transfer.leftOut')}
          needed
          hint={t('transfer.leftOutHint')}
          wrong={leftOut ? undefined : t('error.transfer.leftOut')}
        >
          {(id) => (
            <Input.TextArea
              id={id}
              rows={4}
              style={{ fontFamily: 'var(--mono)' }}
              value={lines}
              onChange={(event) => setLines(event.target.value)}
            />
          )}
        </Field>
      )}
      <Field label={t('transfer.reason')} needed={accepts !== 'all'}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={4_000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <div>
        <Button type="primary" htmlType="submit" loading={props.pending} disabled={!ready}>
          {t('transfer.act.propose')}
        </Button>
      </div>
    </form>
  );
}
