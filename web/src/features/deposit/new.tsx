import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DropZone, FolderChoice } from '../../components/drop-zone.tsx';
import { DrawerForm } from '../../components/save-form.tsx';
import { SendProgress } from '../../components/send-progress.tsx';
import { Field } from '../../components/small.tsx';
import { bytes } from '../../lib/format.ts';
import { type Sent, sendAll } from '../../lib/sending.ts';
import type { FolderFile } from '../../lib/upload.ts';
import { useWording } from '../../wording.tsx';
import { useChosenAgency } from '../filing/chosen-agency.ts';
import type { Agency } from '../filing/queries.ts';

const NOTHING: Sent = { files: 0, bytes: 0 };

/** Depositing: what it is, from where, and the files. */
export function NewDeposit(props: { agencies: readonly Agency[]; onClose: () => void }): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [agencyId, setAgencyId] = useChosenAgency(props.agencies);
  const [said, setSaid] = useState({ title: '', system: '', category: '', from: '', to: '' });
  const [files, setFiles] = useState<FolderFile[]>([]);
  const [sent, setSent] = useState(NOTHING);
  const [since, setSince] = useState(0);
  const arrived = useRef(new Map<File, string>());
  const stop = useRef<AbortController>(null);
  const size = files.reduce((sum, { file }) => sum + file.size, 0);
  const agency = props.agencies.find((a) => a.agencyId === agencyId);
  const make = useMutation({
    mutationFn: async () => {
      const controller = new AbortController();
      stop.current = controller;
      setSince(Date.now());
      const uploadIds = await sendAll(files, arrived.current, {
        signal: controller.signal,
        onProgress: setSent,
      });
      return body(
        api.POST('/deposits', {
          body: {
            archiveId: agency?.archiveId ?? '',
            agencyId,
            title: said.title.trim(),
            system: said.system.trim() || null,
            category: said.category.trim() || null,
            yearFrom: said.from ? Number(said.from) : null,
            yearTo: said.to ? Number(said.to) : null,
            note: null,
            uploadIds,
          },
        }),
      );
    },
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['deposits'] });
      props.onClose();
      navigate(`/deposits/${id}`);
    },
  });
  const line = (key: keyof typeof said, label: string, needed = false, width?: number): ReactNode => (
    <Field label={label} needed={needed}>
      {(id) => (
        <Input
          id={id}
          {...(width && { style: { width }, inputMode: 'numeric' as const, maxLength: 4 })}
          value={said[key]}
          onChange={(event) => setSaid({ ...said, [key]: event.target.value })}
        />
      )}
    </Field>
  );
  const ready =
    said.title.trim() && files.length > 0 && /^(\d{4})?$/.test(said.from) && /^(\d{4})?$/.test(said.to);
  return (
    <DrawerForm
      title={t('deposit.new')}
      size={560}
      save={make}
      act={t('deposit.send')}
      disabled={!ready}
      onClose={props.onClose}
    >
      {props.agencies.length > 1 && (
        <Field label={t('deposit.agency')} needed>
          {(id) => (
            <Select
              id={id}
              value={agencyId}
              onChange={setAgencyId}
              options={props.agencies.map((a) => ({ value: a.agencyId, label: a.name }))}
            />
          )}
        </Field>
      )}
      {line('title', t('deposit.name'), true)}
      {line('system', t('deposit.system'))}
      {line('category', t('deposit.category'))}
      <div className="row">
        {line('from', t('deposit.yearFrom'), false, 90)}
        {line('to', t('deposit.yearTo'), false, 90)}
      </div>
      {make.isPending ? (
        <SendProgress
          chosen={{ files, bytes: size, since }}
          sent={sent}
          onStop={() => stop.current?.abort()}
        />
      ) : (
        <DropZone
          title={t('deposit.drop')}
          hint={t('deposit.dropHint')}
          many
          onFiles={setFiles}
          also={<FolderChoice onFiles={setFiles} />}
        />
      )}
      {files.length > 0 && <p>{t('deposit.chosen', { n: files.length, size: bytes(size) })}</p>}
    </DrawerForm>
  );
}
