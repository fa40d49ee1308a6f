import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { type ApplicantSought, oneOf } from '../../api/requests.ts';
import type { CertificateState } from '../../api/shapes.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Code, Empty, Loading, PageHead, Status, type Tone, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { FindApplicant } from './find-applicant.tsx';

export const CERTIFICATE_TONES: Record<CertificateState, Tone> = {
  requested: 'waiting',
  approved: 'waiting',
  issued: 'done',
  rejected: 'closed',
  revoked: 'wrong',
};
const STATES = ['requested', 'issued', 'rejected', 'revoked', 'all'] as const;

/** The queue at the window: requests to decide first. */
export function Certificates(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const archive = useArchive();
  const can = useCan();
  const [view, change] = useUrlState(['state', 'cursor', 'row']);
  const state = view.state ?? 'requested';
  const query = {
    ...(archive && { archive: archive.id }),
    state: oneOf(['requested', 'approved', 'issued', 'rejected', 'revoked'], state),
    ...(view.cursor && { cursor: view.cursor }),
    limit: 50,
  };
  const list = useQuery({
    queryKey: ['certificates', query],
    queryFn: () => body(api.GET('/certificates', { params: { query } })),
  });
  const find = useMutation({
    mutationFn: (sought: Omit<ApplicantSought, 'archive'>) =>
      body(api.POST('/certificates/by-applicant', { body: { ...sought, archive: archive?.id ?? '' } })),
  });
  if (!archive) return <NothingHere />;
  const rows = find.data?.items ?? list.data?.items;
  return (
    <div className="page">
      <PageHead
        title={t('certificates.title')}
        actions={
          <Segmented
            value={state}
            onChange={(next) => change({ state: next === 'requested' ? undefined : next })}
            options={STATES.map((value) => ({
              value,
              label: value === 'all' ? t('act.all') : t(`certificates.state.${value}`),
            }))}
          />
        }
      />
      {can('certificate.request', archive.id) && (
        <FindApplicant onFind={find.mutate} pending={find.isPending} />
      )}
      {find.error && <Trouble error={find.error} />}
      {find.data && (
        <p className="row small" role="status" style={{ margin: '8px 0' }}>
          {find.data.items.length === 0
            ? t('personal.find.none')
            : t('personal.find.found', { n: find.data.items.length })}
          <Button size="small" onClick={find.reset}>
            {t('personal.find.clear')}
          </Button>
        </p>
      )}
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {!find.data && list.data?.items.length === 0 && (
        <Empty title={t('certificates.none')}>{t('certificates.noneText')}</Empty>
      )}
      {rows && rows.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('certificates.title')}
              rows={rows}
              idOf={(row) => row.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(`/certificates/${row.id}`)}
              columns={[
                {
                  key: 'number',
                  title: t('certificates.number'),
                  width: '170px',
                  cell: (row) =>
                    row.number ? (
                      <Code value={row.number} />
                    ) : (
                      <span className="soft">{t('certificates.noNumber')}</span>
                    ),
                },
                {
                  key: 'matter',
                  title: t('certificates.matter'),
                  hint: (row) => row.matter,
                  cell: (row) => <Link to={`/certificates/${row.id}`}>{row.matter}</Link>,
                },
                {
                  key: 'unit',
                  title: t('field.referenceCode'),
                  width: '200px',
                  hint: (row) => row.unit.title,
                  cell: (row) => <Code value={row.unit.referenceCode} />,
                },
                {
                  key: 'applicant',
                  title: t('certificates.applicant'),
                  width: '90px',
                  cell: (row) => row.applicant.name,
                },
                {
                  key: 'at',
                  title: t('certificates.requestedAt'),
                  width: '110px',
                  cell: (row) => <When at={row.requestedAt} />,
                },
                {
                  key: 'state',
                  title: t('certificates.stateTitle'),
                  width: '110px',
                  cell: (row) => (
                    <Status tone={CERTIFICATE_TONES[row.state]}>
                      {t(`certificates.state.${row.state}`)}
                    </Status>
                  ),
                },
              ]}
            />
          </div>
          {!find.data && list.data && <Pager list={list.data} />}
        </>
      )}
    </div>
  );
}
