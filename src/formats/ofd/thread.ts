import { answerRequests } from '#kernel/threads';
import { type OfdReader, openReader } from './reader.ts';

/** What the thread of one OFD is asked. Pages count from 1. */
export type OfdRequest =
  | { ask: 'open'; path: string }
  | { ask: 'text'; page: number }
  | { ask: 'attachment'; part: string }
  | { ask: 'render'; page: number; dpi?: number; maxSide?: number };

let reader: OfdReader | undefined;

answerRequests<OfdRequest>(async (request) => {
  if (request.ask === 'open') {
    reader = await openReader(request.path);
    return {
      info: reader.info,
      pageCount: reader.pageCount,
      version: reader.version,
      parts: [...reader.parts],
      attachments: await reader.attachments(),
      signatures: await reader.signatures(),
    };
  }
  if (!reader) throw new Error('open comes first');
  if (request.ask === 'text') return reader.text(request.page);
  if (request.ask === 'attachment') return reader.attachment(request.part);
  const { canvas, notDrawn } = await reader.draw(request.page, request);
  return {
    data: await canvas.encode('png'),
    width: canvas.width,
    height: canvas.height,
    notDrawn: notDrawn.list(),
  };
});
