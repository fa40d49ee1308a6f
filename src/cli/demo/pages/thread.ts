import { answerRequests } from '#kernel/threads';
import type { BornDigital } from '../transfer/documents.ts';
import { writeRecord } from '../transfer/write.ts';
import { drawPage } from './draw.ts';
import type { PageOrder } from './order.ts';

/** A page or a record to be made, and where. */
export type Making = { path: string } & ({ order: PageOrder } | { record: BornDigital });

/** Makes pictures and documents off the thread that serves. */
answerRequests<Making>((wanted) =>
  'order' in wanted ? drawPage(wanted.order, wanted.path) : writeRecord(wanted.record, wanted.path),
);
