import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Scroll } from '../../components/scroll.tsx';
import { Status } from '../../components/small.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { type Category, type FormatsView, RISK_TONES, RISKS, subjectOf } from './queries.ts';
import { type CategorySum, sumsByCategory } from './sums.ts';

/** Holdings by kind of content: how much, at what risk, in what form they should be kept, and what is decided. */
export function Categories(props: {
  view: FormatsView;
  chosen: Category | undefined;
  onChoose: (category: Category | undefined) => void;
  onDecide: ((subject: string) => void) | undefined;
}): ReactNode {
  const { t } = useWording();
  const { view, chosen, onChoose, onDecide } = props;
  const sums = sumsByCategory(view.formats);
  const most = Math.max(1, ...sums.map((s) => s.files));
  if (sums.length === 0) return null;
  return (
    <section aria-labelledby="categories-title">
      <h2 className="fields-title" id="categories-title">
        {t('formats.categories')}
      </h2>
      <p className="row small" aria-hidden="true">
        {RISKS.map((risk) => (
          <span key={risk} className="risk-key">
            <span className={`risk-part is-${risk}`} />{' '}
            {t('formats.riskOf', { risk: t(`format.risk.${risk}`) })}
          </span>
        ))}
      </p>
      <Scroll label={t('formats.categories')}>
        <table className="data wrap" style={{ minWidth: 860 }}>
          <thead>
            <tr>
              <th scope="col" style={{ width: 156 }}>
                {t('formats.category')}
              </th>
              <th scope="col">{t('formats.byRisk')}</th>
              <th scope="col" className="numeric" style={{ width: 80 }}>
                {t('formats.files')}
              </th>
              <th scope="col" className="numeric" style={{ width: 90 }}>
                {t('formats.bytes')}
              </th>
              <th scope="col" style={{ width: 190 }}>
                {t('formats.forms')}
              </th>
              <th scope="col" style={{ width: 150 }}>
                {t('formats.policy')}
              </th>
              {onDecide && (
                <th scope="col" style={{ width: 92 }}>
                  <span className="visually-hidden">{t('formats.decide')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {sums.map((sum) => {
              const { category } = sum;
              const name = t(`format.category.${category}`);
              const decided = view.decisions.find((d) => d.subject === subjectOf(category));
              return (
                <tr key={category} className={category === chosen ? 'current' : undefined}>
                  <td>
                    <Button
                      type="link"
                      size="small"
                      style={{ paddingInline: 0 }}
                      aria-pressed={category === chosen}
                      onClick={() => onChoose(category === chosen ? undefined : category)}
                    >
                      {name}
                    </Button>
                  </td>
                  <td>
                    <RiskBar sum={sum} most={most} />
                  </td>
                  <td className="numeric">{count(sum.files)}</td>
                  <td className="numeric">{bytes(sum.bytes)}</td>
                  <td className="small">{t(`format.forms.${category}`)}</td>
                  <td>
                    {decided?.policy ? (
                      t(`format.policy.${decided.policy}`)
                    ) : (
                      <span className="soft">{t('formats.eachItsOwn')}</span>
                    )}
                    {decided?.risk && (
                      <Status tone={RISK_TONES[decided.risk]}>
                        {t('formats.riskOf', { risk: t(`format.risk.${decided.risk}`) })}
                      </Status>
                    )}
                  </td>
                  {onDecide && (
                    <td>
                      <Button
                        size="small"
                        aria-label={t('formats.decideOn', { what: name })}
                        onClick={() => onDecide(subjectOf(category))}
                      >
                        {t('formats.decide')}
                      </Button>
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

/** Files of a category as a bar, in parts by risk; the words under it say the same. */
function RiskBar({ sum, most }: { sum: CategorySum; most: number }): ReactNode {
  const { t } = useWording();
  const there = RISKS.filter((risk) => sum.byRisk[risk] > 0);
  return (
    <>
      <span
        className="risk-bar"
        aria-hidden="true"
        style={{ width: `${Math.max(2, (100 * sum.files) / most)}%` }}
      >
        {there.map((risk) => (
          <span key={risk} className={`risk-part is-${risk}`} style={{ flexGrow: sum.byRisk[risk] }} />
        ))}
      </span>
      <span className="small soft">
        {there.map((risk) => `${t(`format.risk.${risk}`)} ${count(sum.byRisk[risk])}`).join(' · ')}
      </span>
    </>
  );
}
