import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { ApiError } from '../../api/client.ts';
import { Loading, Status, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { checkProof } from './check-proof.ts';
import { type Entry, type EntryProof, entryProof } from './queries.ts';

/** The proof of an entry, one step away: fetched, and checked in the browser. */
export function ProofOf({ entry }: { entry: Entry }): ReactNode {
  const { t } = useWording();
  const [wanted, setWanted] = useState(false);
  const proof = useQuery({ ...entryProof(entry.id), enabled: wanted });
  return (
    <section aria-label={t('audit.proof')}>
      {!wanted && <Button onClick={() => setWanted(true)}>{t('audit.proof')}</Button>}
      {wanted && proof.isPending && <Loading lines={3} />}
      {proof.error instanceof ApiError && proof.error.code === 'audit.notSigned' ? (
        <p role="status">{t('audit.proof.notYet')}</p>
      ) : (
        proof.error && <Trouble error={proof.error} retry={() => void proof.refetch()} />
      )}
      {proof.data && <Shown proof={proof.data} />}
    </section>
  );
}

function Shown({ proof }: { proof: EntryProof }): ReactNode {
  const { t } = useWording();
  const checked = useQuery({
    queryKey: ['audit', 'checked', proof.entryId, proof.checkpoint.size],
    queryFn: () => checkProof(proof),
  });
  const { checkpoint } = proof;
  return (
    <>
      <h3>{t('audit.proof')}</h3>
      <p role="status">
        {checked.data === 'holds' && <Status tone="done">{t('audit.proof.holds')}</Status>}
        {checked.data === 'fails' && <Status tone="wrong">{t('audit.proof.fails')}</Status>}
      </p>
      <p className="soft small">
        {checked.data === 'notComputed' ? t('audit.proof.plain') : t('audit.proof.how')}
      </p>
      <dl className="audit-facts">
        <Hash name={t('audit.proof.place')} value={`${proof.position}`} />
        <Hash name={t('audit.proof.leaf')} value={proof.leafHash} />
        <Hash name={t('audit.proof.size')} value={`${checkpoint.size}`} />
        <Hash name={t('audit.proof.root')} value={checkpoint.root} />
        <div>
          <dt>{t('audit.proof.signed')}</dt>
          <dd>
            <When at={checkpoint.madeAt} />
          </dd>
        </div>
      </dl>
      <details>
        <summary>
          {t('audit.proof.path')} ({proof.path.length})
        </summary>
        <ol className="code small audit-path">
          {proof.path.map((hash) => (
            <li key={hash}>{hash}</li>
          ))}
        </ol>
      </details>
      <details>
        <summary>{t('audit.proof.text')}</summary>
        <pre className="small audit-text">{proof.entry}</pre>
      </details>
      <Button
        href={`data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(proof, null, 2))}`}
        download={`proof-${proof.entryId}.json`}
      >
        {t('audit.proof.download')}
      </Button>
    </>
  );
}

function Hash({ name, value }: { name: string; value: string }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="code small audit-hash">{value}</dd>
    </div>
  );
}
