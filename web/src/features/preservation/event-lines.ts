import type { ObjectEvent } from './queries.ts';

/** One line of the time line: an event, or several checks in a row that found all well. */
export type EventLine =
  | { kind: 'event'; event: ObjectEvent }
  | { kind: 'routine'; events: ObjectEvent[]; first: string; last: string };

const isRoutine = (e: ObjectEvent): boolean => e.type === 'fixity check' && e.outcome === 'success';

/**
 * Events, the newest first, as lines: the newest good check stays, and the good ones behind it, up to whatever else
 * happened, are one line.
 */
export function eventLines(events: readonly ObjectEvent[]): EventLine[] {
  const lines: EventLine[] = [];
  let run: ObjectEvent[] = [];
  const settle = (): void => {
    const [newest, ...rest] = run;
    run = [];
    if (!newest) return;
    lines.push({ kind: 'event', event: newest });
    const [one] = rest;
    if (rest.length === 1 && one) lines.push({ kind: 'event', event: one });
    else if (one)
      lines.push({ kind: 'routine', events: rest, first: rest.at(-1)?.at ?? one.at, last: one.at });
  };
  for (const event of events) {
    if (isRoutine(event)) run.push(event);
    else {
      settle();
      lines.push({ kind: 'event', event });
    }
  }
  settle();
  return lines;
}

/** `fixity check` as the wording names it: `fixityCheck`. */
export function eventWord(type: string): string {
  return type.trim().replace(/[\s-]+(\w)/g, (_, letter: string) => letter.toUpperCase());
}
