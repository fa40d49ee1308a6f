import { Checkbox, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import type { CodeElement } from '../../api/shapes.ts';
import { useWording } from '../../wording.tsx';
import { counts, ELEMENTS, moved, settled } from './code-shape.ts';

/** The elements of a code in their order: separators, digits, what may be left out, and values to try. */
export function CodeElements(props: {
  elements: readonly CodeElement[];
  samples: Readonly<Record<string, string>>;
  onChange: (elements: CodeElement[]) => void;
  onSample: (name: CodeElement['name'], value: string) => void;
}): ReactNode {
  const { t } = useWording();
  const { elements, samples, onChange } = props;
  const put = (at: number, change: Partial<CodeElement>): void =>
    onChange(settled(elements.map((e, i) => (i === at ? { ...e, ...change } : e))));
  const rest = ELEMENTS.filter((name) => !elements.some((e) => e.name === name));
  return (
    <section>
      <h2 className="fields-title">{t('codeTemplates.elements')}</h2>
      <div className="code-elements">
        <table className="data wrap" aria-label={t('codeTemplates.elements')}>
          <thead>
            <tr>
              {(['separator', 'element', 'pad', 'required', 'sample'] as const).map((key) => (
                <th scope="col" key={key} className={key}>
                  {t(`codeTemplates.${key}`)}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">{t('codeTemplates.order')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {elements.map((e, i) => {
              const name = t(`codeElement.${e.name}`);
              const label = (key: 'separator' | 'pad' | 'required' | 'sample'): string =>
                `${t(`codeTemplates.${key}`)}: ${name}`;
              const act = (
                key: 'up' | 'down' | 'remove',
                sign: string,
                off: boolean,
                to: () => CodeElement[],
              ) => (
                <button
                  type="button"
                  className="plain link"
                  disabled={off}
                  aria-label={`${t(`codeTemplates.${key}`)}: ${name}`}
                  title={t(`codeTemplates.${key}`)}
                  onClick={() => onChange(to())}
                >
                  {sign}
                </button>
              );
              return (
                <tr key={e.name}>
                  <td>
                    {i > 0 && (
                      <Select
                        size="small"
                        aria-label={label('separator')}
                        value={e.separatorBefore}
                        onChange={(separatorBefore) => put(i, { separatorBefore })}
                        options={[
                          { value: '-', label: '-' },
                          { value: '·', label: '·' },
                        ]}
                      />
                    )}
                  </td>
                  <td>{name}</td>
                  <td>
                    {counts(e.name) && (
                      <InputNumber
                        size="small"
                        min={0}
                        max={12}
                        aria-label={label('pad')}
                        value={e.pad}
                        onChange={(pad) => put(i, { pad: pad ?? 0 })}
                      />
                    )}
                  </td>
                  <td>
                    <Checkbox
                      aria-label={label('required')}
                      disabled={i === 0}
                      checked={e.required}
                      onChange={(event) => put(i, { required: event.target.checked })}
                    />
                  </td>
                  <td>
                    {samples[e.name] !== undefined && e.name !== 'item' && e.name !== 'page' && (
                      <Input
                        size="small"
                        aria-label={label('sample')}
                        value={samples[e.name]}
                        onChange={(event) => props.onSample(e.name, event.target.value.trim())}
                      />
                    )}
                  </td>
                  <td className="acts">
                    {act('up', '↑', i === 0, () => moved(elements, i, -1))}
                    {act('down', '↓', i === elements.length - 1, () => moved(elements, i, 1))}
                    {act('remove', '×', false, () => settled(elements.filter((_, n) => n !== i)))}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <Select
        size="small"
        style={{ minWidth: 200, marginTop: 8 }}
        placeholder={t('codeTemplates.addElement')}
        aria-label={t('codeTemplates.addElement')}
        value={null}
        onChange={(name: CodeElement['name'] | null) => {
          const added = {
            name,
            separatorBefore: '-' as const,
            pad: name && counts(name) ? 4 : 0,
            required: true,
          };
          if (name) onChange(settled([...elements, { ...added, name }]));
        }}
        options={rest.map((name) => ({ value: name, label: t(`codeElement.${name}`) }))}
      />
    </section>
  );
}
