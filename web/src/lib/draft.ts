import { useCallback, useEffect, useState } from 'react';

/**
 * State of a form that survives a lost connection, an ended session or a closed panel: kept in this tab until `clear`.
 * @param name one per form and record.
 */
export function useDraft<T extends object>(name: string, initial: T): [T, (next: T) => void, () => void] {
  const key = `lantai.draft.${name}`;
  const [value, setValue] = useState<T>(() => {
    const kept = sessionStorage.getItem(key);
    if (!kept) return initial;
    try {
      return { ...initial, ...JSON.parse(kept) };
    } catch {
      return initial;
    }
  });
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    if (touched) sessionStorage.setItem(key, JSON.stringify(value));
  }, [key, value, touched]);
  const change = useCallback((next: T) => {
    setTouched(true);
    setValue(next);
  }, []);
  const clear = useCallback(() => {
    setTouched(false);
    sessionStorage.removeItem(key);
  }, [key]);
  return [value, change, clear];
}
