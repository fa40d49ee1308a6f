import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import { oneOf, type SearchQuery } from '../../api/requests.ts';
import { Pager } from '../../components/pager.tsx';
import { Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording } from '../../wording.tsx';
import { AskForm } from './ask-form.tsx';
import { within } from './compose.ts';
import { Facets } from './facets.tsx';
import { HitEntry } from './hit-entry.tsx';
import { NoHits } from './no-hits.tsx';
import '../../styles/search.css';

export const FACETS = ['archive', 'fonds', 'category', 'year', 'retention', 'access'] as const;
const KEYS = [
  'q',
  'archive',
  'fonds',
  'category',
  'retention',
  'access',
  'level',
  'from',
  'to',
  'sort',
  'cursor',
  'from_row',
] as const;
/** Keys that narrow the answer. */
export const NARROWING = [
  'archive',
  'fonds',
  'category',
  'retention',
  'access',
  'level',
  'from',
  'to',
] as const;
const SORTS = ['relevance', 'date', '-date', 'code'] as const;
const PAGE = 20;

/** Catalogue and page text together. Totals and facets count only what this person may see. */
export function SearchPage(): ReactNode {
  const { t } = useWording();
  const [view, change] = useUrlState(KEYS);
  const { from_row, sort, ...asked } = view;
  const query: SearchQuery = { ...asked, sort: oneOf(SORTS, sort), limit: PAGE };
  const narrowed = NARROWING.some((key) => key in view);
  const answer = useQuery({
    queryKey: ['search', query],
    queryFn: () => body(api.GET('/search', { params: { query } })),
    placeholderData: keepPreviousData,
    enabled: Boolean(view.q) || narrowed,
  });
  if (!view.q && !narrowed) return <Start />;
  return (
    <div className="page search-page">
      <h1 className="visually-hidden">{t('search.titleFor', { q: view.q ?? '' })}</h1>
      <aside className="facets" aria-label={t('search.facets')}>
        <Facets
          facets={answer.data?.facets}
          exact={answer.data?.facetsExact ?? true}
          chosen={view}
          onChange={(values) => change(values)}
        />
      </aside>
      <section className="hits" aria-label={t('search.hits')} aria-busy={answer.isFetching}>
        <AskAgain
          onWithin={(more) => change({ q: within(view.q ?? '', more) })}
          onAsk={(q) => change({ q })}
        />
        {answer.error && <Trouble error={answer.error} retry={() => void answer.refetch()} />}
        {answer.isPending && <Loading lines={10} />}
        {answer.data && (
          <>
            <div className="spread hits-head">
              <p aria-live="polite">
                {t(answer.data.totalIsExact ? 'search.total' : 'search.totalAbout', {
                  n: answer.data.total,
                })}
                {from_row && <span className="soft"> · {t('search.fromRow', { n: Number(from_row) })}</span>}
              </p>
              <Select
                size="small"
                aria-label={t('search.sort')}
                value={view.sort ?? 'relevance'}
                popupMatchSelectWidth={false}
                onChange={(sort) => change({ sort: sort === 'relevance' ? undefined : sort })}
                options={SORTS.map((value) => ({ value, label: t(`search.sort.${value}`) }))}
              />
            </div>
            {answer.data.hits.length === 0 ? (
              <NoHits
                view={view}
                suggestions={answer.data.suggestions}
                narrowed={narrowed}
                onChange={change}
              />
            ) : (
              <ol style={{ opacity: answer.isPlaceholderData ? 0.6 : 1 }}>
                {answer.data.hits.map((hit) => (
                  <li key={hit.id}>
                    <HitEntry hit={hit} q={view.q ?? ''} />
                  </li>
                ))}
              </ol>
            )}
            {answer.data.hits.length > 0 && (
              <Pager
                list={{
                  items: answer.data.hits,
                  next: answer.data.next,
                  total: answer.data.total,
                  totalIsExact: answer.data.totalIsExact,
                }}
              />
            )}
          </>
        )}
      </section>
    </div>
  );
}

/** Further words for what was found, and the form. */
function AskAgain({
  onWithin,
  onAsk,
}: {
  onWithin: (more: string) => void;
  onAsk: (q: string) => void;
}): ReactNode {
  const { t } = useWording();
  const [more, setMore] = useState('');
  const [open, setOpen] = useState(false);
  return (
    <div className="ask-again no-print">
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (!more.trim()) return;
          setMore('');
          onWithin(more);
        }}
      >
        <Input
          size="small"
          maxLength={100}
          style={{ width: 220 }}
          aria-label={t('search.within')}
          placeholder={t('search.within')}
          value={more}
          onChange={(event) => setMore(event.target.value)}
        />
        <Button size="small" htmlType="submit" disabled={!more.trim()}>
          {t('search.apply')}
        </Button>
        <Button size="small" type="link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('search.form')}
        </Button>
      </form>
      {open && (
        <AskForm
          onAsk={(q) => {
            setOpen(false);
            onAsk(q);
          }}
        />
      )}
    </div>
  );
}

/** Nothing asked yet: what can be typed here. */
function Start(): ReactNode {
  const { t } = useWording();
  const [, change] = useUrlState(KEYS);
  const [text, setText] = useState('');
  return (
    <div className="page narrow">
      <div className="empty">
        <h2>{t('search.startTitle')}</h2>
        <p>{t('search.startText')}</p>
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            change({ q: text.trim() });
          }}
        >
          <Input
            aria-label={t('search.label')}
            style={{ maxWidth: 360 }}
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={t('search.placeholder')}
          />
          <Button type="primary" htmlType="submit" disabled={!text.trim()}>
            {t('search.act')}
          </Button>
        </form>
        <div style={{ marginTop: 24, textAlign: 'start' }}>
          <AskForm onAsk={(q) => change({ q })} />
        </div>
        <p className="small" style={{ marginTop: 16 }}>
          <Link to="/holdings">{t('search.orBrowse')}</Link>
        </p>
      </div>
    </div>
  );
}
