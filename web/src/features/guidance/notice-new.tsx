import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input, Radio, Select } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DrawerForm } from '../../components/save-form.tsx';
import { Field } from '../../components/small.tsx';
import { sendAll } from '../../lib/sending.ts';
import { useWording } from '../../wording.tsx';
import type { Agency } from '../filing/queries.ts';

/** Writing to agencies: what, to whom, by when, with which files. */
export function NewNotice(props: {
  archiveId: string;
  agencies: readonly Agency[];
  onClose: () => void;
}): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [dueOn, setDueOn] = useState('');
  const [toAll, setToAll] = useState(true);
  const [chosen, setChosen] = useState<string[]>([]);
  const [files, setFiles] = useState<File[]>([]);
  const arrived = useRef(new Map<File, string>());
  const issue = useMutation({
    mutationFn: async () => {
      const uploadIds = await sendAll(
        files.map((file) => ({ file, path: file.name })),
        arrived.current,
        { signal: new AbortController().signal, onProgress: () => {} },
      );
      return body(
        api.POST('/notices', {
          body: {
            archiveId: props.archiveId,
            title: title.trim(),
            body: text.trim(),
            dueOn: dueOn || null,
            agencies: toAll ? null : chosen,
            uploadIds,
          },
        }),
      );
    },
    onSuccess: ({ id }) => {
      for (const key of ['notices', 'due']) void queries.invalidateQueries({ queryKey: [key] });
      props.onClose();
      navigate(`/notices/${id}`);
    },
  });
  return (
    <DrawerForm
      title={t('notice.new')}
      size={560}
      save={issue}
      act={t('notice.issue')}
      disabled={!title.trim() || (!toAll && chosen.length === 0)}
      onClose={props.onClose}
    >
      <Field label={t('notice.name')} needed>
        {(id) => (
          <Input id={id} maxLength={300} value={title} onChange={(event) => setTitle(event.target.value)} />
        )}
      </Field>
      <Field label={t('notice.body')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={8}
            maxLength={20_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('notice.dueOn')}>
        {(id) => (
          <Input
            id={id}
            type="date"
            style={{ width: 170 }}
            value={dueOn}
            onChange={(event) => setDueOn(event.target.value)}
          />
        )}
      </Field>
      <Radio.Group
        aria-label={t('notice.to')}
        value={toAll}
        onChange={(event) => setToAll(event.target.value === true)}
        options={[
          { value: true, label: `${t('notice.all')} (${props.agencies.length})` },
          { value: false, label: t('notice.some') },
        ]}
      />
      {!toAll && (
        <Field label={t('notice.to')} needed>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              showSearch={{ optionFilterProp: 'label' }}
              value={chosen}
              onChange={setChosen}
              options={props.agencies.map((a) => ({ value: a.agencyId, label: a.name }))}
            />
          )}
        </Field>
      )}
      <Field label={t('notice.files')}>
        {(id) => (
          <input
            id={id}
            type="file"
            multiple
            onChange={(event) => setFiles([...(event.target.files ?? [])])}
          />
        )}
      </Field>
    </DrawerForm>
  );
}
