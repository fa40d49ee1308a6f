import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body, done } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useArchiveName, useCan, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import type { Peer } from './queries.ts';

/** Hands a text to the browser as a file. */
function give(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = `data:application/json;charset=utf-8,${encodeURIComponent(text)}`;
  link.download = name;
  link.click();
}

/** The way without a line between the two: a request out, a countersignature in. */
export function ByHand({ peer }: { peer: Peer }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const request = useMutation({
    mutationFn: () => body(api.GET('/audit/peers/request', { params: { query: { peer: peer.name } } })),
    onSuccess: (r) => give(`request-${r.size}.json`, JSON.stringify(r, null, 2)),
  });
  const keep = useMutation({
    mutationFn: () => done(api.POST('/audit/countersignatures', { body: { countersignature: text.trim() } })),
    onSuccess: () => {
      setText('');
      message.success(t('peers.came'));
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: ['audit'] }),
  });
  return (
    <form
      className="stack audit-by-hand"
      aria-label={t('peers.byHand')}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        keep.mutate();
      }}
    >
      <p className="soft">{t('peers.byHandLead')}</p>
      {(request.error ?? keep.error) && <Trouble error={request.error ?? keep.error} />}
      <div>
        <Button loading={request.isPending} onClick={() => request.mutate()}>
          {t('peers.request')}
        </Button>
      </div>
      <Field label={t('peers.answerHere')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={3}
            className="code"
            value={text}
            onChange={(e) => setText(e.target.value)}
          />
        )}
      </Field>
      <div>
        <Button htmlType="submit" loading={keep.isPending} disabled={!text.trim()}>
          {t('peers.keep')}
        </Button>
      </div>
    </form>
  );
}

interface Brought {
  archive: string;
  checkpoint: string;
  proof: string[];
}

/** The request of another installation, as its file holds it. */
function requestIn(text: string): Brought | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { archive, checkpoint, proof }: { archive?: unknown; checkpoint?: unknown; proof?: unknown } =
      value;
    if (typeof checkpoint !== 'string' || !Array.isArray(proof)) return undefined;
    return {
      archive: typeof archive === 'string' ? archive : '',
      checkpoint,
      proof: proof.filter((hash) => typeof hash === 'string'),
    };
  } catch {
    return undefined;
  }
}

/** Answers a request that was brought here. */
export function TheirRequest(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const nameOf = useArchiveName();
  const queries = useQueryClient();
  const archives = useSession().archives.filter((a) => can('audit.read', a.id));
  const [text, setText] = useState('');
  const brought = requestIn(text);
  const wanted = archives.find((a) => a.code === brought?.archive);
  const [chosen, setChosen] = useState<string>();
  const archive = chosen ?? wanted?.code ?? archives[0]?.code ?? '';
  const sign = useMutation({
    mutationFn: (b: Brought) =>
      body(
        api.POST('/audit/countersign', {
          body: { archive, checkpoint: b.checkpoint, proof: b.proof },
        }),
      ),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['audit'] }),
  });
  return (
    <form
      className="stack"
      aria-label={t('peers.theirs')}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (brought) sign.mutate(brought);
      }}
    >
      <h2 className="fields-title">{t('peers.theirs')}</h2>
      <p className="soft">{t('peers.theirsLead')}</p>
      {sign.error && <Trouble error={sign.error} />}
      <Field label={t('peers.theirs')} wrong={text.trim() && !brought ? t('peers.notRequest') : undefined}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={5}
            className="code"
            value={text}
            onChange={(e) => {
              setText(e.target.value);
              sign.reset();
            }}
          />
        )}
      </Field>
      <Field label={t('peers.signAs')}>
        {(id) => (
          <Select
            id={id}
            value={archive}
            onChange={setChosen}
            options={archives.map((a) => ({ value: a.code, label: nameOf(a) }))}
          />
        )}
      </Field>
      <div>
        <Button htmlType="submit" loading={sign.isPending} disabled={!brought}>
          {t('peers.sign')}
        </Button>
      </div>
      {sign.data && (
        <div className="notice is-done stack" role="status">
          <p>{t('peers.takeBack')}</p>
          <div>
            <Button onClick={() => give('countersignature.json', sign.data.countersignature)}>
              {t('act.download')}
            </Button>
          </div>
        </div>
      )}
    </form>
  );
}
