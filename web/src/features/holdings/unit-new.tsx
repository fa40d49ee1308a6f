import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Radio, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import type { UnitLevel } from '../../api/shapes.ts';
import { type Crumb, Field, PageHead } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useDraft } from '../../lib/draft.ts';
import { fondsLabel } from '../../lib/fonds-label.ts';
import { useArchive, useArchiveName } from '../../shell/place.ts';
import { useWording, type Wording } from '../../wording.tsx';
import { LEVELS } from './filters.tsx';
import { codeValues, isCodeField, NextCode } from './next-code.tsx';
import { fondsList, fondsOne, unitOne } from './queries.ts';
import { UnitFieldsForm } from './unit-fields.tsx';
import { type UnitText, writeFields, wrongFields } from './unit-values.ts';

const START: UnitText = { classification: 'public', category: 'WS' };

/** A new entry below a fonds, series or file; its reference code given by the system or typed from the paper. */
export function NewUnit(): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const archive = useArchive();
  const nameOf = useArchiveName();
  const [params, setParams] = useSearchParams();
  const fondsId = params.get('fonds') ?? '';
  const parentId = params.get('parent') ?? '';
  const [text, setText, clear] = useDraft<UnitText>(`unit.new.${parentId || fondsId}`, START);
  const [level, setLevel] = useState<UnitLevel>('item');
  const [numbering, setNumbering] = useState<'given' | 'typed'>('given');
  const [strict, setStrict] = useState(false);
  const fonds = useQuery({ ...fondsOne(fondsId), enabled: fondsId !== '' });
  const parent = useQuery({ ...unitOne(parentId), enabled: parentId !== '' });
  const choices = useQuery({ ...fondsList(archive?.id ?? ''), enabled: Boolean(archive) && fondsId === '' });
  const numbered = level !== 'series';
  const values = codeValues(text);
  const save = useMutation({
    mutationFn: (_again: boolean) => {
      const filled = Object.keys(text).filter(
        (field) => text[field] && field !== 'referenceCode' && !isCodeField(field),
      );
      return body(
        api.POST('/units', {
          body: {
            ...writeFields(text, filled),
            fondsId,
            ...(parentId && { parentId }),
            level,
            title: (text.title ?? '').trim(),
            ...(numbering === 'typed'
              ? { referenceCode: (text.referenceCode ?? '').trim() }
              : numbered && { code: { values } }),
          },
        }),
      );
    },
    onSuccess: (unit, again) => {
      void queries.invalidateQueries({ queryKey: ['units'] });
      void queries.invalidateQueries({ queryKey: ['tree'] });
      void queries.invalidateQueries({ queryKey: ['next-codes'] });
      message.success(t('unitForm.saved', { code: unit.referenceCode ?? unit.title }));
      clear();
      if (again) {
        setText({ ...text, title: '', docNo: '', date: '', pages: '', referenceCode: '' });
        setStrict(false);
      } else navigate(`/units/${unit.id}`);
    },
  });
  if (!archive) return <NothingHere />;
  const attempt = (again: boolean): void => {
    setStrict(true);
    if (Object.keys(wrongFields(text)).length === 0) save.mutate(again);
  };
  const root = `/holdings?archive=${archive.code}`;
  const crumbs: Crumb[] = [{ to: root, text: nameOf(archive) }];
  if (fonds.data) crumbs.push({ to: `${root}&fonds=${fondsId}`, text: fondsLabel(fonds.data) });
  if (parent.data)
    crumbs.push({ to: `${root}&fonds=${fondsId}&parent=${parentId}`, text: parent.data.title });
  return (
    <div className="page narrow">
      <PageHead crumbs={crumbs} title={t('holdings.newUnit')} />
      <div className="stack">
        {save.error && <Trouble error={save.error} />}
        <div className="fields">
          {fondsId === '' && (
            <Field label={t('field.fonds')} needed>
              {(id) => (
                <Select
                  id={id}
                  showSearch={{ optionFilterProp: 'label' }}
                  onChange={(next: string) => setParams({ archive: archive.code, fonds: next })}
                  options={
                    choices.data?.items.map((one) => ({
                      value: one.id,
                      label: fondsLabel(one),
                    })) ?? []
                  }
                />
              )}
            </Field>
          )}
          <Field label={t('field.level')}>
            {(id) => (
              <Select
                id={id}
                value={level}
                onChange={setLevel}
                options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
              />
            )}
          </Field>
        </div>
        <fieldset className="next-line" style={{ display: 'block' }}>
          <legend className="visually-hidden">{t('field.referenceCode')}</legend>
          <div className="spread">
            <Radio.Group value={numbering} onChange={(event) => setNumbering(event.target.value)}>
              <Radio value="given">{t(numbered ? 'unitForm.codeGiven' : 'unitForm.codeNone')}</Radio>
              <Radio value="typed">{t('unitForm.codeTyped')}</Radio>
            </Radio.Group>
            {numbering === 'typed' ? (
              <Input
                style={{ maxWidth: 320, fontFamily: 'var(--mono)' }}
                aria-label={t('field.referenceCode')}
                placeholder="J019-WS·2003·D30-0001"
                value={text.referenceCode ?? ''}
                onChange={(event) => setText({ ...text, referenceCode: event.target.value })}
              />
            ) : (
              numbered && (
                <NextCode
                  fondsId={fondsId}
                  parentId={parentId}
                  level={level}
                  text={text}
                  values={values}
                  onChange={setText}
                />
              )
            )}
          </div>
        </fieldset>
        <UnitFieldsForm
          archiveId={archive.id}
          fondsId={fondsId}
          parentId={parentId}
          text={text}
          level={level}
          onChange={setText}
          strict={strict}
          refused={refusals(save.error, wording)}
        />
        <div className="row">
          <Button type="primary" disabled={!fondsId} loading={save.isPending} onClick={() => attempt(false)}>
            {t('act.save')}
          </Button>
          <Button disabled={!fondsId || save.isPending} onClick={() => attempt(true)}>
            {t('unitForm.saveAndNext')}
          </Button>
          <Button type="text" onClick={() => navigate(-1)}>
            {t('act.cancel')}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** The server's messages at their fields, in the words of the rule. */
export function refusals(error: unknown, { t, language }: Wording): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const values = error.problem?.values;
  if (!values?.field) return {};
  if (error.code !== 'unit.element' || !values.message || !values.names)
    return { [values.field]: error.problem?.detail ?? error.code };
  const says = t(values.message, { ...values.values, field: values.names[language] });
  return { [values.field]: values.source ? t('unitForm.bySource', { says, source: values.source }) : says };
}
