import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import { When } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';

/** What the last check of filing found of a record; nothing where it found nothing. */
export function FoundHere({ id }: { id: string }): ReactNode {
  const { t, language } = useWording();
  const found = useQuery({
    queryKey: ['filing', 'findings', id, language],
    queryFn: () =>
      body(
        api.GET('/filing/records/{id}/findings', {
          params: { path: { id }, query: { lang: language } },
        }),
      ),
  });
  const rows = found.data?.items ?? [];
  const [first] = rows;
  if (!first) return null;
  return (
    <section aria-label={t('check.foundHere')} className="notice is-waiting">
      <strong>{t('check.foundHere')}</strong>{' '}
      <span className="small">
        <Link to={`/natures/${first.check}`}>{t('check.reportTitle')}</Link> · <When at={first.at} />
      </span>
      <ul>
        {rows.map((f) => (
          <li key={`${f.slug} ${f.path} ${f.words}`}>
            {f.words} {f.path !== '' && <span className="code small">{f.path}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
