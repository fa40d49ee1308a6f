/**
 * Grave acts ask for a proof from now. The call that met `session.stale` waits while the person gives it, and is then sent
 * again; the pages that made it need to know nothing of this.
 */
type Asker = () => Promise<boolean>;

let asker: Asker | undefined;
let asking: Promise<boolean> | undefined;

/** Names who asks for the proof; returns what takes that back. */
export function askForProofWith(ask: Asker): () => void {
  asker = ask;
  return () => {
    if (asker === ask) asker = undefined;
  };
}

async function isStale(response: Response): Promise<boolean> {
  if (response.status !== 401 || !response.headers.get('content-type')?.includes('problem+json'))
    return false;
  const problem: unknown = await response.clone().json();
  return (
    typeof problem === 'object' && problem !== null && 'code' in problem && problem.code === 'session.stale'
  );
}

/** `fetch` that asks for a proof where one is asked for. Calls that wait at one time share one asking. */
export async function fetchWithProof(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await fetch(request);
  if (!asker || !(await isStale(response))) return response;
  asking ??= asker().finally(() => {
    asking = undefined;
  });
  return (await asking) ? fetch(again) : response;
}
