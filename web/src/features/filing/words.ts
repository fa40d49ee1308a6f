import type { Tone } from '../../components/small.tsx';
import type { Wording } from '../../wording.tsx';
import type { Schedule } from './queries.ts';

/** Where a schedule stands, in a word and a colour: an approved one by its days. */
export function standingOf({ t }: Wording, s: Schedule): { word: string; tone: Tone } {
  if (s.standing) {
    const tone = s.standing === 'inForce' ? 'done' : s.standing === 'toCome' ? 'waiting' : 'closed';
    return { word: t(`schedule.standing.${s.standing}`), tone };
  }
  const tone = s.state === 'draft' ? 'plain' : s.state === 'returned' ? 'wrong' : 'waiting';
  return { word: t(`schedule.state.${s.state}`), tone };
}
