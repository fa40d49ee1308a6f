import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { fill } from '#kernel/wording/message';
import { api, body } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { recordsPasted } from './pasted-records.ts';
import type { Agency } from './queries.ts';

/** Rows of a spreadsheet as records: what is recognised is said before anything is registered, and all are, or none. */
export function PasteRecords(props: { agency: Agency; year: number; onClose: () => void }): ReactNode {
  const { t, word } = useWording();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const { known, unknown, rows } = recordsPasted(text);
  const hasTitle = known.some((c) => c.field === 'title');
  const { archiveId, agencyId } = props.agency;
  const register = useMutation({
    mutationFn: () =>
      body(api.POST('/filing/records/rows', { body: { archiveId, agencyId, year: props.year, rows } })),
    onSuccess: ({ registered, refused }) => {
      if (refused.length > 0) return;
      for (const key of ['records', 'years']) void queries.invalidateQueries({ queryKey: ['filing', key] });
      message.success(t('filingRecord.pasted', { n: registered }));
      props.onClose();
    },
  });
  const refused = register.data?.refused ?? [];
  const why = (one: (typeof refused)[number]): string =>
    fill(word('error', one.code, one.message), {
      field: word('field', one.field, one.field ?? ''),
      number: one.number ?? '',
    });
  const list = (names: readonly string[]): string => names.join(t('list.comma'));
  return (
    <Drawer title={t('filingRecord.paste')} open onClose={props.onClose} size={620} destroyOnHidden>
      <div className="stack">
        {register.error && <Trouble error={register.error} />}
        <Field label={t('filingRecord.paste')} hint={t('filingRecord.pasteHint')}>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={10}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                register.reset();
              }}
            />
          )}
        </Field>
        {text.trim() !== '' && (
          <div aria-live="polite">
            <p>{t('filingRecord.pasteRead', { n: rows.length })}</p>
            {known.length > 0 && (
              <p>{t('filingRecord.pasteColumns', { columns: list(known.map((c) => c.heading)) })}</p>
            )}
            {unknown.length > 0 && <p>{t('filingRecord.pasteUnknown', { columns: list(unknown) })}</p>}
            {!hasTitle && <p className="notice is-wrong">{t('filingRecord.pasteNoTitle')}</p>}
          </div>
        )}
        {refused.length > 0 && (
          <div className="notice is-wrong" role="alert">
            <p>{t('filingRecord.pasteRefused', { n: refused.length })}</p>
            <ul>
              {refused.slice(0, 20).map((one) => (
                <li key={one.row}>{t('filingRecord.pasteRow', { row: one.row, message: why(one) })}</li>
              ))}
            </ul>
          </div>
        )}
        <div>
          <Button
            type="primary"
            disabled={!hasTitle || rows.length === 0}
            loading={register.isPending}
            onClick={() => register.mutate()}
          >
            {t('filingRecord.pasteAct')}
          </Button>
        </div>
      </div>
    </Drawer>
  );
}
