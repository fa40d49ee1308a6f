import type { Medium } from './queries.ts';

export type Act = 'write' | 'test' | 'place' | 'migrate' | 'withdraw' | 'destroy';

/** What can be done with a medium in its state, the likeliest first. The server decides again. */
export function actsOn({ state }: Pick<Medium, 'state'>): Act[] {
  switch (state) {
    case 'planned':
      return ['write'];
    case 'writing':
      return ['write', 'withdraw'];
    case 'written':
      return ['place', 'test', 'migrate', 'withdraw'];
    case 'inPlace':
      return ['test', 'place', 'migrate', 'withdraw'];
    case 'replaced':
      return ['test', 'place', 'withdraw', 'destroy'];
    case 'withdrawn':
      return ['place', 'migrate', 'destroy'];
    case 'destroyed':
      return ['migrate'];
  }
}
