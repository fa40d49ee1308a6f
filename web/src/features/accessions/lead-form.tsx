import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { LEAD_STATES, WAYS_BY_HAND } from '#kernel/accessionWords';
import { api, body } from '../../api/client.ts';
import { DrawerForm } from '../../components/save-form.tsx';
import { useWording } from '../../wording.tsx';
import { ChoiceField, DayField, SourceField, TextField } from './fields.tsx';
import { CHANGED, type Lead } from './queries.ts';

const WORTHS = ['high', 'fair', 'low'] as const;

/** What is being looked for, to be written. */
export function LeadForm(props: {
  archiveId: string;
  lead?: Lead;
  onClose: () => void;
  onDone: (l: Lead) => void;
}): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const { lead: old } = props;
  const [source, setSource] = useState(
    old?.sourceId ? { id: old.sourceId, name: old.sourceName ?? '' } : undefined,
  );
  const [said, setSaid] = useState(() => ({
    title: old?.title ?? '',
    holder: old?.holder ?? '',
    way: old?.way ?? ('donation' as const),
    worth: old?.worth ?? ('fair' as const),
    state: old?.state ?? ('open' as const),
    content: old?.content ?? '',
    nextStep: old?.nextStep ?? '',
    nextOn: old?.nextOn ?? '',
    outcome: old?.outcome ?? '',
  }));
  const put = (change: { [K in keyof typeof said]?: (typeof said)[K] }): void =>
    setSaid((d) => Object.assign({}, d, change));
  const save = useMutation({
    mutationFn: () => {
      const text = (value: string): string | null => value.trim() || null;
      const written = {
        title: said.title.trim(),
        holder: text(said.holder),
        sourceId: source?.id ?? null,
        way: said.way,
        worth: said.worth,
        state: said.state,
        content: text(said.content),
        nextStep: text(said.nextStep),
        nextOn: text(said.nextOn),
        outcome: text(said.outcome),
      };
      return old
        ? body(
            api.PATCH('/accession-leads/{id}', {
              params: { path: { id: old.id } },
              body: Object.assign({ version: old.version }, written),
            }),
          )
        : body(
            api.POST('/archives/{archiveId}/accession-leads', {
              params: { path: { archiveId: props.archiveId } },
              body: written,
            }),
          );
    },
    onSuccess: (l) => {
      queries.setQueryData(['accession-lead', l.id], l);
      for (const key of CHANGED)
        if (key !== 'accession-lead') void queries.invalidateQueries({ queryKey: [key] });
      props.onDone(l);
    },
  });
  // Won is what became an accession, by its own act.
  const states = LEAD_STATES.filter((s) => s !== 'won' || old?.accessionId);
  return (
    <DrawerForm
      title={t(old ? 'accession.leads.edit' : 'accession.leads.new')}
      size={560}
      save={save}
      disabled={!said.title.trim() || (said.state === 'lost' && !said.outcome.trim())}
      onClose={props.onClose}
    >
      <TextField label={t('accession.name')} needed value={said.title} onChange={(title) => put({ title })} />
      <div className="fields">
        <TextField
          label={t('accession.leads.holder')}
          value={said.holder}
          onChange={(holder) => put({ holder })}
        />
        <SourceField archiveId={props.archiveId} chosen={source} onChange={setSource} />
        <ChoiceField
          label={t('accession.wayLabel')}
          value={said.way}
          options={WAYS_BY_HAND}
          word={(w) => t(`accession.way.${w}`)}
          onChange={(way) => put({ way })}
        />
        <ChoiceField
          label={t('accession.leads.worth')}
          value={said.worth}
          options={WORTHS}
          word={(w) => t(`accession.leads.worth.${w}`)}
          onChange={(worth) => put({ worth })}
        />
        <ChoiceField
          label={t('accession.stateLabel')}
          value={said.state}
          options={states}
          word={(s) => t(`accession.leads.state.${s}`)}
          onChange={(state) => put({ state })}
        />
        <DayField
          label={t('accession.leads.nextOn')}
          value={said.nextOn}
          onChange={(nextOn) => put({ nextOn })}
        />
      </div>
      <TextField
        label={t('accession.leads.nextStep')}
        value={said.nextStep}
        onChange={(nextStep) => put({ nextStep })}
      />
      <TextField
        label={t('accession.description')}
        rows={3}
        value={said.content}
        onChange={(content) => put({ content })}
      />
      <TextField
        label={t('accession.leads.outcome')}
        rows={2}
        needed={said.state === 'lost'}
        value={said.outcome}
        onChange={(outcome) => put({ outcome })}
      />
    </DrawerForm>
  );
}
