export type { HeldUnit, HoldOutcome } from './commands/hold.ts';
export type { IncomingFile } from './domain/objectFiles.ts';
export { type HeldFile, openPreservation, type Preservation } from './module.ts';
export { notDrawnOf } from './notDrawn.ts';
export { createRenditions, pageViewer, type Renditions } from './renditions.ts';
export type { Content, Page } from './store/content.ts';
export type { EventOutcome, PreservationEvent } from './store/events.ts';
export type { ObjectKind, ObjectOwner, ObjectState } from './store/objects.ts';
export type { ObjectToWrite, ObjectWriting } from './writing.ts';
