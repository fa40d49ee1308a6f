import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { DrawerForm } from '../../components/save-form.tsx';
import { Field } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';

/** A list of subjects of its own. */
export function NewVocabulary(props: {
  archiveId: string;
  onClose: () => void;
  onDone: (id: string) => void;
}): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: () =>
      body(
        api.POST('/vocabularies', {
          body: { archiveId: props.archiveId, code: code.trim(), name: name.trim() },
        }),
      ),
    onSuccess: (v) => {
      void queries.invalidateQueries({ queryKey: ['vocabularies'] });
      props.onDone(v.id);
    },
  });
  return (
    <DrawerForm
      title={t('authority.newVocabulary')}
      size={440}
      save={add}
      disabled={!code.trim() || !name.trim()}
      onClose={props.onClose}
    >
      <Field label={t('authority.vocabularyCode')} needed>
        {(id) => <Input id={id} maxLength={50} value={code} onChange={(e) => setCode(e.target.value)} />}
      </Field>
      <Field label={t('authority.vocabularyName')} needed>
        {(id) => <Input id={id} maxLength={200} value={name} onChange={(e) => setName(e.target.value)} />}
      </Field>
    </DrawerForm>
  );
}
