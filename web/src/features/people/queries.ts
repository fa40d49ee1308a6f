import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { api, body } from '../../api/client.ts';
import { useArchiveName, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { nameOf, type Organisation, type RightsChange, type Role, type Wanted } from './shapes.ts';

export function useRoles(): UseQueryResult<Role[]> {
  return useQuery({ queryKey: ['roles'], queryFn: async () => (await body(api.GET('/roles'))).items });
}

/** The name of a role in the language of the screen. */
export function useRoleName(): (code: string) => string {
  const { language } = useWording();
  const roles = useRoles();
  return (code) => nameOf(roles.data?.find((r) => r.code === code)?.names, language, code);
}

/** The name of one of the archives the person has a place in. */
export function usePlace(): (archiveId: string | null) => string {
  const { archives } = useSession();
  const archiveName = useArchiveName();
  return (id) => {
    const found = archives.find((a) => a.id === id);
    return found ? archiveName(found) : '—';
  };
}

export function useOrganisation(archiveId: string | undefined): UseQueryResult<Organisation> {
  return useQuery({
    queryKey: ['organisations', archiveId],
    enabled: archiveId !== undefined,
    queryFn: () => body(api.GET('/organisations', { params: { query: { archive: archiveId ?? '' } } })),
  });
}

/** Agencies of the holdings, whose records posts in an organisation can be limited to. */
export function useAgencies(
  archiveId: string | undefined,
): UseQueryResult<{ id: string; code: string; name: string }[]> {
  return useQuery({
    queryKey: ['agencies', archiveId],
    enabled: archiveId !== undefined,
    queryFn: async () =>
      (
        await body(
          api.GET('/archives/{archiveId}/agencies', { params: { path: { archiveId: archiveId ?? '' } } }),
        )
      ).items,
  });
}

/** Asks for a change of rights; another person decides. */
export function useAskForRights(archiveId: string, onAsked: () => void) {
  const { t } = useWording();
  const { message } = App.useApp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ wanted, reason }: { wanted: Wanted; reason: string }) =>
      body(api.POST('/rights-changes', { body: { archiveId, wanted, reason } })),
    onSuccess: () => {
      message.success(t('rights.asked'));
      for (const queryKey of [['rights-changes'], ['work']]) void queries.invalidateQueries({ queryKey });
      onAsked();
    },
  });
}

/** What a request wants, in one sentence's words. */
export function useWantedTitle(): (change: Pick<RightsChange, 'wanted' | 'person' | 'before'>) => string {
  const { t, language } = useWording();
  const roleName = useRoleName();
  return ({ wanted, before, person: about }) => {
    const person = about?.name ?? '';
    switch (wanted.kind) {
      case 'give':
        return t('rights.want.give', { person, role: roleName(wanted.role) });
      case 'end':
        return t('rights.want.end', { person });
      case 'post':
        return t('rights.want.post', { person });
      case 'role':
        return t(wanted.code ? 'rights.want.role' : 'rights.want.newRole', { role: wanted.names[language] });
      case 'retire':
        return t('rights.want.retire', { role: roleName(wanted.code) });
      case 'organisation':
        return t(wanted.unitId ? 'rights.want.organisation' : 'rights.want.newUnit', { name: wanted.name });
      case 'fonds':
        return t('rights.want.fonds', { name: before?.was?.name ?? '' });
    }
  };
}
