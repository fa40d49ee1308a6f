import type { Tone } from '../../components/small.tsx';

/** How far a list is, as a colour. */
export const TONES: Readonly<
  Record<'proposed' | 'rejected' | 'withdrawn' | 'agreed' | 'condemned' | 'destroying' | 'done', Tone>
> = {
  proposed: 'waiting',
  rejected: 'closed',
  withdrawn: 'closed',
  agreed: 'waiting',
  condemned: 'waiting',
  destroying: 'waiting',
  done: 'done',
};
