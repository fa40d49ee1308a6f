import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Checkbox, Input, Select } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { FONDS_HEADINGS, type FondsHeading } from '#kernel/fondsHeadings';
import { api, body } from '../../api/client.ts';
import { DrawerForm } from '../../components/save-form.tsx';
import { Field } from '../../components/small.tsx';
import { sendAll } from '../../lib/sending.ts';
import { useWording } from '../../wording.tsx';
import type { FondsDocument } from './fonds-file.tsx';

/** One paper of the file of a fonds: what it is, when and by whom, in words and as files. */
export function DocumentForm(props: {
  fondsId: string;
  heading: FondsHeading;
  document: FondsDocument | undefined;
  onClose: () => void;
}): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { fondsId, document: old } = props;
  const [heading, setHeading] = useState<FondsHeading>(props.heading);
  const [title, setTitle] = useState(old?.title ?? '');
  const [dated, setDated] = useState(old?.dated ?? '');
  const [author, setAuthor] = useState(old?.author ?? '');
  const [text, setText] = useState(old?.body ?? '');
  const [files, setFiles] = useState<File[]>([]);
  const [kept, setKept] = useState<string[]>(() => (old?.files ?? []).map((f) => f.id));
  const arrived = useRef(new Map<File, string>());
  const save = useMutation({
    mutationFn: async () => {
      const uploadIds = await sendAll(
        files.map((file) => ({ file, path: file.name })),
        arrived.current,
        { signal: new AbortController().signal, onProgress: () => {} },
      );
      const said = {
        heading,
        title: title.trim(),
        dated: dated.trim() || null,
        author: author.trim() || null,
        body: text.trim() || null,
        uploadIds,
      };
      if (!old) return body(api.POST('/fonds/{id}/file', { params: { path: { id: fondsId } }, body: said }));
      const removeFiles = old.files.map((f) => f.id).filter((id) => !kept.includes(id));
      return body(
        api.PATCH('/fonds/{id}/file/{documentId}', {
          params: { path: { id: fondsId, documentId: old.id } },
          body: Object.assign({ version: old.version, removeFiles }, said),
        }),
      );
    },
    onSuccess: (file) => {
      queries.setQueryData(['fonds-file', fondsId], file);
      void message.success(t('fondsFile.saved'));
      props.onClose();
    },
  });
  return (
    <DrawerForm
      title={t(old ? 'fondsFile.edit' : 'fondsFile.add')}
      size={520}
      save={save}
      act={t('fondsFile.save')}
      disabled={!title.trim()}
      onClose={props.onClose}
    >
      <Field label={t('fondsFile.headingLabel')}>
        {(id) => (
          <Select
            id={id}
            value={heading}
            onChange={setHeading}
            options={FONDS_HEADINGS.map((h) => ({ value: h, label: t(`fondsFile.heading.${h}`) }))}
          />
        )}
      </Field>
      <Field label={t('fondsFile.name')} needed>
        {(id) => <Input id={id} maxLength={500} value={title} onChange={(e) => setTitle(e.target.value)} />}
      </Field>
      <Field label={t('fondsFile.dated')} hint={t('fondsFile.datedHint')}>
        {(id) => (
          <Input
            id={id}
            className="day"
            maxLength={10}
            value={dated}
            onChange={(e) => setDated(e.target.value)}
          />
        )}
      </Field>
      <Field label={t('fondsFile.author')}>
        {(id) => <Input id={id} maxLength={500} value={author} onChange={(e) => setAuthor(e.target.value)} />}
      </Field>
      <Field label={t('fondsFile.body')}>
        {(id) => <Input.TextArea id={id} rows={6} value={text} onChange={(e) => setText(e.target.value)} />}
      </Field>
      {old && old.files.length > 0 && (
        <Checkbox.Group
          value={kept}
          onChange={(chosen) => setKept(old.files.map((f) => f.id).filter((id) => chosen.includes(id)))}
          options={old.files.map((f) => ({ value: f.id, label: f.name }))}
        />
      )}
      <Field label={t('fondsFile.files')}>
        {(id) => (
          <input id={id} type="file" multiple onChange={(e) => setFiles([...(e.target.files ?? [])])} />
        )}
      </Field>
    </DrawerForm>
  );
}
