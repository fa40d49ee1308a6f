import { Button, Drawer, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { Field } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import type { Line } from './queries.ts';

export type LineDraft = Omit<Line, 'key' | 'templateKey'> & {
  key: string | null;
  templateKey: string | null;
};

/** One line of a schedule that is worked on. Written into the list, which is saved as a whole. */
export function LineForm(props: {
  line: LineDraft;
  onWrite: (line: LineDraft) => void;
  onRemove?: () => void;
  onMove?: (by: -1 | 1) => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useWording();
  const [line, setLine] = useState(props.line);
  const [keywords, setKeywords] = useState(props.line.keywords.join(' '));
  const text = (
    field:
      | 'number'
      | 'classCode'
      | 'className'
      | 'category'
      | 'matter'
      | 'retention'
      | 'department'
      | 'due'
      | 'note',
    label: string,
    more: { hint?: string; needed?: boolean; rows?: number } = {},
  ): ReactNode => (
    <Field label={label} hint={more.hint} needed={more.needed ?? false}>
      {(id) =>
        more.rows ? (
          <Input.TextArea
            id={id}
            rows={more.rows}
            value={line[field] ?? ''}
            onChange={(event) => setLine({ ...line, [field]: event.target.value })}
          />
        ) : (
          <Input
            id={id}
            value={line[field] ?? ''}
            onChange={(event) => setLine({ ...line, [field]: event.target.value })}
          />
        )
      }
    </Field>
  );
  return (
    <Drawer title={t('schedule.editLine')} open onClose={props.onClose} size={460} destroyOnHidden>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          props.onWrite({ ...line, keywords: keywords.split(/[\s、，,;；]+/u).filter(Boolean) });
        }}
      >
        {text('matter', t('schedule.matter'), { needed: true, rows: 3 })}
        {text('retention', t('schedule.retention'), { needed: true, hint: t('schedule.retentionHint') })}
        {text('className', t('schedule.className'))}
        {text('classCode', t('schedule.classCode'), { hint: t('schedule.classHint') })}
        {text('number', t('schedule.number'))}
        {text('category', t('schedule.category'))}
        <Field label={t('schedule.keywords')} hint={t('schedule.keywordsHint')}>
          {(id) => <Input id={id} value={keywords} onChange={(event) => setKeywords(event.target.value)} />}
        </Field>
        {text('department', t('schedule.department'))}
        {text('due', t('schedule.due'))}
        {text('note', t('schedule.lineNote'), { rows: 2 })}
        <div className="row">
          <Button
            htmlType="submit"
            type="primary"
            disabled={line.matter.trim() === '' || line.retention.trim() === ''}
          >
            {t('schedule.lineDone')}
          </Button>
          {props.onMove && (
            <>
              <Button onClick={() => props.onMove?.(-1)}>{t('schedule.up')}</Button>
              <Button onClick={() => props.onMove?.(1)}>{t('schedule.down')}</Button>
            </>
          )}
          {props.onRemove && (
            <Button danger onClick={props.onRemove}>
              {t('schedule.removeLine')}
            </Button>
          )}
        </div>
      </form>
    </Drawer>
  );
}
