import Type from 'typebox';
import type { App } from '#kernel/http/route';
import { isMessageKey, type Language, t } from '#kernel/wording';
import type { Access, PublicCertificate } from '#modules/access';
import { type Html, html } from './html.ts';
import { Lang, languageOf, sendPage } from './reply.ts';

type FileVerdict = Awaited<ReturnType<Access['verify']>>;
type Fact = readonly [words: string, value: string | null | undefined];

/** The public check of certified copies: by number, or by the file itself. Works on a phone and on paper. */
export function registerVerify(app: App, { access, timeZone }: { access: Access; timeZone: string }): void {
  const open = { config: { policy: 'public' as const } };
  const when = (l: Language, d: Date | string) =>
    new Intl.DateTimeFormat(l, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(new Date(d));

  app.get(
    '/verify',
    {
      ...open,
      schema: {
        hide: true,
        querystring: Type.Object({ number: Type.Optional(Type.String({ maxLength: 100 })), ...Lang }),
      },
    },
    async (req, reply) => {
      const { number } = req.query;
      if (number?.trim()) return reply.redirect(`/verify/${encodeURIComponent(number.trim())}`);
      const l = languageOf(req);
      return sendPage(req, reply, {
        title: t(l, 'verify.title'),
        body: html`<h1>${t(l, 'verify.title')}</h1>${forms(l)}`,
      });
    },
  );

  app.get(
    '/verify/:number',
    {
      ...open,
      schema: { hide: true, params: Type.Object({ number: Type.String() }), querystring: Type.Object(Lang) },
    },
    async (req, reply) => {
      const l = languageOf(req);
      const found = await access.publicCertificate(req.params.number);
      return sendPage(req, reply, {
        title: t(l, 'verify.title'),
        status: found ? 200 : 404,
        body: html`${found ? byNumber(l, found, when) : verdictWord(l, 'unknown', t(l, 'verify.unknown.means'))}${forms(l)}`,
      });
    },
  );

  app.post(
    '/verify',
    { config: { policy: 'public', crossSite: true }, schema: { hide: true, querystring: Type.Object(Lang) } },
    async (req, reply) => {
      const l = languageOf(req);
      const file = req.isMultipart() ? await req.file() : undefined;
      const bytes = await file?.toBuffer();
      if (!bytes || bytes.length === 0) {
        return sendPage(req, reply, {
          title: t(l, 'verify.title'),
          status: 400,
          body: html`<h1>${t(l, 'verify.upload.none')}</h1>${forms(l)}`,
        });
      }
      const verdict = await access.verify(bytes);
      return sendPage(req, reply, {
        title: t(l, 'verify.title'),
        body: html`${byFile(l, verdict, when)}${forms(l)}`,
      });
    },
  );
}

function verdictWord(l: Language, verdict: FileVerdict['verdict'], means: string): Html {
  return html`<p class="verdict ${verdict === 'genuine' ? 'good' : 'bad'}">${t(l, `verify.${verdict}`)}</p><p>${means}</p>`;
}

function byNumber(l: Language, c: PublicCertificate, when: (l: Language, d: Date) => string): Html {
  const verdict = c.state === 'revoked' ? 'revoked' : c.expired ? 'expired' : 'genuine';
  const means = verdict === 'genuine' ? t(l, 'verify.number.means') : t(l, `verify.${verdict}.means`);
  return html`${verdictWord(l, verdict, means)}${facts([
    [t(l, 'verify.number'), c.number],
    [t(l, 'verify.archive'), c.archiveName],
    [t(l, 'verify.issuedAt'), when(l, c.issuedAt)],
    [t(l, 'verify.validUntil'), c.validUntil],
    [t(l, 'verify.revokedAt'), c.revokedAt && when(l, c.revokedAt)],
    [t(l, 'verify.reason'), c.revocationReason],
    [t(l, 'verify.digest'), c.sha256],
  ])}`;
}

/** A file tells what it certifies only when it is proved: the holder knows the content, a guesser of numbers does not. */
function byFile(l: Language, v: FileVerdict, when: (l: Language, d: string) => string): Html {
  const payload = v.payload ?? {};
  const text = (key: string) => (typeof payload[key] === 'string' ? payload[key] : null);
  return html`${verdictWord(l, v.verdict, t(l, `verify.${v.verdict}.means`))}${facts([
    [t(l, 'verify.number'), v.number],
    [t(l, 'verify.archive'), v.signer?.archiveName],
    [t(l, 'verify.issuedAt'), v.signedAt && v.signer ? when(l, v.signedAt) : null],
    [t(l, 'verify.record'), [text('referenceCode'), text('title')].filter(Boolean).join(' ') || null],
    [t(l, 'verify.purpose'), text('purpose')],
    [t(l, 'verify.revokedAt'), v.revoked?.date],
    [t(l, 'verify.reason'), v.revoked?.reason],
    [t(l, 'verify.revocation'), v.signer ? t(l, `verify.revocation.${v.revocation}`) : null],
  ])}<ul class="soft">${v.reasons.map((r) => html`<li>${reasonWords(l, r)}</li>`)}</ul>`;
}

function reasonWords(l: Language, r: FileVerdict['reasons'][number]): string {
  const key = `verify.reason.${r.code}`;
  return isMessageKey(key) ? t(l, key) : r.message;
}

function facts(rows: readonly Fact[]): Html {
  return html`<dl class="facts">${rows.filter(([, v]) => v).map(([k, v]) => html`<dt>${k}</dt><dd>${v}</dd>`)}</dl>`;
}

function forms(l: Language): Html {
  return html`<h2>${t(l, 'verify.upload')}</h2>
<form class="box" action="/verify" method="post" enctype="multipart/form-data">
<label class="hidden" for="file">${t(l, 'verify.upload')}</label><input id="file" name="file" type="file" accept="application/pdf,application/json" required>
<button>${t(l, 'verify.upload.button')}</button></form>
<h2>${t(l, 'verify.byNumber')}</h2>
<form class="box" action="/verify" method="get"><label class="hidden" for="number">${t(l, 'verify.number')}</label>
<input id="number" name="number" required maxlength="100" placeholder="${t(l, 'verify.number')}"><button>${t(l, 'verify.upload.button')}</button></form>
<h2>${t(l, 'verify.yourself')}</h2><p class="soft">${t(l, 'verify.yourself.how')}</p>`;
}
