import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Status, When } from '../../components/small.tsx';
import { listOf } from '../../lib/format.ts';
import { useArchiveName, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import type { ApiToken } from './shapes.ts';
import '../../styles/table.css';
import '../../styles/account.css';

/** Tokens as a table: what for, what they may do and where, until when, last use. */
export function TokenTable(props: {
  tokens: readonly ApiToken[];
  onRevoke: (id: string) => void;
}): ReactNode {
  const { t, word, language } = useWording();
  const { archives } = useSession();
  const nameOf = useArchiveName();
  const placesOf = (ids: readonly string[] | null): string =>
    ids === null
      ? t('account.tokenAll')
      : listOf(
          language,
          ids.map((id) => {
            const archive = archives.find((a) => a.id === id);
            return archive ? nameOf(archive) : id;
          }),
        );
  return (
    <div className="account-table">
      <table className="data wrap">
        <thead>
          <tr>
            <th scope="col">{t('account.tokenName')}</th>
            <th scope="col">{t('account.tokenCan')}</th>
            <th scope="col">{t('account.tokenUntil')}</th>
            <th scope="col">{t('account.tokenUsed')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('account.tokenRevoke')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.tokens.map((token) => {
            const over = !token.revokedAt && new Date(token.expiresAt) <= new Date();
            return (
              <tr key={token.id}>
                <td>{token.name}</td>
                <td>
                  {listOf(
                    language,
                    token.capabilities.map((c) => word('capability', c, c)),
                  )}
                  <div className="small soft">{placesOf(token.archives)}</div>
                </td>
                <td>
                  <When at={token.expiresAt} />
                </td>
                <td>
                  {token.usedAt ? <When at={token.usedAt} /> : t('account.tokenNever')}
                  {token.usedFrom && <div className="small soft code">{token.usedFrom}</div>}
                </td>
                <td>
                  {token.revokedAt || over ? (
                    <Status tone="closed">{t(over ? 'account.tokenOver' : 'account.tokenRevoked')}</Status>
                  ) : (
                    <Button type="link" size="small" danger onClick={() => props.onRevoke(token.id)}>
                      {t('account.tokenRevoke')}
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
