import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { useHref } from 'react-router';
import { copyText } from '../../lib/copy.ts';
import { useWording } from '../../wording.tsx';

/** A link by which one person sets their password: shown once, for handing over. The secret stands behind the #. */
export function OneTimeLink({ name, token }: { name: string; token: string }): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  const path = useHref('/new-password');
  const url = `${window.location.origin}${path}#${token}`;
  return (
    <div className="notice is-waiting">
      <p>{t('people.linkFor', { name })}</p>
      <p className="code" style={{ overflowWrap: 'anywhere', userSelect: 'all', margin: '6px 0' }}>
        {url}
      </p>
      <Button
        size="small"
        className="no-print"
        onClick={() => void copyText(url).then(() => message.success(t('act.copied')))}
      >
        {t('act.copy')}
      </Button>
    </div>
  );
}
