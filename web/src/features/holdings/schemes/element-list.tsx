import { type ReactNode, useState } from 'react';
import type { FormField } from '../../../api/shapes.ts';
import { useWording } from '../../../wording.tsx';
import { reorder, withArea } from './draft.ts';

/** The elements of a form by area: chosen by a click, ordered by dragging or with the arrows. */
export function ElementList(props: {
  fields: readonly FormField[];
  /** Own elements the level does not use. */
  unused: readonly { key: string; name: string }[];
  changed: ReadonlySet<string>;
  chosen: string | undefined;
  onChoose: (key: string) => void;
  /** None where it may only be looked at. */
  onOrder?: ((order: string[]) => void) | undefined;
}): ReactNode {
  const { t, language } = useWording();
  const { fields, unused, changed, chosen, onChoose, onOrder } = props;
  const [dragged, setDragged] = useState<FormField>();
  const areas = [...new Set(fields.map((f) => f.area))];
  return (
    <div className="stack">
      {areas.map((area) => {
        const of = fields.filter((f) => f.area === area);
        const keys = of.map((f) => f.key);
        const move = (key: string, before: string | null): void =>
          onOrder?.(withArea(fields, area, reorder(keys, key, before)));
        return (
          <section key={area} aria-label={t(`area.${area}`)}>
            <h3 className="fields-title">{t(`area.${area}`)}</h3>
            <ul className="scheme-elements">
              {of.map((field, i) => {
                const name = field.names[language];
                return (
                  <li
                    key={field.key}
                    className={field.key === chosen ? 'is-chosen' : ''}
                    draggable={onOrder !== undefined}
                    title={onOrder && t('schemes.grip', { name })}
                    onDragStart={() => setDragged(field)}
                    onDragEnd={() => setDragged(undefined)}
                    onDragOver={(event) => {
                      if (dragged?.area === area) event.preventDefault();
                    }}
                    onDrop={() => {
                      if (dragged?.area === area && dragged.key !== field.key) move(dragged.key, field.key);
                    }}
                  >
                    <button
                      type="button"
                      className="plain"
                      aria-pressed={field.key === chosen}
                      onClick={() => onChoose(field.key)}
                    >
                      {name}
                    </button>{' '}
                    <span className="small soft">
                      {t(`schemes.obligation.${field.obligation}`)}
                      {field.own && ` · ${t('schemes.ownMark')}`}
                      {changed.has(field.key) && ` · ${t('schemes.changedMark')}`}
                    </span>
                    {onOrder && (
                      <span className="scheme-order">
                        <button
                          type="button"
                          className="plain"
                          disabled={i === 0}
                          aria-label={t('schemes.up', { name })}
                          onClick={() => move(field.key, keys[i - 1] ?? null)}
                        >
                          ↑
                        </button>
                        <button
                          type="button"
                          className="plain"
                          disabled={i === keys.length - 1}
                          aria-label={t('schemes.down', { name })}
                          onClick={() => move(field.key, keys[i + 2] ?? null)}
                        >
                          ↓
                        </button>
                      </span>
                    )}
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
      {unused.length > 0 && (
        <section>
          <h3 className="fields-title">{t('schemes.obligation.unused')}</h3>
          <ul className="scheme-elements">
            {unused.map(({ key, name }) => (
              <li key={key} className={key === chosen ? 'is-chosen' : ''}>
                <button
                  type="button"
                  className="plain"
                  aria-pressed={key === chosen}
                  onClick={() => onChoose(key)}
                >
                  {name}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
