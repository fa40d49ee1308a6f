import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { CodeElement, CodeTemplate } from '../../api/shapes.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { fondsLabel } from '../../lib/fonds-label.ts';
import { useWording } from '../../wording.tsx';
import { CodeElements } from './code-elements.tsx';
import { CodePreview } from './code-preview.tsx';
import { sampleOf } from './code-shape.ts';
import { CATEGORIES } from './filters.tsx';
import { fondsList } from './queries.ts';
import '../../styles/table.css';
import '../../styles/holdings.css';

const ALL = '';
/** The day here, as the archive's people see it. */
const today = (): string => new Date().toLocaleDateString('sv-SE');

/** A new template, or another in the place of one (`before`) from a day on. */
export function CodeTemplateForm(props: {
  archiveId: string;
  before?: CodeTemplate;
  onClose: () => void;
}): ReactNode {
  const { t, word } = useWording();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { archiveId, before } = props;
  const [start, setStart] = useState<string>();
  const [name, setName] = useState(before?.name ?? '');
  const [fondsId, setFonds] = useState(before?.fonds?.id ?? ALL);
  const [category, setCategory] = useState(before ? (before.category ?? ALL) : 'WS');
  const [validFrom, setFrom] = useState(today);
  const [elements, setElements] = useState<CodeElement[]>(before?.elements ?? []);
  const [samples, setSamples] = useState<Record<string, string>>({});
  const fonds = useQuery(fondsList(archiveId));
  const starts = useQuery({
    queryKey: ['code-template-standards'],
    queryFn: () => body(api.GET('/code-template-standards')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const offered = starts.data?.items ?? [];
  const named = (s: (typeof offered)[number]): string =>
    t('codeTemplates.startName', { category: word('category', s.category), form: word('codeStart', s.key) });
  const begin = (at: string): void => {
    const chosen = offered[Number(at)];
    if (!chosen) return;
    setStart(at);
    setElements(chosen.elements);
    if (!before) setCategory(chosen.category);
    if (!name || offered.some((s) => named(s) === name)) setName(named(chosen));
  };
  const form = { name, fondsId: fondsId || null, category: category || null, elements };
  const year = new Date().getFullYear();
  const values: Record<string, string> = {};
  for (const { name: of, required } of elements)
    if (of !== 'fonds' && of !== 'category') values[of] = samples[of] ?? sampleOf(of, required, year);
  const save = useMutation({
    mutationFn: () =>
      body(
        api.POST('/archives/{archiveId}/code-templates', {
          params: { path: { archiveId } },
          body: { ...form, validFrom },
        }),
      ),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ['code-templates'] });
      void queries.invalidateQueries({ queryKey: ['next-codes'] });
      message.success(t('codeTemplates.saved', { name: made.name }));
      props.onClose();
    },
  });
  return (
    <Drawer
      open
      size={720}
      title={t(before ? 'codeTemplates.change' : 'codeTemplates.add')}
      onClose={props.onClose}
      footer={
        <div className="row">
          <Button
            type="primary"
            disabled={!name.trim() || elements.length === 0 || !validFrom}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {t('act.save')}
          </Button>
          <Button onClick={props.onClose}>{t('act.cancel')}</Button>
        </div>
      }
    >
      <div className="stack">
        {save.error && <Trouble error={save.error} />}
        <div className="fields">
          <Field label={t('codeTemplates.start')} wide>
            {(id) => (
              <Select
                id={id}
                value={start}
                onChange={begin}
                options={offered.map((s, n) => ({ value: String(n), label: named(s) }))}
              />
            )}
          </Field>
          <Field label={t('codeTemplates.name')} needed>
            {(id) => <Input id={id} maxLength={200} value={name} onChange={(e) => setName(e.target.value)} />}
          </Field>
          <Field label={t('codeTemplates.from')} needed hint={t('codeTemplates.fromHint')}>
            {(id) => (
              <Input
                id={id}
                type="date"
                min={today()}
                value={validFrom}
                onChange={(e) => setFrom(e.target.value)}
              />
            )}
          </Field>
          <Field label={t('field.fonds')}>
            {(id) => (
              <Select
                id={id}
                disabled={Boolean(before)}
                showSearch={{ optionFilterProp: 'label' }}
                value={fondsId}
                onChange={setFonds}
                options={[
                  { value: ALL, label: t('codeTemplates.allFonds') },
                  ...(fonds.data?.items ?? []).map((one) => ({ value: one.id, label: fondsLabel(one) })),
                ]}
              />
            )}
          </Field>
          <Field label={t('field.category')}>
            {(id) => (
              <Select
                id={id}
                disabled={Boolean(before)}
                value={category}
                onChange={setCategory}
                options={[
                  { value: ALL, label: t('codeTemplates.allCategories') },
                  ...CATEGORIES.map((code) => ({ value: code, label: word('category', code) })),
                ]}
              />
            )}
          </Field>
        </div>
        {elements.length > 0 && <CodePreview archiveId={archiveId} form={form} values={values} />}
        <CodeElements
          elements={elements}
          samples={values}
          onChange={setElements}
          onSample={(of, value) => setSamples({ ...samples, [of]: value })}
        />
      </div>
    </Drawer>
  );
}
