import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { HONOUR_KINDS, type HonourKind } from '#kernel/accessionWords';
import { api, body, fileUrl } from '../../api/client.ts';
import { SaveForm } from '../../components/save-form.tsx';
import { Field } from '../../components/small.tsx';
import { today } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { ChoiceField, DayField, TextField } from './fields.tsx';
import type { Source } from './queries.ts';
import { Section } from './sections.tsx';
import { extentText } from './words.ts';

/** Certificates a source was given, to be printed. */
export function Honours({ source: s }: { source: Source }): ReactNode {
  const wording = useWording();
  const { t, language } = wording;
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<HonourKind>('gift');
  const [day, setDay] = useState(today());
  const [accessionId, setAccessionId] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const draft = (id: string | null): string => {
    const a = s.accessions.find((x) => x.id === id);
    if (!a) return t('accession.honour.draftPlain');
    return t('accession.honour.draft', { title: a.title, extent: extentText(wording, a.came) });
  };
  const begin = (): void => {
    const first = s.accessions[0]?.id ?? null;
    setAccessionId(first);
    setWords(draft(first));
    setOpen(true);
  };
  const save = useMutation({
    mutationFn: () =>
      body(
        api.POST('/accession-sources/{id}/honours', {
          params: { path: { id: s.id } },
          body: { kind, accessionId, issuedOn: day || null, words: words.trim() },
        }),
      ),
    onSuccess: (now) => {
      queries.setQueryData(['accession-source', s.id], now);
      setOpen(false);
    },
  });
  return (
    <Section
      title={t('accession.sources.honours')}
      act={
        s.allowed.write && (
          <Button size="small" onClick={begin}>
            {t('accession.honour.add')}
          </Button>
        )
      }
    >
      {open && (
        <SaveForm
          label={t('accession.honour.add')}
          save={save}
          act={t('accession.honour.add')}
          disabled={!words.trim()}
          onClose={() => setOpen(false)}
        >
          <div className="fields">
            <ChoiceField
              label={t('accession.honour.kindLabel')}
              value={kind}
              options={HONOUR_KINDS}
              word={(k) => t(`accession.honour.${k}`)}
              onChange={setKind}
            />
            <DayField label={t('accession.honour.issuedOn')} value={day} onChange={setDay} />
            <Field label={t('accession.honour.for')} wide>
              {(id) => (
                <Select<string | null>
                  id={id}
                  allowClear
                  value={accessionId}
                  onChange={(value) => {
                    setAccessionId(value ?? null);
                    setWords(draft(value ?? null));
                  }}
                  options={s.accessions.map((a) => ({ value: a.id, label: `${a.number} ${a.title}` }))}
                />
              )}
            </Field>
            <TextField
              label={t('accession.honour.words')}
              needed
              rows={3}
              value={words}
              onChange={setWords}
            />
          </div>
        </SaveForm>
      )}
      {s.honours.length === 0 && <p className="soft small">{t('accession.honour.none')}</p>}
      <ul className="authority-records">
        {s.honours.map((h) => (
          <li key={h.id} className="row">
            <span className="soft small relation-type">{h.issuedOn}</span>
            <span className="grow">
              {t(`accession.honour.${h.kind}`)} <span className="code small">{h.number}</span>
            </span>
            <a
              href={fileUrl(`/accession-honours/${h.id}/certificate.pdf`, { lang: language })}
              target="_blank"
              rel="noreferrer"
            >
              {t('accession.honour.certificate')}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
