import { Button, Drawer } from 'antd';
import type { FormEvent, ReactNode } from 'react';
import { useWording } from '../wording.tsx';
import { Trouble } from './trouble.tsx';

interface SaveFormProps {
  /** What is saved when the form is sent: a mutation that wants nothing more than that. */
  save: { mutate: () => void; isPending: boolean; error: unknown };
  /** The word on the button; "save" unless it says otherwise. */
  act?: string;
  /** Something needed is still missing. */
  disabled?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A form that is saved as a whole: why it was refused above it, save and cancel below. */
export function SaveForm(props: SaveFormProps & { label?: string }): ReactNode {
  const { t } = useWording();
  const { save } = props;
  return (
    <form
      className="stack"
      aria-label={props.label}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {save.error ? <Trouble error={save.error} /> : null}
      {props.children}
      <div className="row">
        <Button htmlType="submit" type="primary" loading={save.isPending} disabled={props.disabled ?? false}>
          {props.act ?? t('act.save')}
        </Button>
        <Button onClick={props.onClose}>{t('act.cancel')}</Button>
      </div>
    </form>
  );
}

/** The same in a drawer of its own, which is there as long as the form is. */
export function DrawerForm({
  title,
  size,
  ...form
}: SaveFormProps & { title: string; size: number }): ReactNode {
  return (
    <Drawer title={title} open onClose={form.onClose} size={size} destroyOnHidden>
      <SaveForm {...form} />
    </Drawer>
  );
}
