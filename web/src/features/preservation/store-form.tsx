import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, InputNumber } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { KEEPING } from './keeping-queries.ts';

const EMPTY = { name: '', address: '', endpoint: '', region: '', accessKey: '', secretKey: '' };
type Values = typeof EMPTY;
const S3_ONLY = ['endpoint', 'region', 'accessKey', 'secretKey'] as const;

/** Adds a place for copies. The server looks at it first and says what is wrong with it. */
export function StoreForm({ onDone }: { onDone: (name: string) => void }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [values, setValues] = useState<Values>(EMPTY);
  const [pace, setPace] = useState<number | null>(null);
  const isS3 = values.address.trim().startsWith('s3:');
  const add = useMutation({
    mutationFn: () => {
      const s3 = isS3 ? Object.fromEntries(S3_ONLY.flatMap((key) => filled(key, values[key]))) : {};
      return body(
        api.POST('/preservation/stores', {
          body: {
            name: values.name.trim(),
            address: values.address.trim(),
            ...(pace === null ? {} : { megabytesPerSecond: pace }),
            ...s3,
          },
        }),
      );
    },
    onSuccess: (store) => {
      setValues(EMPTY);
      void queries.invalidateQueries({ queryKey: KEEPING });
      onDone(store.name);
    },
  });
  const text = (
    key: keyof Values,
    label: string,
    more: { hint?: string; needed?: boolean; secret?: boolean } = {},
  ): ReactNode => (
    <Field label={label} needed={more.needed ?? false} hint={more.hint}>
      {(id) => (
        <Input
          id={id}
          type={more.secret ? 'password' : 'text'}
          autoComplete="off"
          maxLength={1000}
          value={values[key]}
          onChange={(event) => setValues({ ...values, [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <form
      className="stack store-form"
      aria-label={t('stores.add')}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <h2 className="fields-title">{t('stores.add')}</h2>
      {add.error && <Trouble error={add.error} />}
      <div className="fields">
        {text('name', t('stores.name'), { needed: true, hint: t('stores.nameHint') })}
        {text('address', t('stores.address'), { needed: true, hint: t('stores.addressHint') })}
        <Field label={t('stores.pace')} hint={t('stores.paceHint')}>
          {(id) => (
            <InputNumber
              id={id}
              min={1}
              max={100_000}
              value={pace}
              onChange={setPace}
              style={{ width: 140 }}
            />
          )}
        </Field>
        {isS3 && (
          <>
            {text('endpoint', t('stores.endpoint'))}
            {text('region', t('stores.region'))}
            {text('accessKey', t('stores.accessKey'))}
            {text('secretKey', t('stores.secretKey'), { secret: true, hint: t('stores.secretHint') })}
          </>
        )}
      </div>
      <div>
        <Button
          htmlType="submit"
          type="primary"
          loading={add.isPending}
          disabled={!values.name.trim() || !values.address.trim()}
        >
          {t('stores.addAct')}
        </Button>
      </div>
    </form>
  );
}

const filled = (key: string, value: string): [string, string][] =>
  value.trim() === '' ? [] : [[key, value.trim()]];
