import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';

/** An act that asks for its reason. */
export function ReasonForm(props: {
  title: string;
  act: string;
  error: unknown;
  pending: boolean;
  onReason: (reason: string) => void;
  onCancel?: () => void;
}): ReactNode {
  const { t } = useWording();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onReason(reason.trim());
  };
  return (
    <form className="stack" style={{ marginTop: 12 }} onSubmit={submit} aria-label={props.title}>
      {props.error !== null && props.error !== undefined && <Trouble error={props.error} />}
      <Field label={t('people.reason', { act: props.title })} needed>
        {(id) => (
          <Input id={id} maxLength={1_000} value={reason} onChange={(e) => setReason(e.target.value)} />
        )}
      </Field>
      <div className="row">
        <Button htmlType="submit" loading={props.pending} disabled={!reason.trim()}>
          {props.act}
        </Button>
        {props.onCancel && <Button onClick={props.onCancel}>{t('act.cancel')}</Button>}
      </div>
    </form>
  );
}
