import { useSyncExternalStore } from 'react';

/** Whether the window is at most this wide, in CSS pixels (zoomed windows are narrow ones). */
export function useNarrow(most: number): boolean {
  const query = window.matchMedia(`(max-width: ${most}px)`);
  return useSyncExternalStore(
    (changed) => {
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => query.matches,
  );
}
