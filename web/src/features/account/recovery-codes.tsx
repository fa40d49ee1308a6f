import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { copyText } from '../../lib/copy.ts';
import { useWording } from '../../wording.tsx';

/** A fresh set of recovery codes, shown once. */
export function RecoveryCodes(props: { codes: readonly string[]; onKept: () => void }): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  return (
    <section className="notice is-waiting" aria-label={t('account.codes')}>
      <h3>{t('account.codes')}</h3>
      <p className="small">{t('account.codesLead')}</p>
      <p>{t('account.codesShown')}</p>
      <ol className="code" style={{ columns: 2, maxWidth: 360 }}>
        {props.codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="row no-print">
        <Button type="primary" onClick={props.onKept}>
          {t('account.codesKept')}
        </Button>
        <Button
          onClick={() => void copyText(props.codes.join('\n')).then(() => message.success(t('act.copied')))}
        >
          {t('act.copy')}
        </Button>
        <Button onClick={() => window.print()}>{t('act.print')}</Button>
      </div>
    </section>
  );
}
