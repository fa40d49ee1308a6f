import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';

const asBase64 = async (file: File): Promise<string> => {
  let text = '';
  for (const byte of new Uint8Array(await file.arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
};

/** Proposes a certificate: the file, and whose signatures it is trusted for. */
export function ProposeTrust({ archiveId }: { archiveId: string }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [file, setFile] = useState<File>();
  const [usedFor, setUsedFor] = useState('');
  const propose = useMutation({
    mutationFn: async (chosen: File) =>
      body(
        api.POST('/archives/{archiveId}/trusted-certificates', {
          params: { path: { archiveId } },
          body: { file: await asBase64(chosen), usedFor: usedFor.trim() },
        }),
      ),
    onSuccess: () => {
      setOpen(false);
      setFile(undefined);
      setUsedFor('');
      return queries.invalidateQueries({ queryKey: ['natures', 'trust'] });
    },
  });
  if (!open)
    return (
      <div>
        <Button type="primary" onClick={() => setOpen(true)}>
          {t('trust.propose')}
        </Button>
      </div>
    );
  return (
    <form
      className="natures-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (file) propose.mutate(file);
      }}
    >
      <Field label={t('trust.file')} needed>
        {(id) => (
          <input
            id={id}
            type="file"
            accept=".pem,.crt,.cer,.der"
            onChange={(e) => setFile(e.target.files?.[0])}
          />
        )}
      </Field>
      <Field label={t('trust.usedFor')} needed hint={t('trust.usedForHint')}>
        {(id) => (
          <Input id={id} maxLength={500} value={usedFor} onChange={(e) => setUsedFor(e.target.value)} />
        )}
      </Field>
      <div className="row">
        <Button
          type="primary"
          htmlType="submit"
          disabled={!file || usedFor.trim() === ''}
          loading={propose.isPending}
        >
          {t('trust.propose')}
        </Button>
        <Button onClick={() => setOpen(false)}>{t('act.cancel')}</Button>
      </div>
      {propose.error && <Trouble error={propose.error} />}
    </form>
  );
}
