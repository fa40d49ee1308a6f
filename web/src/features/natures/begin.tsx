import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { STAGES } from './queries.ts';

/** Begins a check of what is held: a fonds, or an entry with all below it. */
export function Begin({ archive }: { archive: { id: string; code: string } }): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [id, setId] = useState('');
  const [stage, setStage] = useState<(typeof STAGES)[number]>('BC');
  const label = useId();
  const begin = useMutation({
    mutationFn: () =>
      body(
        api.POST('/archives/{archiveId}/checks', {
          params: { path: { archiveId: archive.id } },
          body: { id: id.trim(), archive: archive.code, stage },
        }),
      ),
    onSuccess: (run) => {
      void queries.invalidateQueries({ queryKey: ['natures', 'runs'] });
      navigate(`/natures/${run.id}`);
    },
  });
  return (
    <form
      className="natures-begin"
      onSubmit={(e) => {
        e.preventDefault();
        if (id.trim() !== '') begin.mutate();
      }}
    >
      <label htmlFor={label}>{t('check.beginCode')}</label>
      <div className="row">
        <Input id={label} value={id} onChange={(e) => setId(e.target.value)} maxLength={200} />
        <Select
          aria-label={t('check.stage')}
          value={stage}
          onChange={setStage}
          options={STAGES.map((value) => ({ value, label: t(`check.stage.${value}`) }))}
        />
        <Button htmlType="submit" type="primary" loading={begin.isPending} disabled={id.trim() === ''}>
          {t('check.begin')}
        </Button>
      </div>
      <p className="soft small">{t('check.beginHint')}</p>
      {begin.error && <Trouble error={begin.error} />}
    </form>
  );
}
