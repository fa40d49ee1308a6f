import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { Unmasking } from '../../api/requests.ts';
import type { Certificate } from '../../api/shapes.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';

const REASONS = ['toDecide', 'atTheWindow', 'inquiry', 'correction', 'inspection', 'other'] as const;

/**
 * The applicant: masked, as on lists and on the paper. Who may see it in full says why; to whom the request waits, the
 * request itself is the reason. The server enters each showing in the audit trail.
 */
export function Applicant(props: {
  certificate: Certificate;
  /** May see it in full. */
  unmasks: boolean;
  /** The request waits for this person. */
  waits: boolean;
}): ReactNode {
  const { t, word } = useWording();
  const { id, applicant } = props.certificate;
  const [asked, setAsked] = useState<Unmasking | undefined>(props.waits ? { reason: 'toDecide' } : undefined);
  const full = useQuery({
    queryKey: ['certificate-applicant', id, asked],
    queryFn: () =>
      body(
        api.POST('/certificates/{id}/applicant', {
          params: { path: { id } },
          body: asked ?? { reason: 'toDecide' },
        }),
      ),
    enabled: props.unmasks && asked !== undefined,
    // Once a visit: each showing leaves an entry.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const shown = full.data ?? applicant;
  const extra = [
    [t('personal.telephone'), shown.telephone],
    [t('personal.address'), shown.address],
    [t('personal.agent'), shown.agent && t('personal.line', shown.agent)],
  ] as const;
  return (
    <>
      {t('certificates.applicantLine', {
        name: shown.name,
        idType: word('idType', shown.idType),
        idNumber: shown.idNumber,
      })}
      {extra.map(
        ([label, value]) =>
          value && (
            <div key={label}>
              <span className="soft">{label}</span> {value}
            </div>
          ),
      )}
      {full.data && asked && (
        <div className="small soft">
          {t('personal.shown', { reason: asked.words ?? word('personal.reason', asked.reason) })}
        </div>
      )}
      {full.error && <Trouble error={full.error} />}
      {props.unmasks && !full.data && !full.isFetching && <Why onAsk={setAsked} />}
    </>
  );
}

/** Asks for the reason before anything is shown. */
function Why({ onAsk }: { onAsk: (asked: Unmasking) => void }): ReactNode {
  const { t } = useWording();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<Unmasking['reason']>();
  const [words, setWords] = useState('');
  if (!open)
    return (
      <div className="no-print">
        <Button size="small" onClick={() => setOpen(true)}>
          {t('personal.show')}
        </Button>
      </div>
    );
  const other = reason === 'other';
  return (
    <section className="notice stack no-print" aria-label={t('personal.show')}>
      <Field label={t('personal.why')} needed hint={t('personal.trail')}>
        {(id) => (
          <Select
            id={id}
            style={{ width: '100%' }}
            value={reason}
            onChange={setReason}
            options={REASONS.map((value) => ({ value, label: t(`personal.reason.${value}`) }))}
          />
        )}
      </Field>
      {other && (
        <Field label={t('personal.why.words')} needed>
          {(id) => <Input id={id} maxLength={300} value={words} onChange={(e) => setWords(e.target.value)} />}
        </Field>
      )}
      <div className="row">
        <Button
          type="primary"
          disabled={!reason || (other && !words.trim())}
          onClick={() => reason && onAsk({ reason, ...(other && { words: words.trim() }) })}
        >
          {t('personal.show')}
        </Button>
        <Button onClick={() => setOpen(false)}>{t('act.cancel')}</Button>
      </div>
    </section>
  );
}
