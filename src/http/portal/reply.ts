import type { FastifyReply } from 'fastify';
import Type from 'typebox';
import { isRefusal } from '#kernel/errors';
import type { Request } from '#kernel/http/route';
import { chooseLanguage, LANGUAGES, type Language, t } from '#kernel/wording';
import { problemOf } from '../errors.ts';
import { type Html, html } from './html.ts';
import { page } from './layout.ts';

const LANGUAGE_COOKIE = 'lantai_language';
/** Part of every public page's query. */
export const Lang = { lang: Type.Optional(Type.String({ maxLength: 10 })) };

/** The reader's language: what they chose, else what they chose before, else what the browser asks for. */
export function languageOf(req: Request): Language {
  const asked = (req.query as { lang?: string }).lang;
  const known =
    LANGUAGES.find((l) => l === asked) ?? LANGUAGES.find((l) => l === req.cookies[LANGUAGE_COOKIE]);
  return known ?? chooseLanguage(req.headers['accept-language']);
}

/** Sends a public page and remembers a language that was chosen. */
export function sendPage(
  req: Request,
  reply: FastifyReply,
  o: { title: string; body: Html; query?: string; box?: boolean; head?: Html; status?: number },
): FastifyReply {
  const language = languageOf(req);
  if ((req.query as { lang?: string }).lang === language) {
    void reply.setCookie(LANGUAGE_COOKIE, language, {
      path: '/',
      sameSite: 'lax',
      httpOnly: true,
      secure: req.protocol === 'https',
      maxAge: 365 * 86_400,
    });
  }
  return reply
    .status(o.status ?? 200)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('vary', 'cookie, accept-language')
    .send(page({ ...o, language, url: req.url }));
}

/** Public pages explain in words, not with a problem document. */
export async function orExplain(
  req: Request,
  reply: FastifyReply,
  answer: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await answer();
  } catch (e) {
    const l = languageOf(req);
    const problem = problemOf(e);
    if (!isRefusal(e)) req.log.error({ err: e, reference: problem.reference }, 'fault');
    const words = isRefusal(e)
      ? t(l, problem.status === 404 ? 'portal.missing' : 'portal.none.help')
      : t(l, 'portal.broken', { reference: problem.reference ?? '' });
    return sendPage(req, reply, { title: words, body: html`<h1>${words}</h1>`, status: problem.status });
  }
}
