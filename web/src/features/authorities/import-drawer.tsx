import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DropZone } from '../../components/drop-zone.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { uploadFile } from '../../lib/upload.ts';
import { useWording } from '../../wording.tsx';

interface Result {
  added: number;
  updated: number;
  skipped: number;
  records: { id: string; name: string }[];
}

/** Taking in a file: agents in EAC-CPF, or, for a vocabulary, terms. */
export function ImportDrawer(props: {
  archiveId: string;
  vocabularyId: string | undefined;
  onClose: () => void;
}): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [same, setSame] = useState<'update' | 'skip'>('update');
  const { archiveId, vocabularyId } = props;
  const take = useMutation({
    mutationFn: async (file: File): Promise<Result> => {
      const uploadId = await uploadFile(file);
      if (!vocabularyId)
        return body(api.POST('/authorities/imports/eac', { body: { archiveId, uploadId, same } }));
      const done = await body(
        api.POST('/vocabularies/{id}/imports', {
          params: { path: { id: vocabularyId } },
          body: { uploadId },
        }),
      );
      return Object.assign({ skipped: 0, records: [] }, done);
    },
    onSuccess: () => {
      for (const key of ['authorities', 'authority-branch', 'authority-suggestions', 'authority'])
        void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  return (
    <Drawer
      title={t(vocabularyId ? 'authority.importTerms' : 'authority.importEac')}
      open
      onClose={props.onClose}
      size={520}
      destroyOnHidden
    >
      <div className="stack">
        {take.error && <Trouble error={take.error} />}
        {!vocabularyId && (
          <div>
            <p className="small soft">{t('authority.same')}</p>
            <Radio.Group
              aria-label={t('authority.same')}
              value={same}
              onChange={(e) => setSame(e.target.value === 'skip' ? 'skip' : 'update')}
              options={(['update', 'skip'] as const).map((s) => ({
                value: s,
                label: t(`authority.same.${s}`),
              }))}
            />
          </div>
        )}
        <DropZone
          title={t(vocabularyId ? 'authority.importTerms' : 'authority.importEac')}
          hint={t(vocabularyId ? 'authority.importTermsText' : 'authority.importEacText')}
          accept={vocabularyId ? '.csv,.xlsx,.rdf,.xml' : '.xml'}
          disabled={take.isPending}
          onFiles={([first]) => first && take.mutate(first.file)}
        />
        {take.data && (
          <div className="notice is-done" role="status">
            <p>
              {t('authority.imported', {
                added: take.data.added,
                updated: take.data.updated,
                skipped: take.data.skipped,
              })}
            </p>
            <ul>
              {take.data.records.slice(0, 20).map((r) => (
                <li key={r.id}>
                  <Link to={`/authorities/${r.id}`}>{r.name}</Link>
                </li>
              ))}
            </ul>
          </div>
        )}
        <div>
          <Button onClick={props.onClose}>{t('act.close')}</Button>
        </div>
      </div>
    </Drawer>
  );
}
