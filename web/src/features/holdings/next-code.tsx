import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import type { CodeElement } from '../../api/shapes.ts';
import { Code } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import type { UnitText } from './unit-values.ts';

/** Elements of a code that the form has fields for, and those that are asked beside the number. */
const FIELDS = { category: 'category', year: 'year', retention: 'retention', department: 'dept' } as const;
const ASKED = ['class2', 'class3', 'class4', 'project', 'catalogue', 'volume', 'group'] as const;
type Asked = (typeof ASKED)[number];

const isAsked = (name: string): name is Asked => ASKED.some((one) => one === name);
const keyOf = (name: Asked): string => `code.${name}`;

/** Whether a field of the form is part of the code alone. */
export const isCodeField = (field: string): boolean => field.startsWith('code.');

/** What the form says of the elements of the code. */
export function codeValues(text: UnitText): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [element, field] of Object.entries(FIELDS)) if (text[field]) values[element] = text[field];
  for (const name of ASKED) if (text[keyOf(name)]) values[name] = text[keyOf(name)] ?? '';
  return values;
}

/** The number a new entry would get, and the elements it takes that the form does not ask elsewhere. */
export function NextCode(props: {
  fondsId: string;
  parentId: string;
  level: 'file' | 'item';
  text: UnitText;
  values: Readonly<Record<string, string>>;
  onChange: (text: UnitText) => void;
}): ReactNode {
  const { t, word } = useWording();
  const { fondsId, parentId, level, text, values, onChange } = props;
  const next = useQuery({
    queryKey: ['next-codes', fondsId, parentId, level, values],
    queryFn: () =>
      body(
        api.GET('/fonds/{id}/next-codes', {
          params: {
            path: { id: fondsId },
            query: { level, ...(parentId && { parent: parentId }), ...values },
          },
        }),
      ),
    enabled: fondsId !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });
  const told = next.data;
  // The last is the running number itself. The standard's optional classes are rarely used; an archive's own are meant.
  const before = told?.elements.slice(0, -1) ?? [];
  const asked = before.filter(
    (e: CodeElement) =>
      isAsked(e.name) &&
      (told?.lacking === e.name || text[keyOf(e.name)] || (told?.template.own && !e.required)),
  );
  const input = (label: string, field: string): ReactNode => (
    <Input
      key={field}
      size="small"
      style={{ width: 120 }}
      placeholder={label}
      aria-label={label}
      value={text[field] ?? ''}
      onChange={(event) => onChange({ ...text, [field]: event.target.value.trim() })}
    />
  );
  return (
    <span className="row" aria-live="polite">
      {before.some((e) => e.name === 'department') && input(t('field.dept'), 'dept')}
      {asked.map(({ name }) => isAsked(name) && input(word('codeElement', name), keyOf(name)))}
      {told?.codes[0] && (
        <span>
          {t('unitForm.nextCode')}
          <Code value={told.codes[0]} />
        </span>
      )}
      {told?.lacking && (
        <span className="small soft">
          {t(told.why === 'bad' ? 'codeTemplates.bad' : 'codeTemplates.lacking', {
            element: word('codeElement', told.lacking),
          })}
        </span>
      )}
      <span className="small soft">
        {told?.template.own
          ? t('unitForm.nextCodeBy', { name: told.template.name })
          : t(told ? 'unitForm.nextCodeByStandard' : 'unitForm.codeLater')}
      </span>
    </span>
  );
}
