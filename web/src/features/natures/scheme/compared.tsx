import type { ReactNode } from 'react';
import { useWording } from '../../../wording.tsx';
import type { Scheme, SchemeItem } from '../queries.ts';

/** Whatever order a database gives the names back in. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder);

interface Difference {
  slug: SchemeItem['slug'];
  before: SchemeItem | undefined;
  after: SchemeItem | undefined;
}

function differences(before: readonly SchemeItem[], after: readonly SchemeItem[]): Difference[] {
  const slugs = new Set([...before, ...after].map((i) => i.slug));
  const of = (items: readonly SchemeItem[], slug: string) => items.find((i) => i.slug === slug);
  const shape = (i: SchemeItem | undefined) =>
    i && [i.severity, i.must, i.sample, i.method ?? null, i.parameters, i.code];
  return [...slugs].flatMap((slug) => {
    const [a, b] = [of(before, slug), of(after, slug)];
    return same(shape(a), shape(b)) ? [] : [{ slug, before: a, after: b }];
  });
}

/** What another version of a scheme changes, item by item. */
export function Compared({
  before,
  after,
}: {
  before: Pick<Scheme, 'items'>;
  after: Pick<Scheme, 'items'>;
}): ReactNode {
  const { t } = useWording();
  const all = differences(before.items, after.items);
  const words = (i: SchemeItem): string[] => [
    t(`check.severity.${i.severity}`),
    t(`check.how.${i.method ?? i.usual ?? 'automatic'}`),
    ...(i.must ? [t('check.must')] : []),
    `${i.sample} %`,
  ];
  return (
    <section aria-label={t('check.compared')}>
      <strong>{t('check.compared')}</strong>
      {all.length === 0 && <p className="soft">{t('check.comparedSame')}</p>}
      <ul>
        {all.map(({ slug, before: a, after: b }) => (
          <li key={slug}>
            {t(`check.item.${slug}`)}: {!a && <span>{t('check.comparedAdded')}</span>}
            {!b && <span>{t('check.comparedGone')}</span>}
            {a && b && (
              <span>
                {same(words(a), words(b)) ? (
                  t('check.comparedTold')
                ) : (
                  <>
                    <del>{words(a).join(' · ')}</del> <ins>{words(b).join(' · ')}</ins>
                  </>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
