import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { copyText } from '../lib/copy.ts';
import { useWording } from '../wording.tsx';

/** A one-time link, shown once for handing over: to be read, selected whole, and copied. */
export function CopiedLink({ url, children }: { url: string; children?: ReactNode }): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  return (
    <div className="notice is-waiting" role="status">
      {children}
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
