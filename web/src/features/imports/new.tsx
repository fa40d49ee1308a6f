import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DropZone } from '../../components/drop-zone.tsx';
import { PageHead } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes, percent } from '../../lib/format.ts';
import { type UploadProgress, uploadFile } from '../../lib/upload.ts';
import { useArchive, useArchiveName } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { WizardSteps } from './wizard-steps.tsx';

/** First step: the file. It is sent resumably, then its headings and first rows are read. */
export function NewImport(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const archive = useArchive();
  const nameOf = useArchiveName();
  const [file, setFile] = useState<File>();
  const [progress, setProgress] = useState<UploadProgress>();
  const take = useMutation({
    mutationFn: async (chosen: File) => {
      const uploadId = await uploadFile(chosen, { onProgress: setProgress });
      return body(api.POST('/imports', { body: { archiveId: archive?.id ?? '', uploadId } }));
    },
    onSuccess: (started) => navigate(`/imports/${started.id}`),
  });
  if (!archive) return <NothingHere />;
  const sent = progress && progress.sent >= progress.total;
  return (
    <div className="page narrow">
      <PageHead
        crumbs={[{ to: `/imports?archive=${archive.code}`, text: t('imports.title') }]}
        title={t('imports.new')}
      />
      <div className="stack">
        <WizardSteps at={0} />
        <p className="soft">{t('imports.into', { archive: nameOf(archive) })}</p>
        {take.error && <Trouble error={take.error} {...(file ? { retry: () => take.mutate(file) } : {})} />}
        <DropZone
          title={t('imports.drop')}
          hint={t('imports.dropHint')}
          accept=".xlsx,.xlsm,.xls,.csv,.tsv,.txt,.xml"
          disabled={take.isPending}
          onFiles={([first]) => {
            if (!first) return;
            setFile(first.file);
            take.mutate(first.file);
          }}
        />
        {take.isPending && file && (
          <div role="status">
            <p>
              {file.name} · {bytes(file.size)}
            </p>
            <p className="small soft">
              {sent
                ? t('imports.readingHeadings')
                : t('imports.sending', { percent: progress ? percent(progress.sent, progress.total) : 0 })}
            </p>
            <div className="bar">
              <span style={{ width: `${progress ? percent(progress.sent, progress.total) : 0}%` }} />
            </div>
          </div>
        )}
      </div>
    </div>
  );
}
