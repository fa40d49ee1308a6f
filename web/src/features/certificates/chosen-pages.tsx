import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Certificate, Page } from '../../api/shapes.ts';
import { Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { unitPages } from '../holdings/queries.ts';
import { pageText } from '../item/use-hits.ts';

/** The pages a request is about, as pictures and words, so that who approves has seen what is certified. */
export function ChosenPages({ certificate }: { certificate: Certificate }): ReactNode {
  const { t } = useWording();
  const pages = useQuery(unitPages(certificate.unit.id));
  const wanted = new Set(certificate.pages);
  const chosen = pages.data?.items.filter((page) => wanted.has(page.pageNo));
  return (
    <section className="stack chosen-pages" aria-label={t('certificates.chosenPages')}>
      <h2 className="fields-title">{t('certificates.chosenPages')}</h2>
      {pages.error && <Trouble error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isPending && <Loading lines={6} />}
      {chosen?.length === 0 && <p className="notice is-wrong">{t('certificates.pagesGone')}</p>}
      {chosen?.map((page) => (
        <ChosenPage key={page.pageNo} certificate={certificate} page={page} />
      ))}
    </section>
  );
}

/** Wide enough to be read as it lies here; the viewer opens from it for more. */
const WIDTH = 1000;

function ChosenPage({ certificate, page }: { certificate: Certificate; page: Page }): ReactNode {
  const { t } = useWording();
  const label = t('page.n', { n: page.pageNo });
  const readable = page.text.state === 'ready' || page.text.state === 'poor';
  const text = useQuery({
    ...pageText(certificate.unit.id, page.pageNo),
    enabled: readable && (certificate.include !== 'images' || !page.imageService),
  });
  return (
    <figure>
      <figcaption className="row small">
        <span className="grow">{label}</span>
        <Link to={`/units/${certificate.unit.id}?page=${page.pageNo}`}>{t('certificates.openPage')}</Link>
      </figcaption>
      {page.imageService && (
        <img
          src={`${page.imageService}/full/!${WIDTH},${WIDTH * 2}/0/default.jpg`}
          alt={label}
          loading="lazy"
          {...(page.width && page.height ? { width: page.width, height: page.height } : {})}
        />
      )}
      {text.data && (
        <blockquote>
          <p className="small soft">{t('certificates.extractOf', { n: page.pageNo })}</p>
          <p className="extract">{text.data.text}</p>
        </blockquote>
      )}
    </figure>
  );
}
