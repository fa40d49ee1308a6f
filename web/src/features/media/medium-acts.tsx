import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Radio, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { type Act, actsOn } from './acts.ts';
import { KINDS, MEDIA, type Medium, type MediumKind, mediaDue } from './queries.ts';

const CONDITIONS = ['unknown', 'good', 'worn', 'damaged'] as const satisfies readonly Medium['condition'][];

/** What can be done with a medium as it stands; each act unfolds into what it needs to know. */
export function MediumActs({ medium, working }: { medium: Medium; working: boolean }): ReactNode {
  const { t } = useWording();
  const [act, setAct] = useState<Act>();
  const acts = actsOn(medium);
  if (acts.length === 0) return null;
  return (
    <div className="store-acts no-print">
      <div className="row">
        {acts.map((one, n) => (
          <Button
            key={one}
            type={n === 0 && !working ? 'primary' : 'default'}
            danger={one === 'destroy'}
            disabled={working}
            onClick={() => setAct(one)}
          >
            {t(`media.act.${one}`)}
          </Button>
        ))}
      </div>
      {act && !working && <ActForm key={act} act={act} medium={medium} onDone={() => setAct(undefined)} />}
    </div>
  );
}

function ActForm({ act, medium, onDone }: { act: Act; medium: Medium; onDone: () => void }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const due = useQuery(mediaDue(medium.archiveId));
  const folders = due.data?.folders ?? [];
  const [folder, setFolder] = useState(medium.number);
  const [scope, setScope] = useState<'sample' | 'all'>('sample');
  const [place, setPlace] = useState('');
  const [reason, setReason] = useState('');
  const [condition, setCondition] = useState<Medium['condition']>(medium.condition);
  const [kind, setKind] = useState<MediumKind>(medium.kind);
  const params = { path: { id: medium.id } };
  const perform = useMutation({
    mutationFn: async (): Promise<string | null> => {
      switch (act) {
        case 'write':
          await body(api.POST('/preservation/media/{id}/write', { params, body: { folder } }));
          return null;
        case 'test':
          await body(api.POST('/preservation/media/{id}/test', { params, body: { folder, scope } }));
          return null;
        case 'place':
          await body(
            api.POST('/preservation/media/{id}/place', { params, body: { place, reason, condition } }),
          );
          return null;
        case 'migrate':
          return (await body(api.POST('/preservation/media/{id}/migrate', { params, body: { kind } }))).id;
        default: {
          const how = act === 'withdraw' ? 'withdrawn' : 'destroyed';
          await body(api.POST('/preservation/media/{id}/end', { params, body: { how, reason } }));
          return null;
        }
      }
    },
    onSuccess: (next) => {
      void queries.invalidateQueries({ queryKey: MEDIA });
      void queries.invalidateQueries({ queryKey: ['jobs'] });
      if (next) navigate(`/preservation/media/${next}`);
      onDone();
    },
  });
  const inFolder = act === 'write' || act === 'test';
  const withReason = act === 'place' || act === 'withdraw' || act === 'destroy';
  const ready =
    (!inFolder || folder.trim() !== '') &&
    (act !== 'place' || place.trim() !== '') &&
    (!withReason || reason.trim() !== '');
  const line = (label: string, value: string, set: (value: string) => void, hint?: ReactNode): ReactNode => (
    <Field label={label} needed hint={hint}>
      {(id) => (
        <Input id={id} maxLength={1_000} value={value} onChange={(event) => set(event.target.value)} />
      )}
    </Field>
  );
  return (
    <form
      className="stack alarm-form"
      aria-label={t(`media.act.${act}`)}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        perform.mutate();
      }}
    >
      <p>{t(`media.act.${act}.what`)}</p>
      {perform.error && <Trouble error={perform.error} />}
      {inFolder &&
        line(
          t('media.folder'),
          folder,
          setFolder,
          t('media.folderHint', { folders: folders.join(t('media.comma')) }),
        )}
      {act === 'test' && (
        <Radio.Group
          aria-label={t('media.scope')}
          value={scope}
          onChange={(event) => setScope(event.target.value)}
          options={[
            { value: 'sample', label: t('media.scope.sample', { share: due.data?.rules.testShare ?? 10 }) },
            { value: 'all', label: t('media.scope.all') },
          ]}
        />
      )}
      {act === 'place' && line(t('media.label.place'), place, setPlace, t('media.placeHint'))}
      {act === 'place' && (
        <Field label={t('media.condition')}>
          {(id) => (
            <Select
              id={id}
              value={condition}
              onChange={setCondition}
              options={CONDITIONS.map((value) => ({ value, label: t(`media.condition.${value}`) }))}
            />
          )}
        </Field>
      )}
      {act === 'migrate' && (
        <Radio.Group
          aria-label={t('media.label.kind')}
          value={kind}
          onChange={(event) => setKind(event.target.value)}
          options={KINDS.map((value) => ({ value, label: t(`media.kind.${value}`) }))}
        />
      )}
      {withReason && line(t('media.reason'), reason, setReason)}
      <div className="row">
        <Button
          htmlType="submit"
          type="primary"
          danger={act === 'destroy'}
          loading={perform.isPending}
          disabled={!ready}
        >
          {t(`media.act.${act}`)}
        </Button>
        <Button onClick={onDone}>{t('act.cancel')}</Button>
      </div>
    </form>
  );
}
