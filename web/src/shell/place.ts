import { createContext, useContext } from 'react';
import { useSearchParams } from 'react-router';
import type { Capability, Language, Session, SessionArchive } from '../api/shapes.ts';
import { useWording } from '../wording.tsx';

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside the shell');
  return session;
}

const KEPT = 'lantai.archive';
export function keepArchive(code: string): void {
  localStorage.setItem(KEPT, code);
}

/** The archive the person is working in: the one the address names, else the last one, else the first. */
export function useArchive(): SessionArchive | undefined {
  const { archives } = useSession();
  const [params] = useSearchParams();
  const named = params.get('archive');
  if (named) return archives.find((a) => a.code === named);
  const kept = localStorage.getItem(KEPT);
  return archives.find((a) => a.code === kept) ?? archives[0];
}

/** Whether this person may do something in an archive (without one: in any of theirs). The server decides again. */
export function useCan(): (capability: Capability, archiveId?: string) => boolean {
  const { archives } = useSession();
  return (capability, archiveId) =>
    archives.some((a) => (!archiveId || a.id === archiveId) && a.capabilities.includes(capability));
}

type Named = { name: string; nameHant?: string | null; nameEn?: string | null };
export function nameIn(language: Language, archive: Named): string {
  if (language === 'zh-TW') return archive.nameHant ?? archive.name;
  return language === 'en' ? (archive.nameEn ?? archive.name) : archive.name;
}
export function useArchiveName(): (archive: Named) => string {
  const { language } = useWording();
  return (archive) => nameIn(language, archive);
}
