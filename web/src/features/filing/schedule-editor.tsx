import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { type LineDraft, LineForm } from './line-form.tsx';
import { linesPasted } from './pasted-lines.ts';
import type { ScheduleWithLines } from './queries.ts';
import { ScheduleLines } from './schedule-lines.tsx';

const EMPTY: LineDraft = {
  key: null,
  number: '',
  classCode: '',
  className: '',
  category: 'WS',
  matter: '',
  retention: '',
  keywords: [],
  department: null,
  due: null,
  note: null,
  templateKey: null,
};

/** The lines of a schedule that is worked on: changed here, and saved as a whole. */
export function ScheduleEditor({
  schedule: s,
  onEnd,
}: {
  schedule: ScheduleWithLines;
  onEnd: () => void;
}): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [title, setTitle] = useState(s.title);
  const [lines, setLines] = useState<readonly LineDraft[]>(s.lines);
  const [at, setAt] = useState<number>();
  const [pasting, setPasting] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      body(
        api.PUT('/filing/schedules/{id}/lines', {
          params: { path: { id: s.id } },
          body: { version: s.version, title: title.trim(), lines: lines.map((l) => ({ ...l })) },
        }),
      ),
    onSuccess: (saved) => {
      queries.setQueryData(['filing', 'schedule', s.id], saved);
      void queries.invalidateQueries({ queryKey: ['filing', 'schedules'] });
      message.success(t('schedule.saved'));
      onEnd();
    },
  });
  const put = (index: number, line: LineDraft): void => {
    setLines(index < lines.length ? lines.map((l, i) => (i === index ? line : l)) : [...lines, line]);
    setAt(undefined);
  };
  const move = (index: number, by: -1 | 1): void => {
    const to = index + by;
    if (to < 0 || to >= lines.length) return;
    const next = [...lines];
    const [one] = next.splice(index, 1);
    if (one) next.splice(to, 0, one);
    setLines(next);
    setAt(to);
  };
  const last = lines.at(-1);
  return (
    <section aria-label={t('schedule.edit')} className="stack">
      <p className="notice is-waiting" role="status">
        {t('schedule.editing')}
      </p>
      {save.error && <Trouble error={save.error} />}
      <Field label={t('schedule.name')} needed>
        {(id) => (
          <Input id={id} maxLength={300} value={title} onChange={(event) => setTitle(event.target.value)} />
        )}
      </Field>
      <div className="row">
        <Button
          type="primary"
          loading={save.isPending}
          disabled={!title.trim()}
          onClick={() => save.mutate()}
        >
          {t('act.save')}
        </Button>
        <Button onClick={() => setAt(lines.length)}>{t('schedule.addLine')}</Button>
        <Button onClick={() => setPasting(true)}>{t('schedule.paste')}</Button>
        <Button onClick={onEnd}>{t('act.cancel')}</Button>
      </div>
      <ScheduleLines
        lines={lines.map((line, i) => ({ ...line, at: i, difference: undefined, remarks: 0, waiting: 0 }))}
        gone={[]}
        onLine={(line) => setAt(line.at)}
      />
      {at !== undefined && (
        <LineForm
          key={at}
          line={lines[at] ?? { ...EMPTY, classCode: last?.classCode ?? '', className: last?.className ?? '' }}
          onWrite={(line) => put(at, line)}
          onClose={() => setAt(undefined)}
          {...(at < lines.length && {
            onRemove: () => {
              setLines(lines.filter((_, i) => i !== at));
              setAt(undefined);
            },
            onMove: (by: -1 | 1) => move(at, by),
          })}
        />
      )}
      {pasting && (
        <Paste
          onAdd={(more) => {
            setLines([...lines, ...more]);
            setPasting(false);
          }}
          onClose={() => setPasting(false)}
        />
      )}
    </section>
  );
}

function Paste(props: { onAdd: (lines: LineDraft[]) => void; onClose: () => void }): ReactNode {
  const { t } = useWording();
  const [text, setText] = useState('');
  const read = linesPasted(text);
  return (
    <Modal
      title={t('schedule.paste')}
      open
      onCancel={props.onClose}
      okText={t('schedule.pasteAdd')}
      cancelText={t('act.cancel')}
      okButtonProps={{ disabled: read.length === 0 }}
      onOk={() => props.onAdd(read.map((line) => ({ ...EMPTY, ...line })))}
      width={640}
    >
      <div className="stack">
        <Field label={t('schedule.paste')} hint={t('schedule.pasteHint')}>
          {(id) => (
            <Input.TextArea id={id} rows={8} value={text} onChange={(event) => setText(event.target.value)} />
          )}
        </Field>
        <p aria-live="polite">{t('schedule.pasteRead', { n: read.length })}</p>
      </div>
    </Modal>
  );
}
