import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Loading, Status, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { checkGrowth } from './check-proof.ts';
import { type Checkpoint, countersignaturesOf, growthSince } from './queries.ts';

/** One signed head: by whom it is countersigned, and the proof that the trail only grew since, one click away. */
export function CheckpointDetail(props: { checkpoint: Checkpoint; newest: Checkpoint }): ReactNode {
  const { checkpoint, newest } = props;
  const { t } = useWording();
  return (
    <div className="audit-entry">
      <dl className="audit-facts">
        <div>
          <dt>{t('trail.signedAt')}</dt>
          <dd>
            <When at={checkpoint.madeAt} /> <span className="soft small code">{checkpoint.madeAt}</span>
          </dd>
        </div>
        <div>
          <dt>{t('trail.digest')}</dt>
          <dd>{checkpoint.algorithm === 'sm3' ? 'SM3' : 'SHA-256'}</dd>
        </div>
        <div>
          <dt>{t('trail.root')}</dt>
          <dd className="code small audit-hash">{checkpoint.root}</dd>
        </div>
      </dl>
      <Countersigned size={checkpoint.size} />
      <Growth since={checkpoint} newest={newest} />
      <section aria-label={t('trail.statement')}>
        <details>
          <summary>{t('trail.statement')}</summary>
          <pre className="small audit-text">{checkpoint.statement}</pre>
        </details>
        <Button
          href={`data:application/json;charset=utf-8,${encodeURIComponent(checkpoint.statement)}`}
          download={`checkpoint-${checkpoint.size}.json`}
        >
          {t('act.download')}
        </Button>
      </section>
    </div>
  );
}

function Countersigned({ size }: { size: number }): ReactNode {
  const { t } = useWording();
  const list = useQuery(countersignaturesOf(size));
  return (
    <section aria-label={t('trail.countersigned')}>
      <h3>{t('trail.countersigned')}</h3>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading lines={1} />}
      {list.data?.items.length === 0 && <p className="soft">{t('trail.countersignedNone')}</p>}
      <ul>
        {list.data?.items.map((c) => (
          <li key={c.signer} className="spread">
            <span>
              {c.signerName ?? <Status tone="wrong">{t('trail.notTrusted')}</Status>}{' '}
              <span className="soft small">
                <When at={c.madeAt} />
              </span>
            </span>
            <Button
              type="link"
              size="small"
              href={`data:application/json;charset=utf-8,${encodeURIComponent(c.statement)}`}
              download={`countersignature-${size}.json`}
            >
              {t('act.download')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Fetched, and computed in the browser. */
function Growth({ since, newest }: { since: Checkpoint; newest: Checkpoint }): ReactNode {
  const { t } = useWording();
  const [wanted, setWanted] = useState<number>();
  const proof = useQuery({
    ...growthSince(since.size, wanted ?? since.size),
    enabled: wanted !== undefined,
  });
  const checked = useQuery({
    queryKey: ['audit', 'grown', since.size, wanted],
    enabled: proof.data !== undefined,
    queryFn: () => (proof.data ? checkGrowth(proof.data) : undefined),
  });
  const sizes = { first: count(since.size), second: count(wanted) };
  return (
    <section aria-label={t('trail.grown')}>
      {newest.size <= since.size && <p className="soft">{t('trail.grownNewest')}</p>}
      {newest.size > since.size && wanted === undefined && (
        <Button onClick={() => setWanted(newest.size)}>{t('trail.grown')}</Button>
      )}
      {wanted !== undefined && proof.isPending && <Loading lines={1} />}
      {proof.error && <Trouble error={proof.error} retry={() => void proof.refetch()} />}
      {proof.data && (
        <>
          <p role="status">
            {checked.data === 'holds' && <Status tone="done">{t('trail.grownHolds', sizes)}</Status>}
            {checked.data === 'fails' && <Status tone="wrong">{t('trail.grownFails')}</Status>}
          </p>
          <p className="soft small">
            {checked.data === 'notComputed' ? t('audit.proof.plain') : t('trail.grownHow')}
          </p>
          <Button
            href={`data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(proof.data, null, 2))}`}
            download={`consistency-${since.size}-${wanted}.json`}
          >
            {t('audit.proof.download')}
          </Button>
        </>
      )}
    </section>
  );
}
