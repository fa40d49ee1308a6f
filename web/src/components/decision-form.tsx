import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useWording } from '../wording.tsx';
import { Field } from './small.tsx';

/** Yes or no by a second person. A no needs words. */
export function DecisionForm(props: {
  pending: boolean;
  onDecide: (decision: 'approved' | 'rejected', note: string) => void;
}): ReactNode {
  const { t } = useWording();
  const [note, setNote] = useState('');
  return (
    <section className="next-line" style={{ display: 'block' }} aria-label={t('decision.title')}>
      <div className="stack">
        <Field label={t('decision.note')} hint={t('decision.noteHint')}>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={1}
              className="grows"
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <div className="row">
          <Button type="primary" loading={props.pending} onClick={() => props.onDecide('approved', note)}>
            {t('act.approve')}
          </Button>
          <Button
            disabled={props.pending || note.trim() === ''}
            onClick={() => props.onDecide('rejected', note)}
          >
            {t('act.reject')}
          </Button>
        </div>
      </div>
    </section>
  );
}
