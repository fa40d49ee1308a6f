import type { Actor } from '#kernel/actor';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Class } from './names.ts';

/** How a name might be written instead, as the list of authorities has it. */
export interface OtherName {
  text: string;
  value: string;
  how: 'variant' | 'writing' | 'then' | 'successor' | 'near';
  confidence: 'high' | 'fair' | 'low';
  authority: { id: string; name: string };
}

/** What the desk needs of the lists of agents, places and subjects. */
export interface NameLists {
  spelled(
    actor: Actor,
    o: { archiveId: string; names: readonly { class: Class; text: string }[]; day: string | null },
  ): Promise<OtherName[]>;
}

export interface DeskDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  names: NameLists;
}
