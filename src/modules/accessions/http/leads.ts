import Type from 'typebox';
import { LEAD_STATES, WORTHS } from '#kernel/accessionWords';
import { Nullable } from '#kernel/http/route';
import type { Lead } from '../store/leads.ts';
import { WayByHand } from './schemas.ts';

const maybe = Nullable(Type.String());
export const LeadState = Type.Enum([...LEAD_STATES]);
export const Worth = Type.Enum([...WORTHS]);

export const LeadSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  number: Type.String(),
  title: Type.String(),
  holder: maybe,
  sourceId: maybe,
  sourceName: maybe,
  way: WayByHand,
  worth: Worth,
  state: LeadState,
  content: maybe,
  nextStep: maybe,
  nextOn: maybe,
  outcome: maybe,
  accessionId: maybe,
  version: Type.Integer(),
  updatedAt: Type.String(),
  updatedBy: Type.String(),
});

export const presentLead = (l: Lead) => ({
  id: l.id,
  archiveId: l.archiveId,
  number: l.number,
  title: l.title,
  holder: l.holder,
  sourceId: l.sourceId,
  sourceName: l.sourceName,
  way: l.way,
  worth: l.worth,
  state: l.state,
  content: l.content,
  nextStep: l.nextStep,
  nextOn: l.nextOn,
  outcome: l.outcome,
  accessionId: l.accessionId,
  version: l.version,
  updatedAt: l.updatedAt.toISOString(),
  updatedBy: l.updatedByName,
});
