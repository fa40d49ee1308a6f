import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import { Status, When } from '../../components/small.tsx';
import { count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { ThingLink } from '../preservation/thing-name.tsx';
import { MEDIA, type Medium, type MediumDetail } from './queries.ts';

const MOST_FINDINGS = 10;

/** Tests of a medium, the newest first, with what each found; and what it lost by them. */
export function Tests({ medium, tests }: { medium: Medium; tests: MediumDetail['tests'] }): ReactNode {
  const { t, word } = useWording();
  return (
    <section aria-labelledby="tests-title">
      <h2 className="fields-title" id="tests-title">
        {t('media.tests')}
      </h2>
      {tests.length === 0 && <p className="soft">{t('media.testsNone')}</p>}
      <ul className="history">
        {tests.map((test) => (
          <li key={test.id}>
            <Status tone={test.outcome === 'passed' ? 'done' : 'wrong'}>
              {t(`media.outcome.${test.outcome}`)}
            </Status>{' '}
            {t(test.scope === 'all' ? 'media.testedAll' : 'media.testedSample', { n: count(test.files) })}
            {test.bad > 0 && <> {t('media.testBad', { n: test.bad })}</>}
            <span className="small soft">
              {test.by} · <When at={test.at} />
            </span>
            {test.findings.length > 0 && (
              <ul className="plain-list small">
                {test.findings.slice(0, MOST_FINDINGS).map((finding) => (
                  <li key={finding.path}>
                    <span className="code store-place">{finding.path}</span>{' '}
                    {word('media.finding', finding.code)}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      {tests.some(({ bad }) => bad > 0) && <Losses id={medium.id} />}
    </section>
  );
}

/** Objects that have one off-line copy fewer since a test failed. */
function Losses({ id }: { id: string }): ReactNode {
  const { t } = useWording();
  const losses = useQuery({
    queryKey: [...MEDIA, 'losses', id],
    queryFn: () =>
      body(api.GET('/preservation/media/{id}/losses', { params: { path: { id }, query: { limit: 20 } } })),
  });
  if (!losses.data || losses.data.items.length === 0) return null;
  return (
    <div className="notice is-wrong">
      <strong>{t('media.losses')}</strong>
      <ul className="plain-list">
        {losses.data.items.map((objectId) => (
          <li key={objectId}>
            <ThingLink objectId={objectId} unitId={/^urn:uuid:(.+)$/.exec(objectId)?.[1] ?? null} />
          </li>
        ))}
        {losses.data.next && <li className="soft">…</li>}
      </ul>
    </div>
  );
}

/** Where it was and went, the newest first. */
export function Moves({ moves }: { moves: MediumDetail['moves'] }): ReactNode {
  const { t } = useWording();
  if (moves.length === 0) return null;
  return (
    <section aria-labelledby="moves-title">
      <h2 className="fields-title" id="moves-title">
        {t('media.moves')}
      </h2>
      <ul className="history">
        {moves.map((move) => (
          <li key={move.id}>
            {move.from
              ? t('media.moved', { from: move.from, to: move.to })
              : t('media.placed', { to: move.to })}
            <span className="small soft">
              {move.reason} · {move.by} · <When at={move.at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
