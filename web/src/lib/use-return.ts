import { useEffect } from 'react';

/** The keyboard goes back to where it was when a panel closes. Called before the panel takes it. */
export function useReturn(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
}
