import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useWording } from '../../wording.tsx';
import { NARROWING } from './search.tsx';

interface Suggestion {
  kind: string;
  q: string;
  total: number;
}

/** Nothing found: what was tried already, and what else can be. */
export function NoHits(props: {
  view: Partial<Record<string, string>>;
  suggestions: readonly Suggestion[];
  narrowed: boolean;
  onChange: (change: Record<string, string | undefined>) => void;
}): ReactNode {
  const { t } = useWording();
  const q = props.view.q ?? '';
  const words = q.split(/\s+/).filter(Boolean);
  const tries: { label: string; change: Record<string, string | undefined> }[] = props.suggestions.map(
    ({ kind, q, total }) => ({
      label: t(kind === 'didYouMean' ? 'search.tryMeant' : 'search.tryFewer', { q, n: total }),
      change: { q },
    }),
  );
  if (words.length > 1 && tries.length === 0)
    tries.push({
      label: t('search.tryOther', { q: words.slice(0, -1).join(' ') }),
      change: { q: words.slice(0, -1).join(' ') },
    });
  if (props.narrowed)
    tries.push({
      label: t('search.tryWithout'),
      change: Object.fromEntries(NARROWING.map((key) => [key, undefined])),
    });
  return (
    <div className="empty" style={{ textAlign: 'start', margin: 0 }}>
      <h2>{t('search.noneTitle')}</h2>
      <p>{t('search.noneText')}</p>
      {tries.length > 0 && (
        <div className="row" style={{ justifyContent: 'flex-start' }}>
          {tries.map(({ label, change }) => (
            <Button key={label} onClick={() => props.onChange(change)}>
              {label}
            </Button>
          ))}
        </div>
      )}
      <ul style={{ marginTop: 12 }} className="small">
        <li>{t('search.helpShort')}</li>
        <li>{t('search.helpYear')}</li>
        <li>{t('search.helpAsk')}</li>
      </ul>
    </div>
  );
}
