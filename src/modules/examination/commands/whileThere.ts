const LOOK_MS = 1_500;

/**
 * Works on something that may be deleted meanwhile, in this process or another: the work's signal is aborted then, and
 * what it ran into for that reason is nobody's trouble.
 *
 * @returns false: it is gone
 * @throws what the work threw, where it is still there
 */
export async function whileThere(
  isThere: () => Promise<boolean>,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
  lookMs = LOOK_MS,
): Promise<boolean> {
  const gone = new AbortController();
  const look = async () => {
    if (!(await isThere())) gone.abort(new Error('it was deleted meanwhile'));
  };
  // A look that fails is no sign: the next one, or the work itself, will tell.
  const timer = setInterval(() => void look().catch(() => {}), lookMs);
  try {
    await work(AbortSignal.any([signal, gone.signal]));
    return isThere();
  } catch (e) {
    if (await isThere()) throw e;
    return false;
  } finally {
    clearInterval(timer);
  }
}
