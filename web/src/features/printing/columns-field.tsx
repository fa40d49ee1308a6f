import { Button, Checkbox, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { useWording } from '../../wording.tsx';
import type { FormSettings, PrintForm, Settings } from './queries.ts';

type Column = Settings['columns'][number];
type Key = Column['key'];
const NEW_WIDTH = 20;

/** Which columns a list has, in which order, and how wide each is beside the others. */
export function ColumnsField(props: {
  form: PrintForm;
  known: FormSettings['columns'];
  shown: Settings['columns'];
  onChange: (next: Column[]) => void;
}): ReactNode {
  const { t, word } = useWording();
  const { form, known, shown, onChange } = props;
  const nameOf = (key: Key): string => {
    if (key === 'n') return t('printForm.serial');
    // Papers of a fonds file have files in place of an extent.
    if (key === 'extent' && form === 'fondsFile') return t('fondsFile.files');
    if (key === 'dates') return t('printForm.spanOfDates');
    return word('printForm', key, word('field', key));
  };
  const keys = shown.map((column) => column.key);
  const rest = known.filter((key) => !keys.includes(key));
  const at = (index: number, change: Partial<Column>): void =>
    onChange(shown.map((column, i) => (i === index ? { ...column, ...change } : column)));
  const up = (index: number): void => {
    const next = [...shown];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index - 1, 0, moved);
    onChange(next);
  };
  return (
    <fieldset className="plain print-columns">
      <legend>{t('printing.columns')}</legend>
      <ol>
        {shown.map((column, index) => (
          <li key={column.key}>
            <Checkbox checked onChange={() => onChange(shown.filter((one) => one.key !== column.key))}>
              {nameOf(column.key)}
            </Checkbox>
            <InputNumber
              size="small"
              min={1}
              max={400}
              style={{ width: 68 }}
              aria-label={t('printing.columnWidth', { column: nameOf(column.key) })}
              value={column.width}
              onChange={(width) => width !== null && at(index, { width })}
            />
            <Button
              size="small"
              type="text"
              disabled={index === 0}
              aria-label={t('printing.columnUp', { column: nameOf(column.key) })}
              onClick={() => up(index)}
            >
              ↑
            </Button>
          </li>
        ))}
      </ol>
      <div className="row">
        {rest.map((key) => (
          <Checkbox
            key={key}
            checked={false}
            onChange={() => onChange([...shown, { key, width: NEW_WIDTH }])}
          >
            {nameOf(key)}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}
