import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { Options } from './options.tsx';
import type { CatalogueImport, ImportColumn, ImportOptions, ImportSheet } from './shapes.ts';
import { type Sureness, sureness, twice } from './sureness.ts';

/** The sheet as it is, each column with what it was taken for and how surely; one select corrects it. */
export function Mapping({ one, onChecking }: { one: CatalogueImport; onChecking: () => void }): ReactNode {
  const { t, language } = useWording();
  const [sheets, setSheets] = useState<ImportSheet[]>(one.sheets);
  const [options, setOptions] = useState<ImportOptions>(one.options);
  const [profile, setProfile] = useState('');
  const fields = useQuery({
    queryKey: ['import-fields'],
    queryFn: () => body(api.GET('/import-fields')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const check = useMutation({
    mutationFn: async () => {
      await body(
        api.PUT('/imports/{id}/mapping', {
          params: { path: { id: one.id } },
          body: {
            sheets: sheets.map(({ name, use, headerRow, columns }) => ({
              name,
              use,
              headerRow,
              columns: columns.map(({ index, field }) => ({ index, field })),
            })),
            options,
            ...(profile.trim() && { saveProfileAs: profile.trim() }),
          },
        }),
      );
      return body(api.POST('/imports/{id}/check', { params: { path: { id: one.id } } }));
    },
    onSuccess: onChecking,
  });
  const choices = (fields.data?.items ?? []).map((field) => ({
    value: field.field,
    label: [field.labels[language], field.code].filter(Boolean).join(' '),
  }));
  const put = (name: string, change: (sheet: ImportSheet) => ImportSheet): void =>
    setSheets(sheets.map((sheet) => (sheet.name === name ? change(sheet) : sheet)));
  const used = sheets.filter((sheet) => sheet.use);
  const titled = used.every((sheet) => sheet.columns.some((column) => column.field === 'title'));
  return (
    <div className="stack">
      {check.error && <Trouble error={check.error} />}
      {fields.error && <Trouble error={fields.error} retry={() => void fields.refetch()} />}
      <p className="soft">{t('imports.mappingText')}</p>
      <Tabs
        size="small"
        items={sheets.map((sheet) => ({
          key: sheet.name,
          label: `${sheet.name || one.fileName} · ${t(sheet.rowsIsExact ? 'imports.rowsCount' : 'imports.rowsAbout', { n: sheet.rows })}`,
          children: (
            <SheetMapping
              sheet={sheet}
              choices={choices}
              onUse={(use) => put(sheet.name, (now) => ({ ...now, use }))}
              onField={(index, field) =>
                put(sheet.name, (now) => ({
                  ...now,
                  columns: now.columns.map((column) =>
                    column.index === index ? { ...column, field, confidence: 1 } : column,
                  ),
                }))
              }
            />
          ),
        }))}
      />
      <Options options={options} onOptions={setOptions} />
      <div className="fields" style={{ maxWidth: 860 }}>
        <Field
          label={t('imports.profile')}
          hint={one.profile ? t('imports.profileUsed', { name: one.profile }) : t('imports.profileHint')}
        >
          {(id) => <Input id={id} value={profile} onChange={(event) => setProfile(event.target.value)} />}
        </Field>
      </div>
      {!titled && <p className="notice is-waiting">{t('error.import.noTitle')}</p>}
      <div>
        <Button
          type="primary"
          disabled={!titled || used.length === 0}
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          {t('imports.check')}
        </Button>
      </div>
    </div>
  );
}

/** More columns than these are not shown at once when some of them say nothing. */
const CROWDED = 20;
const SAMPLE = 40;

const clip = (text: string): string => (text.length > SAMPLE ? `${text.slice(0, SAMPLE)}…` : text);

function SheetMapping(props: {
  sheet: ImportSheet;
  choices: { value: string; label: string }[];
  onUse: (use: boolean) => void;
  onField: (index: number, field: string | null) => void;
}): ReactNode {
  const { t } = useWording();
  const { sheet } = props;
  const [whole, setWhole] = useState(false);
  // Formats with a column for everything have many that say nothing here.
  const filled = sheet.columns.filter((column) => column.samples.length > 0);
  const crowded = sheet.columns.length > CROWDED && filled.length > 0 && filled.length < sheet.columns.length;
  const columns = crowded && !whole ? filled : sheet.columns;
  const unmapped = columns.filter((column) => column.field === null);
  const doubled = twice(sheet.columns);
  return (
    <div className="stack">
      <Checkbox checked={sheet.use} onChange={(event) => props.onUse(event.target.checked)}>
        {t('imports.useSheet')}
      </Checkbox>
      {sheet.use && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className="sheet-scroll" tabIndex={0} aria-label={sheet.name}>
            <table className="sheet">
              <thead>
                <tr>
                  {columns.map((column) => (
                    <ColumnHead
                      key={column.index}
                      column={column}
                      choices={props.choices}
                      doubled={doubled.has(column.field ?? '')}
                      onField={props.onField}
                    />
                  ))}
                </tr>
              </thead>
              <tbody>
                {sheet.sample.slice(sheet.headerRow).map((row, n) => (
                  <tr key={`row-${n.toString()}`}>
                    {columns.map((column) => (
                      <td
                        key={column.index}
                        className={column.field ? undefined : 'unmapped'}
                        title={row[column.index] ?? ''}
                      >
                        {row[column.index] ?? ''}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {crowded && (
            <div>
              <Button size="small" onClick={() => setWhole(!whole)}>
                {whole
                  ? t('imports.onlyFilled')
                  : t('imports.emptyColumns', { n: sheet.columns.length - filled.length })}
              </Button>
            </div>
          )}
          {unmapped.length > 0 && (
            <section className="notice">
              <strong>{t('imports.unmapped', { n: unmapped.length })}</strong>
              <ul>
                {unmapped.map((column) => (
                  <li key={column.index} className="small">
                    {column.heading || t('imports.noHeading', { n: column.index + 1 })}
                    {column.samples.length > 0 && (
                      <span className="soft">：{column.samples.slice(0, 3).map(clip).join(' / ')}</span>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </div>
  );
}

const SIGNS: Record<Sureness, string> = { sure: '●', doubtful: '◐', none: '○' };

function ColumnHead(props: {
  column: ImportColumn;
  choices: { value: string; label: string }[];
  doubled: boolean;
  onField: (index: number, field: string | null) => void;
}): ReactNode {
  const { t } = useWording();
  const { column } = props;
  const sure = sureness(column);
  const heading = column.heading || t('imports.noHeading', { n: column.index + 1 });
  return (
    <th scope="col" className={`column ${sure}`}>
      <div className="clip heading" title={heading}>
        {heading}
      </div>
      <Select
        size="small"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('imports.fieldFor', { heading })}
        style={{ width: '100%' }}
        popupMatchSelectWidth={false}
        placeholder={t('imports.leaveOut')}
        value={column.field}
        onChange={(field: string | null | undefined) => props.onField(column.index, field ?? null)}
        options={props.choices}
      />
      <div className="sure">
        <span aria-hidden="true">{SIGNS[sure]}</span> {t(`imports.sure.${sure}`)}
        {sure === 'doubtful' && ` ${Math.round(column.confidence * 100)}%`}
        {props.doubled && <span className="doubled"> · {t('imports.twice')}</span>}
      </div>
    </th>
  );
}
