import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body, done } from '../../api/client.ts';
import { When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { canUseKeys, makeKey } from '../../lib/security-key.ts';
import { useWording } from '../../wording.tsx';
import { KeyTrouble } from '../session/key-trouble.tsx';
import { AppForm } from './app-form.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import type { Account, Factor } from './shapes.ts';

/** Second factors: what there is, adding, removing, and the recovery codes that stand in for them. */
export function SecondFactors({ account }: { account: Account }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [codes, setCodes] = useState<readonly string[]>();
  const renewed = (fresh: readonly string[] | null): void => {
    if (fresh) setCodes(fresh);
    for (const queryKey of [['account'], ['session'], ['sessions']])
      void queries.invalidateQueries({ queryKey });
  };
  const addKey = useMutation({
    mutationFn: async () => {
      const { options } = await body(api.POST('/me/keys/challenge'));
      const key = await makeKey(options);
      return body(api.POST('/me/keys', { body: { name: t('account.keyName'), key } }));
    },
    onSuccess: ({ recoveryCodes }) => renewed(recoveryCodes),
  });
  const renew = useMutation({
    mutationFn: () => body(api.POST('/me/recovery-codes')),
    onSuccess: ({ recoveryCodes }) => renewed(recoveryCodes),
  });
  const keysHere = canUseKeys() && account.keyOrigins.includes(window.location.origin);
  return (
    <section>
      <h2 className="fields-title">{t('account.factors')}</h2>
      <p className="soft">{t('account.factorsLead')}</p>
      {account.withheld && <p className="notice is-waiting">{t('account.withheld')}</p>}
      {account.factors.length === 0 && <p>{t('account.factorsNone')}</p>}
      <ul className="history">
        {account.factors.map((factor) => (
          <FactorLine key={factor.id} factor={factor} onGone={() => renewed(null)} />
        ))}
      </ul>
      {codes && <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />}
      {account.factors.length > 0 && !codes && (
        <p>
          {t('account.codes')}: {t('account.codesLeft', { n: account.recoveryCodesLeft })}{' '}
          <Button type="link" size="small" loading={renew.isPending} onClick={() => renew.mutate()}>
            {t('account.codesRenew')}
          </Button>
        </p>
      )}
      {renew.error && <Trouble error={renew.error} />}
      {addKey.error && <KeyTrouble error={addKey.error} />}
      {adding ? (
        <AppForm
          onAdded={(fresh) => {
            setAdding(false);
            renewed(fresh);
          }}
          onClose={() => setAdding(false)}
        />
      ) : (
        <div className="row">
          <Button onClick={() => setAdding(true)}>{t('account.totpAdd')}</Button>
          <Button disabled={!keysHere} loading={addKey.isPending} onClick={() => addKey.mutate()}>
            {t('account.keyAdd')}
          </Button>
        </div>
      )}
      {!keysHere && !adding && (
        <p className="small soft">
          {account.keyOrigins[0]
            ? t('account.keyElsewhere', { origin: account.keyOrigins[0] })
            : t('account.keyNever')}
        </p>
      )}
    </section>
  );
}

function FactorLine({ factor, onGone }: { factor: Factor; onGone: () => void }): ReactNode {
  const { t } = useWording();
  const remove = useMutation({
    mutationFn: () => done(api.DELETE('/me/factors/{id}', { params: { path: { id: factor.id } } })),
    onSuccess: onGone,
  });
  return (
    <li>
      <div className="spread">
        <span>
          {factor.name} <span className="soft small">{t(`account.factor.${factor.kind}`)}</span>
        </span>
        <span className="soft small">
          {factor.usedAt ? (
            <>
              {t('account.factorUsed')} <When at={factor.usedAt} />
            </>
          ) : (
            t('account.factorUnused')
          )}{' '}
          <Popconfirm
            title={t('account.factorRemoveSure', { name: factor.name })}
            okText={t('account.factorRemove')}
            cancelText={t('act.cancel')}
            onConfirm={() => remove.mutate()}
          >
            <Button type="link" size="small" danger loading={remove.isPending}>
              {t('account.factorRemove')}
            </Button>
          </Popconfirm>
        </span>
      </div>
      {remove.error && <Trouble error={remove.error} />}
    </li>
  );
}
