import { Button, Input } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useWording } from '../../wording.tsx';
import { type Asked, composed, NOTHING_ASKED } from './compose.ts';

const FIELDS = ['all', 'phrase', 'any', 'none', 'title', 'docNo', 'creator', 'text'] as const;

/** A field for each way of asking; the line it makes is shown, so that the box is learnt on the way. */
export function AskForm({ onAsk }: { onAsk: (q: string) => void }): ReactNode {
  const { t } = useWording();
  const id = useId();
  const [asked, setAsked] = useState<Asked>(NOTHING_ASKED);
  const names = {
    title: t('search.name.title'),
    docNo: t('search.name.docNo'),
    creator: t('search.name.creator'),
    text: t('search.name.text'),
  };
  const line = composed(asked, names);
  return (
    <form
      className="ask-form"
      aria-label={t('search.form')}
      onSubmit={(event) => {
        event.preventDefault();
        if (line) onAsk(line);
      }}
    >
      {FIELDS.map((field) => (
        <label key={field} htmlFor={`${id}${field}`}>
          <span>{t(`search.form.${field}`)}</span>
          <Input
            id={`${id}${field}`}
            size="small"
            maxLength={100}
            value={asked[field]}
            onChange={(event) => setAsked({ ...asked, [field]: event.target.value })}
          />
        </label>
      ))}
      <div className="ask-line">
        <Button type="primary" size="small" htmlType="submit" disabled={!line}>
          {t('search.act')}
        </Button>
        <code>{line}</code>
      </div>
      <details className="small">
        <summary>{t('search.signs')}</summary>
        <dl>
          {(['and', 'or', 'not', 'phrase', 'field', 'range', 'wild', 'years'] as const).map((sign) => (
            <div key={sign}>
              <dt>
                <code>{t(`search.signs.${sign}.as`)}</code>
              </dt>
              <dd>{t(`search.signs.${sign}`)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </form>
  );
}
