import { Button, Drawer } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Fonds } from '../../api/shapes.ts';
import { fondsLabel } from '../../lib/fonds-label.ts';
import { useWording } from '../../wording.tsx';
import { LeaveFor } from './for-one.tsx';

/** Leave for a whole fonds: what was given, and the form that asks for more, in a drawer. */
export function LeaveForFonds({ fonds }: { fonds: Fonds }): ReactNode {
  const { t } = useWording();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('grants.ofFonds')}</Button>
      <Drawer
        open={open}
        size={520}
        title={t('grants.ofFondsTitle', { fonds: fondsLabel(fonds) })}
        onClose={() => setOpen(false)}
        destroyOnHidden
      >
        <div className="stack">
          <p className="small soft">{t('grants.ofFondsMeaning')}</p>
          <LeaveFor archiveId={fonds.archiveId} on={{ fondsId: fonds.id }} />
        </div>
      </Drawer>
    </>
  );
}
