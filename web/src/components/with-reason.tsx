import { Button, type ButtonProps, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useWording } from '../wording.tsx';
import { Field } from './small.tsx';
import { Trouble } from './trouble.tsx';

/** An act that says first what it does, and asks why: a button that unfolds into both. */
export function WithReason(props: {
  act: string;
  what: string;
  reason: string;
  pending: boolean;
  error: unknown;
  danger?: boolean;
  size?: ButtonProps['size'];
  onAct: (reason: string) => void;
}): ReactNode {
  const { t } = useWording();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { act, danger = false, size = 'small' } = props;
  if (!open)
    return (
      <div>
        <Button size={size} danger={danger} onClick={() => setOpen(true)}>
          {act}
        </Button>
      </div>
    );
  return (
    <form
      className="stack alarm-form"
      aria-label={act}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        props.onAct(reason.trim());
      }}
    >
      <p>{props.what}</p>
      {props.error ? <Trouble error={props.error} /> : null}
      <Field label={props.reason} needed>
        {(id) => (
          <Input
            id={id}
            maxLength={1_000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <div className="row">
        <Button
          htmlType="submit"
          type="primary"
          size={size}
          danger={danger}
          loading={props.pending}
          disabled={!reason.trim()}
        >
          {act}
        </Button>
        <Button size={size} onClick={() => setOpen(false)}>
          {t('act.cancel')}
        </Button>
      </div>
    </form>
  );
}
