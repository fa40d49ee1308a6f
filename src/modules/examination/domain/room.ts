import { type Finding, Refusal } from '#kernel/errors';

const noRoom = (cause?: unknown) =>
  new Refusal('examination.noRoom', 'There is no room left on the server to lay it out.', {}, { cause });

/** A full disk of ours, as a refusal: no fault of what was sent, and trying again at once would not help. */
export function roomOrElse(e: unknown): unknown {
  const code = e instanceof Error && 'code' in e ? e.code : '';
  return code === 'ENOSPC' || code === 'EDQUOT' ? noRoom(e) : e;
}

/** @throws Refusal examination.noRoom where a judgement ended for want of room: then it says nothing about the package */
export function demandJudged(findings: readonly Pick<Finding, 'code'>[]): void {
  if (findings.some((f) => f.code === 'tree.noRoom')) throw noRoom();
}
