import type { KeyboardEvent } from 'react';

type Way = 'up' | 'down' | 'home' | 'end' | 'pageUp' | 'pageDown';

/** What a key asks of the tree (WAI-ARIA tree, and the keys of a table person). */
export type TreeAct =
  | { kind: 'walk' | 'draw'; to: Way }
  | { kind: 'in' | 'out' | 'open' | 'choose' | 'leave' | 'cut' | 'paste' }
  | { kind: 'shift'; to: 'up' | 'down' | 'in' | 'out' }
  | { kind: 'type'; text: string };

const WAYS: Readonly<Record<string, Way>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'home',
  End: 'end',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
};

type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

export function treeActOf({ key, altKey, ctrlKey, metaKey, shiftKey }: Key): TreeAct | undefined {
  const held = ctrlKey || metaKey;
  if (altKey) {
    if (key === 'ArrowUp') return { kind: 'shift', to: 'up' };
    if (key === 'ArrowDown') return { kind: 'shift', to: 'down' };
    if (key === 'ArrowRight') return { kind: 'shift', to: 'in' };
    if (key === 'ArrowLeft') return { kind: 'shift', to: 'out' };
    return undefined;
  }
  if (held) {
    if (key === 'x' || key === 'X') return { kind: 'cut' };
    if (key === 'v' || key === 'V') return { kind: 'paste' };
    return undefined;
  }
  const way = WAYS[key];
  if (way) return { kind: shiftKey ? 'draw' : 'walk', to: way };
  if (key === 'ArrowRight') return { kind: 'in' };
  if (key === 'ArrowLeft') return { kind: 'out' };
  if (key === 'Enter') return { kind: 'open' };
  if (key === ' ') return { kind: 'choose' };
  if (key === 'Escape') return { kind: 'leave' };
  if ([...key].length === 1 && /[\p{L}\p{N}]/u.test(key)) return { kind: 'type', text: key };
  return undefined;
}
