import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Drawer, Input, Radio, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import type { CertificateRequest } from '../../api/requests.ts';
import type { Language, Page, Unit } from '../../api/shapes.ts';
import { Code, Field, Thumbnail } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useDraft } from '../../lib/draft.ts';
import { LANGUAGE_NAMES } from '../../lib/language.ts';
import { useWording } from '../../wording.tsx';
import { ApplicantFields, applicantOf, NOBODY, type TypedPerson } from './applicant-fields.tsx';

export const PURPOSES = ['livelihood', 'work', 'research', 'history', 'economy', 'other'] as const;
const INCLUDES = ['images', 'text', 'both'] as const;

interface Typed {
  matter: string;
  purpose: string;
  otherPurpose: string;
  validUntil: string;
}
const START: Typed = {
  matter: '',
  purpose: 'livelihood',
  otherPurpose: '',
  validUntil: '',
};

/** Asks for a certified copy: what is certified, which pages, for whom and what for. Another person approves. */
export function CertificateForm({
  unit,
  pages,
  openPage,
  onClose,
}: {
  unit: Unit;
  pages: Page[];
  /** The page that was being looked at: chosen to begin with. */
  openPage: number;
  onClose: () => void;
}): ReactNode {
  const { t, language } = useWording();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [typed, setTyped, clear] = useDraft<Typed>(`certificate.${unit.id}`, START);
  // Not part of the draft: a person's data must not lie in the browser.
  const [person, setPerson] = useState<TypedPerson>(NOBODY);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(() => new Set([openPage]));
  const [include, setInclude] = useState<CertificateRequest['include']>('images');
  const [inLanguage, setInLanguage] = useState<Language>(language);
  const put = (change: Partial<Typed>): void => setTyped({ ...typed, ...change });
  const request = useMutation({
    mutationFn: () =>
      body(
        api.POST('/certificates', {
          body: {
            unitId: unit.id,
            pages: [...chosen].sort((a, b) => a - b),
            include,
            matter: typed.matter.trim(),
            applicant: applicantOf(person),
            purpose: typed.purpose === 'other' ? typed.otherPurpose.trim() || 'other' : typed.purpose,
            language: inLanguage,
            ...(typed.validUntil && { validUntil: typed.validUntil }),
          },
        }),
      ),
    onSuccess: (certificate) => {
      clear();
      void queries.invalidateQueries({ queryKey: ['certificates'] });
      void queries.invalidateQueries({ queryKey: ['work'] });
      navigate(`/certificates/${certificate.id}`);
    },
  });
  const toggle = (n: number): void => {
    const next = new Set(chosen);
    if (!next.delete(n)) next.add(n);
    setChosen(next);
  };
  const ready = chosen.size > 0 && typed.matter.trim() && person.name.trim() && person.idNumber.trim();
  return (
    <Drawer
      open
      size={620}
      title={t('certificates.request')}
      onClose={onClose}
      footer={
        <div className="row">
          <Button
            type="primary"
            disabled={!ready}
            loading={request.isPending}
            onClick={() => request.mutate()}
          >
            {t('certificates.send')}
          </Button>
          <Button onClick={onClose}>{t('act.cancel')}</Button>
          <span className="small soft">{t('certificates.secondPerson')}</span>
        </div>
      }
    >
      <div className="stack">
        {request.error && <Trouble error={request.error} />}
        <p>
          <Code value={unit.referenceCode} /> {unit.title}
        </p>
        <Field label={t('certificates.matter')} needed hint={t('certificates.matterHint')}>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={2}
              className="grows"
              value={typed.matter}
              onChange={(e) => put({ matter: e.target.value })}
            />
          )}
        </Field>
        <section aria-label={t('certificates.pages')}>
          <div className="spread">
            <h3 className="fields-title grow">
              {t('certificates.pages')}{' '}
              <span className="soft">
                {t('certificates.pagesChosen', { n: chosen.size, total: pages.length })}
              </span>
            </h3>
            <Checkbox
              checked={chosen.size === pages.length}
              indeterminate={chosen.size > 0 && chosen.size < pages.length}
              onChange={(e) => setChosen(new Set(e.target.checked ? pages.map((page) => page.pageNo) : []))}
            >
              {t('certificates.allPages')}
            </Checkbox>
          </div>
          <div className="thumbs" style={{ maxHeight: 300, overflow: 'auto', padding: 2 }}>
            {pages.map((page) => (
              <button
                key={page.pageNo}
                type="button"
                aria-pressed={chosen.has(page.pageNo)}
                className={chosen.has(page.pageNo) ? 'thumb chosen' : 'thumb'}
                onClick={() => toggle(page.pageNo)}
              >
                <Thumbnail page={page} />
                {chosen.has(page.pageNo) ? '✓ ' : ''}
                {page.label ?? t('page.n', { n: page.pageNo })}
              </button>
            ))}
          </div>
        </section>
        <fieldset>
          <legend>{t('certificates.include')}</legend>
          <Radio.Group value={include} onChange={(e) => setInclude(e.target.value)}>
            {INCLUDES.map((value) => (
              <Radio key={value} value={value}>
                {t(`certificates.include.${value}`)}
              </Radio>
            ))}
          </Radio.Group>
        </fieldset>
        <ApplicantFields person={person} onChange={setPerson} />
        <fieldset>
          <legend>{t('certificates.purpose')}</legend>
          <Radio.Group
            optionType="button"
            value={typed.purpose}
            onChange={(e) => put({ purpose: e.target.value })}
            options={PURPOSES.map((value) => ({ value, label: t(`purpose.${value}`) }))}
          />
          {typed.purpose === 'other' && (
            <Input
              style={{ marginTop: 8 }}
              aria-label={t('certificates.purpose')}
              value={typed.otherPurpose}
              onChange={(e) => put({ otherPurpose: e.target.value })}
            />
          )}
        </fieldset>
        <div className="fields">
          <Field label={t('certificates.language')}>
            {(id) => (
              <Select
                id={id}
                value={inLanguage}
                onChange={setInLanguage}
                options={LANGUAGE_NAMES.map(([value, label]) => ({ value, label }))}
              />
            )}
          </Field>
          <Field label={t('certificates.validUntil')} hint={t('certificates.validHint')}>
            {(id) => (
              <Input
                id={id}
                type="date"
                value={typed.validUntil}
                onChange={(e) => put({ validUntil: e.target.value })}
              />
            )}
          </Field>
        </div>
      </div>
    </Drawer>
  );
}
