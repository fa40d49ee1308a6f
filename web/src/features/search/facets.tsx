import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Facet, FacetName } from '../../api/shapes.ts';
import { count } from '../../lib/format.ts';
import { useWording, type Wording } from '../../wording.tsx';
import { FACETS } from './search.tsx';

type Change = (change: Record<string, string | undefined>) => void;
const SHOWN = 8;

/** Ways to narrow the answer. A chosen value can be taken back in the same place. */
export function Facets(props: {
  facets: Partial<Record<FacetName, Facet[]>> | undefined;
  exact: boolean;
  chosen: Partial<Record<string, string>>;
  onChange: Change;
}): ReactNode {
  const { t } = useWording();
  return (
    <>
      {FACETS.map((name) => (
        <OneFacet key={name} {...props} name={name} values={props.facets?.[name] ?? []} />
      ))}
      <Years chosen={props.chosen} onChange={props.onChange} />
      {!props.exact && <p className="small soft">{t('search.facetsAbout')}</p>}
    </>
  );
}

function labelOf(name: FacetName, facet: Facet, { word }: Wording): string {
  if (name === 'category') return word('category', facet.value, facet.label ?? facet.value);
  if (name === 'retention') return word('retention', facet.value, facet.label ?? facet.value);
  if (name === 'access') return word('access', facet.value, facet.label ?? facet.value);
  // A fonds without a name of its own is labelled with its number twice.
  const { label, value } = facet;
  return !label || label === `${value} ${value}` ? value : label;
}

function OneFacet(props: {
  name: FacetName;
  values: readonly Facet[];
  chosen: Partial<Record<string, string>>;
  onChange: Change;
}): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const { name } = props;
  const [all, setAll] = useState(false);
  // A year is asked for as a period of one year.
  const year = props.chosen.from === props.chosen.to ? props.chosen.from : undefined;
  const chosen = name === 'year' ? year : props.chosen[name];
  const choose = (value: string | undefined): void =>
    props.onChange(name === 'year' ? { from: value, to: value } : { [name]: value });
  const values = props.values.filter((value) => value.count > 0 || value.value === chosen);
  if (values.length === 0 && !chosen) return null;
  const shown = all ? values : values.slice(0, SHOWN);
  return (
    <section>
      <h2>{t(name === 'access' ? 'field.accessStatus' : `field.${name}`)}</h2>
      <ul>
        {chosen && !shown.some((value) => value.value === chosen) && (
          <li>
            <button type="button" className="plain facet" aria-pressed onClick={() => choose(undefined)}>
              <span className="clip">✕ {chosen}</span>
            </button>
          </li>
        )}
        {shown.map((value) => {
          const on = value.value === chosen;
          const label = labelOf(name, value, wording);
          return (
            <li key={value.value}>
              <button
                type="button"
                className="plain facet"
                aria-pressed={on}
                title={label}
                onClick={() => choose(on ? undefined : value.value)}
              >
                <span className="clip">
                  {on && '✕ '}
                  {label}
                </span>
                <span className="small soft">{count(value.count)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {values.length > SHOWN && (
        <button type="button" className="plain small soft" onClick={() => setAll(!all)}>
          {all ? t('search.fewer') : t('search.more', { n: values.length - SHOWN })}
        </button>
      )}
    </section>
  );
}

function Years({
  chosen,
  onChange,
}: {
  chosen: Partial<Record<string, string>>;
  onChange: Change;
}): ReactNode {
  const { t } = useWording();
  const [from, setFrom] = useState(chosen.from ?? '');
  const [to, setTo] = useState(chosen.to ?? '');
  return (
    <section>
      <h2>{t('search.period')}</h2>
      <form
        className="row"
        style={{ flexWrap: 'nowrap', gap: 4 }}
        onSubmit={(event) => {
          event.preventDefault();
          onChange({ from, to });
        }}
      >
        <Input
          size="small"
          maxLength={8}
          aria-label={t('search.from')}
          placeholder={t('search.from')}
          value={from}
          onChange={(e) => setFrom(e.target.value.replace(/\D/g, ''))}
        />
        –
        <Input
          size="small"
          maxLength={8}
          aria-label={t('search.to')}
          placeholder={t('search.to')}
          value={to}
          onChange={(e) => setTo(e.target.value.replace(/\D/g, ''))}
        />
        <Button size="small" htmlType="submit">
          {t('search.apply')}
        </Button>
      </form>
    </section>
  );
}
