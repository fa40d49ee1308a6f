import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { CONTACT_WAYS, type ContactWay } from '#kernel/accessionWords';
import { api, body } from '../../api/client.ts';
import { SaveForm } from '../../components/save-form.tsx';
import { today } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { ChoiceField, DayField, TextField } from './fields.tsx';
import type { Source } from './queries.ts';
import { Section } from './sections.tsx';

/** Visits, calls, letters: of a source, or on a lead. */
export function Contacts(props: {
  of: { kind: 'source' | 'lead'; id: string };
  contacts: Source['contacts'];
  mayWrite: boolean;
}): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const { of } = props;
  const [open, setOpen] = useState(false);
  const [day, setDay] = useState(today());
  const [how, setHow] = useState<ContactWay>('telephone');
  const [words, setWords] = useState('');
  const save = useMutation({
    mutationFn: async () => {
      const params = { path: { id: of.id } };
      const said = { day: day || null, how, words: words.trim() };
      if (of.kind === 'source')
        await body(api.POST('/accession-sources/{id}/contacts', { params, body: said }));
      else await body(api.POST('/accession-leads/{id}/contacts', { params, body: said }));
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: [`accession-${of.kind}`, of.id] });
      setWords('');
      setOpen(false);
    },
  });
  return (
    <Section
      title={t('accession.sources.contacts')}
      act={
        props.mayWrite && (
          <Button size="small" onClick={() => setOpen(!open)}>
            {t('accession.contact.add')}
          </Button>
        )
      }
    >
      {open && (
        <SaveForm
          label={t('accession.contact.add')}
          save={save}
          disabled={!words.trim()}
          onClose={() => setOpen(false)}
        >
          <div className="fields">
            <DayField label={t('accession.day')} value={day} onChange={setDay} />
            <ChoiceField
              label={t('accession.contact.how')}
              value={how}
              options={CONTACT_WAYS}
              word={(h) => t(`accession.contact.way.${h}`)}
              onChange={setHow}
            />
            <TextField
              label={t('accession.contact.words')}
              needed
              rows={2}
              value={words}
              onChange={setWords}
            />
          </div>
        </SaveForm>
      )}
      {props.contacts.length === 0 && <p className="soft small">{t('accession.contact.none')}</p>}
      <ul className="authority-records">
        {props.contacts.map((c) => (
          <li key={c.id} className="row">
            <span className="soft small relation-type">{c.day}</span>
            <span className="grow">
              <span className="soft small">{t(`accession.contact.way.${c.how}`)}</span> {c.words}
              <span className="small soft"> {c.byName}</span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
