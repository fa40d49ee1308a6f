import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { SessionArchive } from '../../api/shapes.ts';
import { SaveForm } from '../../components/save-form.tsx';
import { Code, Field } from '../../components/small.tsx';
import { useArchiveName } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import type { WantedToken } from './shapes.ts';

/** Never in a token's scope: what changes people or rights. */
const FOR_PERSONS = new Set([
  'people.manage',
  'rights.manage',
  'rights.approve',
  'grants.manage',
  'personal.unmask',
]);
const LONGEST_DAYS = 366;

/** A new token: what for, what it may do, where, how long. */
export function TokenForm(props: {
  capabilities: readonly string[];
  archives: readonly SessionArchive[];
  create: (wanted: WantedToken) => Promise<{ secret: string }>;
  onCreated: (secret: string) => void;
  onClose: () => void;
}): ReactNode {
  const { t, word } = useWording();
  const nameOf = useArchiveName();
  const [name, setName] = useState('');
  const [capabilities, setCapabilities] = useState<string[]>([]);
  const [archives, setArchives] = useState<string[]>([]);
  const [days, setDays] = useState(90);
  const create = useMutation({
    mutationFn: () =>
      props.create({ name, capabilities, archives: archives.length > 0 ? archives : null, days }),
    onSuccess: ({ secret }) => props.onCreated(secret),
  });
  return (
    <SaveForm
      label={t('account.tokenAdd')}
      save={create}
      act={t('account.tokenCreate')}
      disabled={!name.trim() || capabilities.length === 0}
      onClose={props.onClose}
    >
      <Field label={t('account.tokenName')} needed>
        {(id) => (
          <Input id={id} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <fieldset className="field">
        <legend>{t('account.tokenCan')}</legend>
        <Checkbox.Group
          value={capabilities}
          onChange={setCapabilities}
          options={props.capabilities
            .filter((c) => !FOR_PERSONS.has(c))
            .map((c) => ({ value: c, label: word('capability', c, c) }))}
        />
      </fieldset>
      {props.archives.length > 1 && (
        <Field label={t('account.tokenArchives')}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              value={archives}
              onChange={setArchives}
              optionFilterProp="label"
              options={props.archives.map((a) => ({ value: a.id, label: nameOf(a) }))}
            />
          )}
        </Field>
      )}
      <Field label={t('account.tokenDays')} needed>
        {(id) => (
          <InputNumber
            id={id}
            min={1}
            max={LONGEST_DAYS}
            precision={0}
            value={days}
            onChange={(n) => setDays(n ?? 90)}
          />
        )}
      </Field>
    </SaveForm>
  );
}

/** A token just made, shown this once. */
export function NewSecret(props: { secret: string; onKept: () => void }): ReactNode {
  const { t } = useWording();
  return (
    <div className="notice is-waiting" role="status">
      <p>{t('account.tokenShown')}</p>
      <p style={{ overflowWrap: 'anywhere' }}>
        <Code value={props.secret} copy />
      </p>
      <Button onClick={props.onKept}>{t('account.codesKept')}</Button>
    </div>
  );
}
