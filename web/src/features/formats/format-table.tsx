import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Scroll } from '../../components/scroll.tsx';
import { Status } from '../../components/small.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { type Category, type HeldFormat, RISK_TONES } from './queries.ts';
import { useFormatName } from './words.ts';

/** Each format that is held: figures, risk with its reasons, policy and what it stands on. */
export function FormatTable(props: {
  formats: readonly HeldFormat[];
  category: Category | undefined;
  onCategory: (category: undefined) => void;
  onDecide: (subject: string) => void;
  mayDecide: boolean;
}): ReactNode {
  const { t } = useWording();
  const { formats, category, mayDecide, onDecide } = props;
  const shown = category ? formats.filter((f) => f.category === category) : formats;
  return (
    <section aria-labelledby="formats-title">
      <div className="spread fields-title">
        <h2 id="formats-title">
          {category ? t('formats.heldOf', { category: t(`format.category.${category}`) }) : t('formats.held')}
        </h2>
        {category && (
          <Button type="link" size="small" onClick={() => props.onCategory(undefined)}>
            {t('formats.all')}
          </Button>
        )}
      </div>
      <Scroll label={t('formats.held')}>
        <table className="data wrap" style={{ minWidth: 1100 }}>
          <thead>
            <tr>
              <th scope="col" style={{ width: 190 }}>
                {t('formats.format')}
              </th>
              <th scope="col" style={{ width: 76 }}>
                {t('formats.risk')}
              </th>
              <th scope="col" className="numeric" style={{ width: 70 }}>
                {t('formats.files')}
              </th>
              <th scope="col" className="numeric" style={{ width: 84 }}>
                {t('formats.bytes')}
              </th>
              <th scope="col">{t('formats.why')}</th>
              <th scope="col" style={{ width: 170 }}>
                {t('formats.policy')}
              </th>
              <th scope="col" style={{ width: 150 }}>
                {t('formats.state')}
              </th>
              <th scope="col" style={{ width: 92 }}>
                <span className="visually-hidden">
                  {t(mayDecide ? 'formats.decide' : 'formats.historyShort')}
                </span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((f) => (
              <Row key={f.puid} format={f} mayDecide={mayDecide} onDecide={onDecide} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Row({
  format: f,
  mayDecide,
  onDecide,
}: {
  format: HeldFormat;
  mayDecide: boolean;
  onDecide: (subject: string) => void;
}): ReactNode {
  const { t, word } = useWording();
  const name = useFormatName()(f);
  // What nobody could tell is no format, and nothing is decided on it.
  const known = f.puid !== 'unknown';
  return (
    <tr>
      <td>
        <strong>{name}</strong>
        {known && (
          <span className="small soft block">
            <span className="code">{f.puid}</span> {f.toldAs}
          </span>
        )}
      </td>
      <td>
        <Status tone={RISK_TONES[f.risk]}>{t(`format.risk.${f.risk}`)}</Status>
      </td>
      <td className="numeric">{count(f.files)}</td>
      <td className="numeric">{bytes(f.bytes)}</td>
      <td className="small">{f.why.map((w) => word('format.why', w)).join(t('formats.comma'))}</td>
      <td>
        {t(`format.policy.${f.policy}`)}
        {f.policy !== 'keep' && f.target && ` → ${t(`format.target.${f.target}`)}`}
        <span className="small soft block">{t(`format.ground.${f.by.policy}`)}</span>
      </td>
      <td className="small">
        <Standing format={f} />
      </td>
      <td>
        {known && (
          <Button
            size="small"
            aria-label={t(mayDecide ? 'formats.decideOn' : 'formats.historyOf', { what: name })}
            onClick={() => onDecide(f.puid)}
          >
            {t(mayDecide ? 'formats.decide' : 'formats.historyShort')}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** How far conversion has come. */
function Standing({ format: f }: { format: HeldFormat }): ReactNode {
  const { t } = useWording();
  const lines = [
    ...(f.converted > 0 ? [t('formats.converted', { n: count(f.converted) })] : []),
    ...(f.waiting > 0 ? [t('formats.waiting', { n: count(f.waiting) })] : []),
  ];
  if (lines.length === 0 && f.failed === 0) return <span className="soft">—</span>;
  return (
    <>
      {lines.map((line) => (
        <span key={line} className="block">
          {line}
        </span>
      ))}
      {f.failed > 0 && (
        <a className="block" href="#conversion-failures">
          {t('formats.failed', { n: count(f.failed) })}
        </a>
      )}
      {f.hindrance && <span className="block soft">{t(`format.hindrance.${f.hindrance}`)}</span>}
    </>
  );
}
