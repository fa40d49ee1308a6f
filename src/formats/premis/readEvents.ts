import { documentText, XmlTokenizer } from '#formats/xml';
import { Refusal } from '#kernel/errors';

/** An event as `premisXml` wrote it, with the agents it names. */
export interface ReadPremisEvent {
  id: string;
  type: string;
  at: Date;
  detail: string | null;
  outcome: string | null;
  agents: { id: string; role: string; name: string | null }[];
  objects: string[];
}

const damaged = (what: string, cause?: unknown) =>
  new Refusal('premis.damaged', `The PREMIS document can not be read: ${what}.`, {}, { cause });

/** What is taken out of a document, by the names of elements. */
const WANTED = new Set([
  ...['eventIdentifierValue', 'eventType', 'eventDateTime', 'eventDetail', 'eventOutcome'],
  ...['linkingAgentIdentifierValue', 'linkingAgentRole', 'linkingObjectIdentifierValue'],
  ...['agentIdentifierValue', 'agentName'],
]);

/**
 * The events of a PREMIS document with the names of their agents. For documents of one version of an object, which are
 * small: agents stand behind the events that name them.
 *
 * @throws Refusal `premis.damaged`
 */
export async function readPremisEvents(bytes: AsyncIterable<Buffer>): Promise<ReadPremisEvent[]> {
  const events: ReadPremisEvent[] = [];
  const names = new Map<string, string>();
  let event: ReadPremisEvent | undefined;
  let agent = '';
  let text = '';
  const refusals = { damaged, forbidden: (what: string) => damaged(`it ${what}`) };
  const xml = new XmlTokenizer(
    {
      open(name, at) {
        if (name === 'event')
          event = { id: '', type: '', at: new Date(0), detail: null, outcome: null, agents: [], objects: [] };
        at.wantsText = WANTED.has(name);
        text = '';
      },
      text(piece) {
        text += piece;
      },
      close(name, at) {
        const told = at.wantsText ? text : '';
        at.wantsText = false;
        if (name === 'agentIdentifierValue') agent = told;
        else if (name === 'agentName') names.set(agent, told);
        else if (event) {
          take(event, name, told);
          if (name === 'event') {
            events.push(event);
            event = undefined;
          }
        }
      },
    },
    refusals,
  );
  for await (const piece of documentText(bytes, refusals)) xml.write(piece);
  xml.end();
  for (const e of events) for (const a of e.agents) a.name = names.get(a.id) ?? null;
  return events;
}

function take(event: ReadPremisEvent, name: string, told: string): void {
  switch (name) {
    case 'eventIdentifierValue':
      event.id = told;
      return;
    case 'eventType':
      event.type = told;
      return;
    case 'eventDateTime':
      event.at = new Date(told);
      if (Number.isNaN(event.at.getTime())) throw damaged(`"${told}" is no time`);
      return;
    case 'eventDetail':
      event.detail = told;
      return;
    case 'eventOutcome':
      event.outcome = told;
      return;
    case 'linkingAgentIdentifierValue':
      event.agents.push({ id: told, role: '', name: null });
      return;
    case 'linkingAgentRole':
      event.agents.at(-1)!.role = told;
      return;
    case 'linkingObjectIdentifierValue':
      event.objects.push(told);
  }
}
