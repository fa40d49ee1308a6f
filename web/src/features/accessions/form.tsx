import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { WAYS_BY_HAND } from '#kernel/accessionWords';
import { api, body } from '../../api/client.ts';
import { DrawerForm } from '../../components/save-form.tsx';
import { Field } from '../../components/small.tsx';
import { today } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { FondsField } from '../holdings/fonds-field.tsx';
import { type AccessionDraft, draftOf, said } from './draft.ts';
import { ChoiceField, DayField, ExtentFields, SourceField, TextField } from './fields.tsx';
import { type Accession, accessionOne, CHANGED } from './queries.ts';
import { isNothing } from './words.ts';

/** One line of the register to be written: a new one, or one that is there. */
export function AccessionForm(props: {
  archiveId: string;
  accession?: Accession;
  accrualId?: string | undefined;
  onClose: () => void;
  onDone: (a: Accession) => void;
}): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { accession: old, archiveId } = props;
  const [draft, setDraft] = useState<AccessionDraft>(() => draftOf(old, today()));
  const put = (change: Partial<AccessionDraft>): void => setDraft((d) => Object.assign({}, d, change));
  const byTransfer = old?.transfer !== null && old !== undefined;
  const before = useQuery({ ...accessionOne(draft.followsId ?? ''), enabled: draft.followsId !== null });
  const save = useMutation({
    mutationFn: async () => {
      const written = said(draft, old?.accrual?.id ?? props.accrualId ?? null);
      if (!old) {
        const came = isNothing(draft.came) ? null : { day: draft.cameOn || null, extent: draft.came };
        return body(
          api.POST('/archives/{archiveId}/accessions', {
            params: { path: { archiveId } },
            body: Object.assign({ came, way: draft.way }, written),
          }),
        );
      }
      return body(
        api.PATCH('/accessions/{id}', {
          params: { path: { id: old.id } },
          body: Object.assign({ version: old.version }, byTransfer ? {} : { way: draft.way }, written),
        }),
      );
    },
    onSuccess: (a) => {
      queries.setQueryData(['accession', a.id], a);
      for (const key of CHANGED) if (key !== 'accession') void queries.invalidateQueries({ queryKey: [key] });
      void message.success(old ? t('accession.saved') : t('accession.registered', { number: a.number }));
      props.onDone(a);
    },
  });
  const text = (
    key: TextKey,
    label: string,
    more: { rows?: number; needed?: boolean; wide?: boolean; hint?: string } = {},
  ): ReactNode => (
    <TextField label={label} value={draft[key]} onChange={(value) => put({ [key]: value })} {...more} />
  );
  return (
    <DrawerForm
      title={t(old ? 'accession.edit' : 'accession.new')}
      size={820}
      save={save}
      disabled={!byTransfer && !draft.title.trim()}
      onClose={props.onClose}
    >
      {byTransfer ? (
        <p className="notice">{t('accession.byTransfer')}</p>
      ) : (
        <>
          <h3 className="fields-title">{t('accession.area.what')}</h3>
          <div className="fields">
            <ChoiceField
              label={t('accession.wayLabel')}
              value={draft.way}
              options={WAYS_BY_HAND}
              word={(w) => t(`accession.way.${w}`)}
              onChange={(way) => put({ way })}
            />
            <DayField
              label={t('accession.registeredOn')}
              value={draft.registeredOn}
              onChange={(registeredOn) => put({ registeredOn })}
            />
            {text('title', t('accession.name'), { needed: true, wide: true })}
            {text('description', t('accession.description'), { rows: 3 })}
            {text('dateFrom', `${t('accession.span')} · ${t('accession.dateFrom')}`, {
              hint: t('accession.dateHint'),
            })}
            {text('dateTo', `${t('accession.span')} · ${t('accession.dateTo')}`)}
          </div>
          <h3 className="fields-title">{t('accession.area.how')}</h3>
          <div className="fields">
            <SourceField archiveId={archiveId} chosen={draft.source} onChange={(source) => put({ source })} />
            {!draft.source && text('sourceName', t('accession.sourceName'))}
            {draft.way === 'copy' && text('originalHolder', t('accession.originalHolder'), { needed: true })}
            {draft.way === 'copy' && text('originalCode', t('accession.originalCode'))}
          </div>
          <ExtentFields
            label={t('accession.promised')}
            value={draft.promised}
            onChange={(promised) => put({ promised })}
          />
          {!old && (
            <ExtentFields
              label={t('accession.cameNow')}
              value={draft.came}
              onChange={(came) => put({ came })}
            />
          )}
          <div className="fields">
            <DayField label={t('accession.dueOn')} value={draft.dueOn} onChange={(dueOn) => put({ dueOn })} />
            {!old && (
              <DayField
                label={t('accession.cameOn')}
                value={draft.cameOn}
                onChange={(cameOn) => put({ cameOn })}
              />
            )}
            {draft.way === 'deposit' && (
              <DayField
                label={t('accession.endsOn')}
                value={draft.endsOn}
                onChange={(endsOn) => put({ endsOn })}
              />
            )}
            {text('physicalState', t('accession.physicalState'), { wide: true })}
          </div>
          {(draft.way === 'purchase' || draft.amount !== '') && (
            <>
              <h3 className="fields-title">{t('accession.area.money')}</h3>
              <div className="fields">
                {text('amount', t('accession.amount'))}
                {text('currency', t('accession.currency'))}
                <DayField
                  label={t('accession.paidOn')}
                  value={draft.paidOn}
                  onChange={(paidOn) => put({ paidOn })}
                />
                {text('paymentNote', t('accession.paymentNote'))}
              </div>
            </>
          )}
        </>
      )}
      <h3 className="fields-title">{t('accession.area.terms')}</h3>
      <div className="fields">
        {text('accessTerms', t('accession.accessTerms'))}
        {text('reproductionTerms', t('accession.reproductionTerms'))}
        {text('publicationTerms', t('accession.publicationTerms'))}
        <DayField
          label={t('accession.embargoUntil')}
          value={draft.embargoUntil}
          onChange={(embargoUntil) => put({ embargoUntil })}
        />
        {text('creditLine', t('accession.creditLine'), { wide: true })}
      </div>
      <h3 className="fields-title">{t('accession.area.place')}</h3>
      <div className="fields">
        <FondsField
          archiveId={archiveId}
          label={t('accession.fonds')}
          value={draft.fondsId ?? undefined}
          onChange={(fondsId) => put({ fondsId: fondsId ?? null })}
        />
        {text('location', t('accession.location'))}
        <FollowsField
          archiveId={archiveId}
          number={before.data?.number}
          onChange={(followsId) => put({ followsId })}
        />
        {text('note', t('accession.note'), { rows: 2 })}
      </div>
    </DrawerForm>
  );
}

type TextKey = {
  [K in keyof AccessionDraft]: AccessionDraft[K] extends string
    ? string extends AccessionDraft[K]
      ? K
      : never
    : never;
}[keyof AccessionDraft];

/** The earlier accession that is continued, by its number. */
function FollowsField(props: {
  archiveId: string;
  number: string | undefined;
  onChange: (id: string | null) => void;
}): ReactNode {
  const { t } = useWording();
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? props.number ?? '';
  const find = useMutation({
    mutationFn: async (q: string) => {
      const path = { archiveId: props.archiveId };
      const { items } = await body(
        api.GET('/archives/{archiveId}/accessions', { params: { path, query: { q, limit: 5 } } }),
      );
      return items.find((a) => a.number === q)?.id ?? null;
    },
    onSuccess: props.onChange,
  });
  const wrong = typed && find.data === null && !find.isPending ? t('error.accession.notFound') : undefined;
  return (
    <Field label={t('accession.follows')} hint={t('accession.followsHint')} wrong={wrong}>
      {(id) => (
        <Input
          id={id}
          className="code"
          value={shown}
          onChange={(e) => setTyped(e.target.value.trim())}
          onBlur={() => {
            if (typed === '') props.onChange(null);
            else if (typed !== undefined) find.mutate(typed);
          }}
        />
      )}
    </Field>
  );
}
