import type { FastifyReply } from 'fastify';

/** What of an answer is needed here, whatever the route says of its own. */
type Answer = Pick<FastifyReply, 'type' | 'header' | 'send'>;

/** A file a route answers with. */
export interface FileHead {
  /** The media type, with the character set where it is text. */
  type: string;
  /** As the person is to find it in the folder of downloads. */
  name: string;
  bytes?: number;
  /** To be looked at in the browser first. */
  inline?: boolean;
}

/** Names a browser may take as they stand between quotation marks. */
const PLAIN = /^[\w .()-]+$/;
/** What `encodeURIComponent` leaves and RFC 8187 does not allow. */
const LEFT = /['()*]/g;

/** How a file is to be saved (RFC 6266): under any name, of Chinese characters or with marks in it. */
export function disposition({ name, inline = false }: Pick<FileHead, 'name' | 'inline'>): string {
  const way = inline ? 'inline' : 'attachment';
  if (PLAIN.test(name)) return `${way}; filename="${name}"`;
  const written = encodeURIComponent(name.toWellFormed()).replace(
    LEFT,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${way}; filename*=UTF-8''${written}`;
}

/** Answers one person with a file that nobody keeps on the way. */
export function sendFile(reply: Answer, head: FileHead, content: unknown): FastifyReply {
  reply
    .type(head.type)
    .header('content-disposition', disposition(head))
    .header('cache-control', 'private, no-store');
  if (head.bytes !== undefined) reply.header('content-length', head.bytes);
  return reply.send(content);
}
