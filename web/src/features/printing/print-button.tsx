import { Button, type ButtonProps } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import type { PrintChoice, PrintForm } from './queries.ts';

const PrintDrawer = lazy(async () => ({ default: (await import('./print-drawer.tsx')).PrintDrawer }));

export interface WhatToPrint {
  archiveId: string;
  choice: PrintChoice;
  /** What was chosen, in words. */
  words: string;
  /** Part of the file's name: a number, a code. */
  label: string;
  /** The form that is likely wanted. */
  form: PrintForm;
}

/** Opens the printing of something, for those who read it. */
export function PrintButton({
  size = 'small',
  type = 'default',
  children,
  ...what
}: WhatToPrint & Pick<ButtonProps, 'size' | 'type'> & { children?: ReactNode }): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const [open, setOpen] = useState(false);
  if (!can('holdings.read', what.archiveId)) return null;
  return (
    <>
      <Button size={size} type={type} onClick={() => setOpen(true)}>
        {children ?? t('printing.print')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <PrintDrawer {...what} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
