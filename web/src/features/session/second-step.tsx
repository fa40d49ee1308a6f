import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { Session } from '../../api/shapes.ts';
import { Field } from '../../components/small.tsx';
import { askKey, canUseKeys } from '../../lib/security-key.ts';
import { type MessageKey, useWording } from '../../wording.tsx';
import { KeyTrouble } from './key-trouble.tsx';

export const SECOND_WAYS = ['totp', 'webauthn', 'recovery'] as const;
export type SecondWay = (typeof SECOND_WAYS)[number];

const CHANGE_TO: Readonly<Record<SecondWay, MessageKey>> = {
  totp: 'second.useTotp',
  webauthn: 'second.useWebauthn',
  recovery: 'second.useRecovery',
};

/** The second step of signing in: by the app, a security key, or a recovery code. */
export function SecondStep(props: {
  ways: readonly SecondWay[];
  onIn: (session: Session) => void;
  onAgain: () => void;
}): ReactNode {
  const { t } = useWording();
  const usable = props.ways.filter((way) => way !== 'webauthn' || canUseKeys());
  const [way, setWay] = useState<SecondWay>(usable[0] ?? 'recovery');
  const [text, setText] = useState('');
  const answer = useMutation({
    mutationFn: async () => {
      if (way === 'webauthn') {
        const { options } = await body(api.POST('/session/second-step/challenge'));
        return body(api.POST('/session/second-step', { body: { key: await askKey(options) } }));
      }
      const given = way === 'totp' ? { code: text } : { recoveryCode: text };
      return body(api.POST('/session/second-step', { body: given }));
    },
    onSuccess: props.onIn,
    onError: () => setText(''),
  });
  const choose = (next: SecondWay): void => {
    setWay(next);
    setText('');
    answer.reset();
  };
  return (
    <form
      className="stack"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        answer.mutate();
      }}
    >
      {answer.error && <KeyTrouble error={answer.error} />}
      <p>{t(`second.${way}`)}</p>
      {way !== 'webauthn' && (
        <Field key={way} label={t(way === 'totp' ? 'second.code' : 'second.recoveryCode')}>
          {(id) => (
            <Input
              id={id}
              autoFocus
              required
              inputMode={way === 'totp' ? 'numeric' : 'text'}
              autoComplete="one-time-code"
              className="code"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      )}
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={answer.isPending}
        disabled={way !== 'webauthn' && text.trim() === ''}
      >
        {t('second.act')}
      </Button>
      <div className="row small">
        {usable
          .filter((other) => other !== way)
          .map((other) => (
            <button key={other} type="button" className="plain" onClick={() => choose(other)}>
              {t(CHANGE_TO[other])}
            </button>
          ))}
        <button type="button" className="plain soft" onClick={props.onAgain}>
          {t('second.again')}
        </button>
      </div>
    </form>
  );
}
