import type { PremisAgent, PremisEvent, PremisIdentifier, ReadPremisEvent } from '#formats/premis';
import type { EventOutcome, PreservationEvent } from '../store/events.ts';

export const urn = (value: string): PremisIdentifier => ({ type: 'URN', value });

/** Whoever has no id of their own is the software, or a person known by name alone. */
const agentId = (e: Pick<PreservationEvent, 'actorId' | 'actorName'>): PremisIdentifier =>
  e.actorId === null ? { type: 'name', value: e.actorName } : urn(`urn:uuid:${e.actorId}`);

/** An event of an object as PREMIS has it. */
export function premisEvent(e: PreservationEvent): PremisEvent {
  return {
    identifier: { type: 'UUID', value: e.id },
    type: e.type,
    at: e.at,
    detail: e.detail === null ? undefined : JSON.stringify(e.detail),
    outcome: e.outcome,
    agents: [{ identifier: agentId(e), role: 'implementer' }],
    objects: [urn(e.objectId)],
  };
}

/** Who did these, each once. */
export function premisAgents(events: readonly PreservationEvent[]): PremisAgent[] {
  const agents = new Map<string, PremisAgent>();
  for (const e of events) {
    const identifier = agentId(e);
    const type = e.actorId === null ? 'software' : 'person';
    agents.set(identifier.value, { identifier, name: e.actorName, type });
  }
  return [...agents.values()];
}

const OUTCOMES: readonly EventOutcome[] = ['success', 'warning', 'failure'];

/** Back again. */
export function eventOf(e: ReadPremisEvent, objectId: string, archiveId: string | null): PreservationEvent {
  const agent = e.agents[0];
  const person = agent && /^urn:uuid:(.+)$/.exec(agent.id)?.[1];
  return {
    id: e.id,
    objectId,
    archiveId,
    storeId: null,
    type: e.type,
    at: e.at,
    outcome: OUTCOMES.find((o) => o === e.outcome) ?? 'warning',
    detail: e.detail === null ? null : (JSON.parse(e.detail) as Record<string, unknown>),
    actorId: person ?? null,
    actorName: agent?.name ?? agent?.id ?? '',
  };
}
