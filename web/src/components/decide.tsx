import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { Field } from './small.tsx';

/** Yes or no to what somebody else asks for, with a note; a no needs one. */
export function Decide(props: {
  /** What the note is for. */
  note: string;
  hint?: string;
  yes: string;
  no: string;
  /** A no ends it, rather than giving it back to be done again. */
  isFinal?: boolean;
  pending: boolean;
  onDecide: (isYes: boolean, note: string | null) => void;
}): ReactNode {
  const { pending, onDecide } = props;
  const [note, setNote] = useState('');
  return (
    <>
      <Field label={props.note} hint={props.hint}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={1_000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <div className="row">
        <Button type="primary" loading={pending} onClick={() => onDecide(true, note || null)}>
          {props.yes}
        </Button>
        <Button
          danger={props.isFinal ?? false}
          disabled={note.trim() === ''}
          loading={pending}
          onClick={() => onDecide(false, note || null)}
        >
          {props.no}
        </Button>
      </div>
    </>
  );
}
