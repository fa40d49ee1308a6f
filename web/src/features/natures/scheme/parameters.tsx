import { Button, Checkbox, InputNumber, Select } from 'antd';
import { type ReactNode, useId } from 'react';
import { Field } from '../../../components/small.tsx';
import { useWording } from '../../../wording.tsx';
import type { SchemeItem } from '../queries.ts';
import { FieldChanges } from './field-changes.tsx';

type Parameters = SchemeItem['parameters'];
type Slug = SchemeItem['slug'];

/** Fields that may not repeat together, and the like: those every category has. */
const FIELDS = [
  'referenceCode',
  'title',
  'creator',
  'date',
  'docNo',
  'retention',
  'year',
  'dept',
  'itemNo',
] as const;

/** Items that are told something by the scheme. */
const TOLD: ReadonlySet<Slug> = new Set<Slug>([
  'fixity-valid',
  'md-length',
  'md-required',
  'md-duplicate',
  'process-md',
  'md-sequence',
  'content-complete',
  'content-readable',
  'format-allowed',
  'av-installed',
  'backup-restore',
]);
export const isTold = (slug: Slug): boolean => TOLD.has(slug);

const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** What an item is told, each in a field of its kind. */
export function ItemParameters(props: {
  slug: Slug;
  value: Parameters;
  onChange(value: Parameters): void;
}): ReactNode {
  const { t } = useWording();
  const { slug, value } = props;
  const set = (name: string, to: unknown): void => {
    const { [name]: _, ...rest } = value;
    props.onChange(to === undefined || to === null ? rest : { ...rest, [name]: to });
  };
  const number = (name: 'open' | 'mostDays' | 'from', most: number): ReactNode => (
    <Field label={t(`check.parameter.${name}`)}>
      {(id) => (
        <InputNumber
          id={id}
          min={name === 'mostDays' ? 1 : 0}
          max={most}
          value={numberOf(value[name])}
          onChange={(n) => set(name, n)}
        />
      )}
    </Field>
  );
  const words = (name: 'acts' | 'formats' | 'besides'): ReactNode => (
    <Field label={t(`check.parameter.${name}`)} hint={t('check.parameter.listHint')}>
      {(id) => (
        <Select
          id={id}
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', '，', ' ']}
          value={listOf(value[name])}
          onChange={(list: string[]) => set(name, list)}
        />
      )}
    </Field>
  );
  switch (slug) {
    case 'fixity-valid':
      return (
        <>
          {(['demandDigest', 'demandSignature', 'demandTrust'] as const).map((name) => (
            <div key={name}>
              <Checkbox
                checked={value[name] === true}
                onChange={(e) => set(name, e.target.checked || undefined)}
              >
                {t(`check.parameter.${name}`)}
              </Checkbox>
            </div>
          ))}
        </>
      );
    case 'md-length':
    case 'md-required':
      return (
        <FieldChanges
          what={slug === 'md-length' ? 'maxLength' : 'obligation'}
          value={value.fields}
          onChange={(fields) => set('fields', fields)}
        />
      );
    case 'md-duplicate':
      return <Keys value={value.keys} onChange={(keys) => set('keys', keys)} />;
    case 'process-md':
      return words('acts');
    case 'md-sequence':
      return number('from', 1_000_000);
    case 'content-complete':
    case 'content-readable':
      return number('open', 100);
    case 'format-allowed':
      return (
        <>
          {words('formats')}
          {words('besides')}
        </>
      );
    case 'av-installed':
    case 'backup-restore':
      return number('mostDays', 10_000);
    default:
      return null;
  }
}

/** Sets of fields of which each may stand once. */
function Keys(props: { value: unknown; onChange(value: string[][]): void }): ReactNode {
  const { t } = useWording();
  const sets = Array.isArray(props.value) ? props.value.map(listOf) : [];
  const name = useId();
  const change = (n: number, to: string[]): void =>
    props.onChange(sets.map((one, i) => (i === n ? to : one)).filter((one) => one.length > 0));
  return (
    <>
      {sets.map((fields, n) => (
        <div key={`${name} ${fields.join(' ')}`}>
          <Select
            mode="multiple"
            aria-label={t('check.parameter.keys', { n: n + 1 })}
            className="natures-keys"
            value={fields}
            onChange={(to: string[]) => change(n, to)}
            options={FIELDS.map((value) => ({ value: value as string, label: t(`field.${value}`) }))}
          />
        </div>
      ))}
      <Button size="small" onClick={() => props.onChange([...sets, ['title']])} disabled={sets.length >= 10}>
        {t('check.parameter.addKey')}
      </Button>
    </>
  );
}
