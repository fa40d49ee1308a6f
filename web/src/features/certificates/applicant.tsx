import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { Certificate } from '../../api/shapes.ts';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';

/**
 * The applicant: masked, as on lists and on the paper. Who approves sees it in full, at once where the request waits for
 * them, else when asked for; the server enters each showing in the audit trail.
 */
export function Applicant(props: {
  certificate: Certificate;
  /** May see it in full. */
  approves: boolean;
  /** The request waits for this person. */
  waits: boolean;
}): ReactNode {
  const { t, word } = useWording();
  const { id, applicant } = props.certificate;
  const [asked, setAsked] = useState(false);
  const full = useQuery({
    queryKey: ['certificate-applicant', id],
    queryFn: () => body(api.POST('/certificates/{id}/applicant', { params: { path: { id } } })),
    enabled: props.approves && (props.waits || asked),
    // Once a visit: each showing leaves an entry.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const shown = full.data ?? applicant;
  return (
    <>
      {t('certificates.applicantLine', {
        name: shown.name,
        idType: word('idType', shown.idType),
        idNumber: shown.idNumber,
      })}
      {full.data && <div className="small soft">{t('certificates.applicantShown')}</div>}
      {full.error && <Trouble error={full.error} />}
      {props.approves && !props.waits && !asked && (
        <div className="no-print">
          <Button size="small" onClick={() => setAsked(true)}>
            {t('certificates.showApplicant')}
          </Button>{' '}
          <span className="small soft">{t('certificates.showApplicantHint')}</span>
        </div>
      )}
    </>
  );
}
