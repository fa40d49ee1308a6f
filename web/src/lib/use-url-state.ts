import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { changeState, readState, type ViewState } from './url-state.ts';

type Change = (
  change: Readonly<Record<string, string | undefined>>,
  options?: { keepPage?: boolean; replace?: boolean },
) => void;

/** The view's part of the address, and how to change it. */
export function useUrlState<K extends string>(keys: readonly K[]): [ViewState<K>, Change] {
  const [params, setParams] = useSearchParams();
  const names = keys.join(' ');
  // The key list is a constant of the view; its text stands for it.
  const state = useMemo(() => readState(params, names.split(' ') as K[]), [params, names]);
  const change = useCallback<Change>(
    (values, options = {}) =>
      setParams((now) => changeState(now, values, options), { replace: options.replace ?? false }),
    [setParams],
  );
  return [state, change];
}
