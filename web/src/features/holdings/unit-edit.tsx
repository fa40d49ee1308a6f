import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import type { Unit } from '../../api/shapes.ts';
import { Code, Field, Loading, PageHead } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useDraft } from '../../lib/draft.ts';
import { useWording } from '../../wording.tsx';
import { Conflict } from './conflict.tsx';
import { unitOne } from './queries.ts';
import { UnitFieldsForm } from './unit-fields.tsx';
import { refusals } from './unit-new.tsx';
import { changedFields, textOf, type UnitText, writeFields, wrongFields } from './unit-values.ts';

/** Corrects a description; only changed fields are sent, with the version they were made from. */
export function EditUnit(): ReactNode {
  const { id = '' } = useParams();
  const unit = useQuery({ ...unitOne(id), staleTime: Number.POSITIVE_INFINITY });
  if (unit.error instanceof ApiError && unit.error.status === 404) return <NothingHere />;
  if (unit.error) return <Trouble error={unit.error} />;
  if (!unit.data) return <Loading lines={10} />;
  if (!unit.data.allowed.draft) return <NothingHere />;
  return <EditForm key={unit.data.version} unit={unit.data} />;
}

function EditForm({ unit }: { unit: Unit }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [base, setBase] = useState({ version: unit.version, text: textOf(unit) });
  const [text, setText, clear] = useDraft<UnitText>(`unit.${unit.id}.${unit.version}`, base.text);
  const [codeReason, setCodeReason] = useState('');
  const [reason, setReason] = useState('');
  const [strict, setStrict] = useState(false);
  const [theirs, setTheirs] = useState<Unit>();
  const changed = changedFields(base.text, text);
  // A first code needs no reason; a change or a withdrawal leaves a void number behind.
  const renumbers = changed.includes('referenceCode') && (base.text.referenceCode ?? '') !== '';
  const reasonMissing = renumbers && codeReason.trim() === '';
  const save = useMutation({
    mutationFn: () =>
      body(
        api.PATCH('/units/{id}', {
          params: { path: { id: unit.id } },
          body: {
            ...writeFields(text, changed),
            version: base.version,
            ...(reason.trim() && { reason: reason.trim() }),
            ...(renumbers && { codeReason: codeReason.trim() }),
          },
        }),
      ),
    onSuccess: (saved) => {
      clear();
      queries.setQueryData(['unit', unit.id], saved);
      for (const queryKey of [['units'], ['tree'], ['unit-history', unit.id], ['void-codes']])
        void queries.invalidateQueries({ queryKey });
      message.success(t('unitForm.corrected'));
      navigate(`/units/${unit.id}`);
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status === 409 && error.current) setTheirs(error.current);
    },
  });
  const draft = useMutation({
    mutationFn: () =>
      body(
        api.POST('/drafts', {
          body: {
            unitId: unit.id,
            version: base.version,
            input: writeFields(text, changed),
            reason: reason.trim() || null,
          },
        }),
      ),
    onSuccess: (saved) => {
      clear();
      for (const queryKey of [['unit-drafts'], ['unit-draft']]) void queries.invalidateQueries({ queryKey });
      message.success(t('drafts.saved'));
      navigate(`/drafts/${saved.id}`);
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status === 409 && error.current) setTheirs(error.current);
    },
  });
  const checked = (then: () => void): void => {
    setStrict(true);
    if (!reasonMissing && Object.keys(wrongFields(text, base.text)).length === 0) then();
  };
  return (
    <div className="page narrow">
      <PageHead
        crumbs={[{ to: `/units/${unit.id}`, text: <Code value={unit.referenceCode} /> }]}
        title={t('unitForm.correctTitle')}
      />
      <div className="stack">
        {save.error && !theirs && <Trouble error={save.error} />}
        {theirs && (
          <Conflict
            base={base.text}
            mine={text}
            theirs={theirs}
            onSettled={(settled) => {
              setBase({ version: theirs.version, text: textOf(theirs) });
              setText(settled);
              setTheirs(undefined);
              save.reset();
              draft.reset();
            }}
          />
        )}
        <Field
          label={t('field.referenceCode')}
          hint={t('unitForm.codeAlias')}
          wrong={refusals(save.error, wording).referenceCode}
        >
          {(id) => (
            <Input
              id={id}
              style={{ fontFamily: 'var(--mono)', maxWidth: 420 }}
              value={text.referenceCode ?? ''}
              onChange={(event) => setText({ ...text, referenceCode: event.target.value })}
            />
          )}
        </Field>
        {renumbers && (
          <Field
            label={t('unitForm.codeReason')}
            needed
            hint={t('unitForm.codeReasonHint')}
            wrong={
              strict && reasonMissing
                ? t('unitForm.wrong.codeReason')
                : refusals(save.error, wording).codeReason
            }
          >
            {(id) => (
              <Input.TextArea
                id={id}
                rows={1}
                className="grows"
                style={{ maxWidth: 560 }}
                value={codeReason}
                onChange={(event) => setCodeReason(event.target.value)}
              />
            )}
          </Field>
        )}
        <UnitFieldsForm
          text={text}
          archiveId={unit.archive.id}
          fondsId={unit.fonds.id}
          parentId={unit.ancestors.at(-1)?.id}
          kept={base.text}
          level={unit.level}
          onChange={setText}
          strict={strict}
          refused={refusals(save.error, wording)}
        />
        <Field label={t('unitForm.reason')} hint={t('unitForm.reasonHint')}>
          {(id) => (
            <Input
              id={id}
              maxLength={1_000}
              style={{ maxWidth: 560 }}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {draft.error && !theirs && <Trouble error={draft.error} />}
        <div className="row">
          {unit.allowed.write && (
            <Button
              type="primary"
              disabled={changed.length === 0 || theirs !== undefined}
              loading={save.isPending}
              onClick={() => checked(() => save.mutate())}
            >
              {t('act.save')}
            </Button>
          )}
          <Button
            type={unit.allowed.write ? 'default' : 'primary'}
            disabled={changed.length === 0 || theirs !== undefined}
            loading={draft.isPending}
            onClick={() => checked(() => draft.mutate())}
          >
            {t('drafts.save')}
          </Button>
          <Button
            onClick={() => {
              clear();
              navigate(`/units/${unit.id}`);
            }}
          >
            {t('act.cancel')}
          </Button>
          <span className="small soft">{t('unitForm.changed', { n: changed.length })}</span>
        </div>
      </div>
    </div>
  );
}
