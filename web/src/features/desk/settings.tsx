import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Switch } from 'antd';
import { type ReactNode, useId } from 'react';
import { api, body } from '../../api/client.ts';
import type { DeskHelp } from '../../api/shapes.ts';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';

const KINDS = ['titles', 'numbers', 'dates', 'names', 'flags'] as const satisfies readonly (keyof DeskHelp)[];

/** Which kinds of suggestions an archive has; whoever describes in all of it says so. */
export function HelpSettings({ archiveId }: { archiveId: string }): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const id = useId();
  const key = ['desk-help', archiveId];
  const help = useQuery({
    queryKey: key,
    queryFn: () => body(api.GET('/archives/{archiveId}/desk-help', { params: { path: { archiveId } } })),
  });
  const set = useMutation({
    mutationFn: (wanted: DeskHelp) =>
      body(api.PUT('/archives/{archiveId}/desk-help', { params: { path: { archiveId } }, body: wanted })),
    onSuccess: (now) => {
      queries.setQueryData(key, now);
      void queries.invalidateQueries({ queryKey: ['desk'] });
      message.success(t('oddities.settingsSaved'));
    },
  });
  const now = help.data;
  if (!now) return null;
  return (
    <section className="odd-settings" aria-labelledby={id}>
      <h2 className="fields-title" id={id}>
        {t('oddities.settings')}
      </h2>
      <p className="small soft">{t('oddities.settingsAbout')}</p>
      {set.error && <Trouble error={set.error} />}
      <ul>
        {KINDS.map((kind) => (
          <li key={kind}>
            <Switch
              checked={now[kind]}
              aria-label={t(`deskHelp.kind.${kind}`)}
              disabled={set.isPending}
              onChange={(on) => set.mutate({ ...now, [kind]: on })}
            />
            <span>
              {t(`deskHelp.kind.${kind}`)} <span className="small soft">{t(`deskHelp.about.${kind}`)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
