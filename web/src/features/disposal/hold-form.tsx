import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { UnitRow } from '../../api/shapes.ts';
import { Code, Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { FondsField } from '../holdings/fonds-field.tsx';
import { DISPOSAL_CHANGES } from './queries.ts';

/** Keeps an entry with all below it, or a fonds, from being destroyed. Without an entry given, one asks for what. */
export function HoldForm({
  archiveId,
  unit,
  onClose,
}: {
  archiveId: string;
  unit?: Pick<UnitRow, 'id' | 'referenceCode' | 'title'>;
  onClose: () => void;
}): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [on, setOn] = useState<'fonds' | 'unit'>(unit ? 'unit' : 'fonds');
  const [fondsId, setFondsId] = useState<string>();
  const [code, setCode] = useState('');
  const [words, setWords] = useState({ reason: '', basis: '', until: '' });
  const save = useMutation({
    mutationFn: async () => {
      const { reason, basis, until } = words;
      const what =
        on === 'fonds'
          ? { fondsId: fondsId ?? null }
          : { unitId: unit?.id ?? (await unitByCode(archiveId, code.trim())) };
      return body(
        api.POST('/legal-holds', { body: { archiveId, ...what, reason, basis, until: until || null } }),
      );
    },
    onSuccess: () => {
      for (const queryKey of DISPOSAL_CHANGES) void queries.invalidateQueries({ queryKey });
      message.success(t('holds.saved'));
      onClose();
    },
  });
  const named = unit !== undefined || (on === 'fonds' ? Boolean(fondsId) : code.trim() !== '');
  const ready = named && words.reason.trim() !== '' && words.basis.trim() !== '';
  const line = (
    key: keyof typeof words,
    label: string,
    hint: string,
    more: { type?: string; needed?: boolean } = {},
  ): ReactNode => (
    <Field label={label} hint={hint} needed={more.needed ?? false}>
      {(id) => (
        <Input
          id={id}
          type={more.type ?? 'text'}
          value={words[key]}
          onChange={(event) => setWords({ ...words, [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <Drawer
      open
      title={t('holds.add')}
      size={480}
      onClose={onClose}
      footer={
        <div className="row">
          <Button type="primary" disabled={!ready} loading={save.isPending} onClick={() => save.mutate()}>
            {t('holds.save')}
          </Button>
          <Button onClick={onClose}>{t('act.cancel')}</Button>
        </div>
      }
    >
      <div className="stack">
        {save.error && <Trouble error={save.error} />}
        {unit ? (
          <p>
            <Code value={unit.referenceCode} /> {unit.title}
            <span className="small soft block">{t('holds.onUnit')}</span>
          </p>
        ) : (
          <>
            <Radio.Group
              aria-label={t('holds.on')}
              value={on}
              onChange={(event) => setOn(event.target.value)}
              options={[
                { value: 'fonds', label: t('holds.onFonds') },
                { value: 'unit', label: t('holds.onUnit') },
              ]}
            />
            {on === 'fonds' ? (
              <FondsField
                archiveId={archiveId}
                label={t('holds.fonds')}
                needed
                value={fondsId}
                onChange={setFondsId}
              />
            ) : (
              <Field label={t('holds.code')} needed>
                {(id) => (
                  <Input
                    id={id}
                    className="code"
                    value={code}
                    onChange={(event) => setCode(event.target.value)}
                  />
                )}
              </Field>
            )}
          </>
        )}
        {line('reason', t('holds.reason'), t('holds.reasonHint'), { needed: true })}
        {line('basis', t('holds.basis'), t('holds.basisHint'), { needed: true })}
        {line('until', t('holds.until'), t('holds.untilHint'), { type: 'date' })}
      </div>
    </Drawer>
  );
}

async function unitByCode(archive: string, code: string): Promise<string> {
  return (await body(api.GET('/units/by-code', { params: { query: { archive, code } } }))).id;
}
