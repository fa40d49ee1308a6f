import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { Fragment, type ReactNode, useId, useState } from 'react';
import { api, body } from '../../../api/client.ts';
import { Scroll } from '../../../components/scroll.tsx';
import { Status } from '../../../components/small.tsx';
import { Trouble } from '../../../components/trouble.tsx';
import { useWording } from '../../../wording.tsx';
import { type Scheme, type SchemeItem, SEVERITIES } from '../queries.ts';
import { Compared } from './compared.tsx';
import { ItemParameters, isTold } from './parameters.tsx';

const METHODS = ['automatic', 'confirmed', 'manual'] as const;

/** What is proposed for: a stage of an archive, of records of a category, in packages of a kind. */
export interface Fit {
  category: string | null;
  profile: string | null;
}

/** What a scheme has looked at, and the writing of another version of it. @param fit what the new version is for */
export function SchemeTable({
  archiveId,
  scheme,
  fit,
  mayPropose,
}: {
  archiveId: string;
  scheme: Scheme;
  fit: Fit;
  mayPropose: boolean;
}): ReactNode {
  const { t, word } = useWording();
  const queries = useQueryClient();
  const [items, setItems] = useState<SchemeItem[]>();
  const [off, setOff] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  const label = useId();
  const kept = (items ?? scheme.items).filter((i) => !off.has(i.slug));
  const propose = useMutation({
    mutationFn: () =>
      body(
        api.POST('/archives/{archiveId}/check-schemes', {
          params: { path: { archiveId } },
          body: { stage: scheme.stage, ...fit, items: kept, reason: reason.trim() },
        }),
      ),
    onSuccess: () => {
      setItems(undefined);
      return queries.invalidateQueries({ queryKey: ['natures', 'schemes'] });
    },
  });
  const set = (slug: string, change: Partial<SchemeItem>): void =>
    setItems((items ?? scheme.items).map((i) => (i.slug === slug ? { ...i, ...change } : i)));
  const name = [
    scheme.category ? word('category', scheme.category) : t('check.anyCategory'),
    scheme.profile ? word('examination.kind', scheme.profile) : t('check.anyProfile'),
  ].join(' · ');
  return (
    <section aria-label={name}>
      <h2>{name}</h2>
      <p>
        <Status tone="done">
          {scheme.version === 0
            ? t('check.schemeShipped')
            : t('check.schemeVersion', { name: t('check.inForce'), n: scheme.version })}
        </Status>{' '}
        {mayPropose && !items && (
          <Button size="small" onClick={() => setItems([...scheme.items])}>
            {t('check.newVersion')}
          </Button>
        )}
      </p>
      <Scroll label={t('check.schemes')}>
        <table className="data wrap natures-scheme">
          <thead>
            <tr>
              {items && <th>{t('check.ticked')}</th>}
              <th>{t('check.code')}</th>
              <th>{t('check.item')}</th>
              <th>{t('check.mode')}</th>
              <th>{t('check.severity')}</th>
              <th>{t('check.must')}</th>
              <th className="number">{t('check.sample')}</th>
            </tr>
          </thead>
          <tbody>
            {(items ?? scheme.items).map((item) => (
              <Fragment key={item.slug}>
                {items ? (
                  <EditedRow
                    item={item}
                    isOff={off.has(item.slug)}
                    onChange={(change) => set(item.slug, change)}
                    onTick={(on) => {
                      const left = new Set(off);
                      if (on) left.delete(item.slug);
                      else left.add(item.slug);
                      setOff(left);
                    }}
                  />
                ) : (
                  <Row item={item} />
                )}
                {items && isTold(item.slug) && !off.has(item.slug) && (
                  <tr className="natures-told">
                    <td colSpan={2} />
                    <td colSpan={5}>
                      <fieldset>
                        <legend className="small soft">{t('check.told')}</legend>
                        <ItemParameters
                          slug={item.slug}
                          value={item.parameters}
                          onChange={(parameters) => set(item.slug, { parameters })}
                        />
                      </fieldset>
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      </Scroll>
      {items && (
        <div className="natures-form">
          <Compared before={scheme} after={{ items: kept }} />
          <label htmlFor={label}>{t('check.reasonForChange')}</label>
          <Input.TextArea
            id={label}
            rows={2}
            maxLength={2_000}
            value={reason}
            onChange={(e) => setReason(e.target.value)}
          />
          <div className="row">
            <Button
              type="primary"
              disabled={reason.trim() === '' || kept.length === 0}
              loading={propose.isPending}
              onClick={() => propose.mutate()}
            >
              {t('check.propose')}
            </Button>
            <Button onClick={() => setItems(undefined)}>{t('act.cancel')}</Button>
          </div>
          {propose.error && <Trouble error={propose.error} />}
        </div>
      )}
    </section>
  );
}

function Row({ item }: { item: SchemeItem }): ReactNode {
  const { t } = useWording();
  return (
    <tr>
      <td className="code">{item.code ?? ''}</td>
      <td>{t(`check.item.${item.slug}`)}</td>
      <td>{t(`check.how.${item.method ?? item.usual ?? 'automatic'}`)}</td>
      <td>{t(`check.severity.${item.severity}`)}</td>
      <td>{item.must && '✓'}</td>
      <td className="number">{item.sample}</td>
    </tr>
  );
}

function EditedRow(props: {
  item: SchemeItem;
  isOff: boolean;
  onChange(change: Partial<SchemeItem>): void;
  onTick(on: boolean): void;
}): ReactNode {
  const { t } = useWording();
  const { item, onChange } = props;
  const called = t(`check.item.${item.slug}`);
  const method = item.method ?? item.usual ?? 'automatic';
  // What only a person can see no machine does.
  const methods = item.usual === 'manual' ? (['manual'] as const) : METHODS;
  return (
    <tr className={props.isOff ? 'soft' : ''}>
      <td>
        <Checkbox
          aria-label={`${called}: ${t('check.ticked')}`}
          checked={!props.isOff}
          onChange={(e) => props.onTick(e.target.checked)}
        />
      </td>
      <td className="code">{item.code ?? ''}</td>
      <td>{called}</td>
      <td>
        <Select
          size="small"
          aria-label={`${called}: ${t('check.mode')}`}
          disabled={item.usual === 'manual'}
          value={method}
          onChange={(to) => onChange({ method: to, ...(to === 'manual' ? { must: false } : {}) })}
          options={methods.map((value) => ({ value, label: t(`check.how.${value}`) }))}
        />
      </td>
      <td>
        <Select
          size="small"
          aria-label={`${called}: ${t('check.severity')}`}
          value={item.severity}
          onChange={(severity) => onChange({ severity })}
          options={SEVERITIES.map((value) => ({ value, label: t(`check.severity.${value}`) }))}
        />
      </td>
      <td>
        <Checkbox
          aria-label={`${called}: ${t('check.must')}`}
          checked={item.must}
          disabled={method === 'manual'}
          onChange={(e) => onChange({ must: e.target.checked })}
        />
      </td>
      <td className="number">
        <InputNumber
          size="small"
          min={0}
          max={100}
          aria-label={`${called}: ${t('check.sample')}`}
          value={item.sample}
          onChange={(sample) => onChange({ sample: sample ?? 100 })}
        />
      </td>
    </tr>
  );
}
