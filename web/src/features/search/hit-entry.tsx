import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Hit, Snippet } from '../../api/shapes.ts';
import { Code, Marked } from '../../components/small.tsx';
import { fondsLabel } from '../../lib/fonds-label.ts';
import { archivalDate } from '../../lib/format.ts';
import { useArchiveName } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { AccessOf } from '../access/access-state.tsx';

/** Of 100: below this the reading is a help for finding only. */
const POOR = 60;

/** One record as an archival entry; page hits under it, each with its page number and a way straight to the place. */
export function HitEntry({ hit, q }: { hit: Hit; q: string }): ReactNode {
  const { t, word } = useWording();
  const nameOf = useArchiveName();
  const at = (page?: number | null): string => {
    const params = new URLSearchParams();
    if (q) params.set('q', q);
    if (page) params.set('page', String(page));
    const text = params.toString();
    return `/units/${hit.id}${text && `?${text}`}`;
  };
  return (
    <article className="hit">
      <h2>
        <Link to={at(hit.snippets.find((snippet) => snippet.field === 'page')?.page)}>
          <Marked text={hit.title} ranges={hit.titleHighlights} />
        </Link>
      </h2>
      <p className="hit-line">
        <Code value={hit.referenceCode} copy />
        <span>{nameOf(hit.archive)}</span>
        <span>{fondsLabel(hit.fonds)}</span>
        {hit.date && <span>{archivalDate(hit.date)}</span>}
        <span>
          {word('level', hit.level)}
          {hit.category && ` · ${word('category', hit.category)}`}
        </span>
        <span>
          <AccessOf state={hit} />
        </span>
        {hit.pageCount > 0 && <span className="soft">{t('search.pages', { n: hit.pageCount })}</span>}
      </p>
      {hit.snippets.length > 0 && (
        <ul className="snippets">
          {hit.snippets.map((snippet, n) => (
            <li key={`${snippet.page ?? snippet.field}-${n.toString()}`}>
              <Place snippet={snippet} hit={hit} to={at(snippet.page)} />
              <p>
                …<Marked text={snippet.text} ranges={snippet.highlights} />…
                {snippet.confidence !== null && snippet.confidence < POOR && (
                  <span className="small status is-waiting" style={{ marginInlineStart: 8 }}>
                    {t('search.poorText')}
                  </span>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
      {hit.why && (
        <p className="small soft">
          {t('search.why', { why: word('search.whyIn', hit.why, word('field', hit.why)) })}
        </p>
      )}
    </article>
  );
}

/** Where the words stand: a page with its picture, or a field of the description. */
function Place({ snippet, hit, to }: { snippet: Snippet; hit: Hit; to: string }): ReactNode {
  const { t, word } = useWording();
  if (snippet.field !== 'page')
    return <span className="small soft place">{word('field', snippet.field)}</span>;
  return (
    <Link to={to} className="place small">
      <img
        src={`/iiif/image/${hit.id}~${snippet.page}/full/!64,84/0/default.jpg`}
        alt=""
        loading="lazy"
        width={48}
        height={64}
        onError={(event) => event.currentTarget.remove()}
      />
      {t('page.n', { n: snippet.page })}
    </Link>
  );
}
