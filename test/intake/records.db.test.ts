import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { type IntakeHouse, intakeHouse } from './house.ts';

let all: IntakeHouse;
let oa: Awaited<ReturnType<IntakeHouse['admitted']>>;
beforeAll(async () => {
  all = await intakeHouse();
  oa = await all.admitted();
});
afterAll(() => all?.close());

const base64 = (text: string) => Buffer.from(text).toString('base64');
const file = (name: string, text: string) => ({ name, content: base64(text) });
const message = (title: string, more: object = {}) => ({
  metadata: {
    title,
    creator: '县民政局',
    date: '2025-03-01',
    docNo: '石民〔2025〕1号',
    retention: '永久',
    pages: 2,
  },
  ...more,
});

async function call(
  method: 'GET' | 'PUT' | 'POST',
  url: string,
  payload?: object | string,
  headers: object = oa.headers,
) {
  const type = typeof payload === 'string' ? { 'content-type': 'application/x-ndjson' } : {};
  const answer = await all.app.inject({
    method,
    url: `/api/v1/intake${url}`,
    headers: { ...headers, ...type },
    ...(payload !== undefined && { payload }),
  });
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
}
const put = (id: string, payload: object, headers?: object) =>
  call('PUT', `/records/${encodeURIComponent(id)}`, payload, headers);
const seen = async (recordId: string) => all.house.filing.record(all.clerk.actor, recordId);

describe('a record a system sends', () => {
  it('is registered with its agency with documents, files and events, and found there by the clerk', async () => {
    const sent = await put('oa-1', {
      ...message('关于开展社会救助工作的通知', { files: [file('正文.txt', '正文')] }),
      parts: [{ id: 'a', part: 'annex', metadata: { title: '附件1' }, files: [file('附件1.txt', '附件')] }],
      events: [{ action: '签发', at: '2025-03-01T09:30:00+08:00', agent: '尚局长' }],
    });
    expect(sent).toMatchObject({ status: 201, body: { outcome: 'taken', version: 1, senderId: 'oa-1' } });
    const { record, files, parts } = await seen(sent.body.recordId);
    expect(record).toMatchObject({
      title: '关于开展社会救助工作的通知',
      year: 2025,
      retention: 'Y',
      state: 'registered',
      registeredByName: '办公自动化系统',
    });
    expect(files.map((f) => f.sha512)).toEqual([createHash('sha512').update('正文').digest('hex')]);
    expect(parts.map((p) => [p.record.title, p.record.part, p.files.length])).toEqual([
      ['附件1', 'annex', 1],
    ]);
    const r = await sql<{ action: string; agent: string }>`select action, agent from filing.event
      where record_id = ${record.id}`.execute(all.db.owner);
    expect(r.rows).toEqual([{ action: '签发', agent: '尚局长' }]);
  });

  it('answers the same when it is sent again, in whatever order of keys, and writes nothing', async () => {
    const first = await put('oa-2', message('甲', { files: [file('a.txt', 'a')] }));
    const { title, ...rest } = message('甲').metadata;
    const again = await put('oa-2', {
      files: [file('a.txt', 'a')],
      metadata: { ...rest, title, pages: '2' },
    });
    expect(again).toMatchObject({ status: 200, body: { outcome: 'unchanged', version: 1 } });
    expect(again.body.recordId).toBe(first.body.recordId);
    expect((await seen(first.body.recordId)).record.files).toBe(1);
  });

  it('is changed while nobody has filed it: what the system says no more goes, what people entered stays', async () => {
    const { body } = await put('oa-3', message('乙', { files: [file('a.txt', 'a'), file('b.txt', 'b')] }));
    const { record } = await seen(body.recordId);
    await all.house.filing.correctRecord(all.clerk.actor, record.id, {
      version: record.version,
      input: { className: '业务', classCode: 'YW', description: { note: '已核对' } },
    });
    const { docNo: _docNo, ...metadata } = message('乙（修订）').metadata;
    const changed = await put('oa-3', { metadata, files: [file('a.txt', 'a'), file('c.txt', 'c')] });
    expect(changed).toMatchObject({ status: 200, body: { outcome: 'changed', version: 2 } });
    const after = await seen(body.recordId);
    expect(after.record).toMatchObject({
      title: '乙（修订）',
      docNo: null,
      classCode: 'YW',
      description: { note: '已核对' },
    });
    expect(after.files.map((f) => f.name)).toEqual(['a.txt', 'c.txt']);
  });

  it('changes nothing back when an earlier version comes late, with a count of its versions or without', async () => {
    await put('oa-4', message('一'));
    await put('oa-4', message('二'));
    expect(await put('oa-4', message('一'))).toMatchObject({
      status: 409,
      body: { code: 'intake.superseded.conflict' },
    });
    await put('oa-5', { revision: 1, ...message('一') });
    await put('oa-5', { revision: 3, ...message('三') });
    expect((await put('oa-5', { revision: 2, ...message('二') })).body.code).toBe(
      'intake.superseded.conflict',
    );
    expect((await put('oa-5', { revision: 3, ...message('别的') })).body.code).toBe(
      'intake.revision.conflict',
    );
    const back = await put('oa-5', { revision: 4, ...message('一') });
    expect(back.body).toMatchObject({ outcome: 'changed', version: 3 });
  });

  it('is a clear conflict once it is filed, and where people removed it', async () => {
    const { body } = await put('oa-6', message('丙'));
    await sql`update filing.record set state = 'filed' where id = ${body.recordId}`.execute(all.db.owner);
    expect((await put('oa-6', message('丙'))).body.outcome).toBe('unchanged');
    expect(await put('oa-6', message('丙改'))).toMatchObject({
      status: 409,
      body: { code: 'intake.filed.conflict' },
    });
    expect((await call('GET', '/records/oa-6')).body).toMatchObject({ state: 'filed', version: 1 });
    const gone = await put('oa-7', message('丁'));
    await all.house.filing.removeRecord(all.clerk.actor, gone.body.recordId);
    expect((await put('oa-7', message('丁改'))).body.code).toBe('intake.gone.conflict');
    expect((await call('GET', '/records/oa-7')).body.state).toBe('removed');
  });

  it('is refused with all that is wrong, field by field, in the caller’s language', async () => {
    const wrong = {
      metadata: { title: '', date: '某日', category: 'WS', itemNo: 3, nonsense: 'x', fondsNo: 'Z999' },
      files: [
        file('../etc/passwd', 'x'),
        { name: 'b.txt' },
        { ...file('c.txt', 'c'), digest: `sha256:${'0'.repeat(64)}` },
      ],
    };
    const chinese = await put('oa-8', wrong);
    expect(chinese).toMatchObject({ status: 422, body: { code: 'intake.findings' } });
    const fields = chinese.body.values.findings.map((f: { field: string }) => f.field);
    expect(fields.sort()).toEqual(
      [
        'metadata.title',
        'metadata.date',
        'metadata.itemNo',
        'metadata.nonsense',
        'metadata.fondsNo',
        'files[0]',
        'files[1]',
        'files[2]',
      ].sort(),
    );
    const english = await put('oa-8', wrong, { ...oa.headers, 'accept-language': 'en' });
    expect(JSON.stringify(english.body)).toContain('is given by the archive');
    expect(JSON.stringify(chinese.body)).toContain('由档案系统给定');
    expect((await call('GET', '/records/oa-8')).status).toBe(404);
  });

  it('warns of what its scheme will ask for', async () => {
    const { body } = await put('oa-9', { metadata: { title: '无责任者', date: '20250301' } });
    expect(
      body.findings.map((f: { field: string; severity: string }) => [f.severity, f.field]),
    ).toContainEqual(['warning', 'metadata.creator']);
  });

  it('bearing a classification is set apart, and nothing of it is named', async () => {
    const secret = await put('机密★-1', message('绝密★ 某事', { files: [file('a.txt', 'a')] }));
    expect(secret).toMatchObject({ status: 422, body: { code: 'record.secret' } });
    expect((await put('oa-10', message('某事', { files: [file('【机密】名单.txt', 'x')] }))).body.code).toBe(
      'record.secret',
    );
    const lines = await sql<{ line: string }>`select row_to_json(a)::text as line from intake.arrival a
      where code = 'record.secret'`.execute(all.db.owner);
    expect(lines.rows).toHaveLength(2);
    for (const { line } of lines.rows) expect(line).not.toMatch(/绝密|机密|某事|oa-10/);
    const kept = await sql<{ n: number }>`select count(*)::int as n from classified.blocked`.execute(
      all.db.owner,
    );
    expect(kept.rows[0]!.n).toBe(2);
  });
});

describe('many at once', () => {
  it('are answered one by one, as an array or as lines', async () => {
    const lines = [
      { id: 'm-1', ...message('一') },
      { id: 'm-2', metadata: { title: '' } },
      { id: 'm-1', ...message('一改') },
      { metadata: { title: '无标识' } },
      { id: 'm-3', surprise: 1, ...message('三') },
    ];
    const answer = await call('POST', '/records', { records: lines });
    expect(answer.body.results.map((r: { outcome: string }) => r.outcome)).toEqual([
      'taken',
      'refused',
      'changed',
      'refused',
      'refused',
    ]);
    const again = await call(
      'POST',
      '/records',
      lines
        .slice(2, 3)
        .map((l) => JSON.stringify(l))
        .join('\n'),
    );
    expect(again.body.results[0]).toMatchObject({ outcome: 'unchanged', version: 2 });
    expect((await call('POST', '/records', '{"id":')).status).toBe(400);
  });
});

describe('what became of it', () => {
  it('is told in a list and in a feed that goes on where it was left', async () => {
    const other = await all.admitted({ name: '另一系统' });
    for (const id of ['f-1', 'f-2', 'f-3']) await put(id, message(id), other.headers);
    // Told is what nothing older can come before any more: a transaction still open anywhere on the server is waited for.
    const changes = async (query: string, some: number) => {
      const asked = () => call('GET', `/changes?${query}`, undefined, other.headers);
      await expect.poll(async () => (await asked()).body.items.length).toBe(some);
      return asked();
    };
    await changes('', 3);
    const first = await changes('limit=2', 2);
    expect(first.body).toMatchObject({
      more: true,
      items: [{ senderId: 'f-1', state: 'registered' }, { senderId: 'f-2' }],
    });
    const rest = await changes(`cursor=${first.body.cursor}`, 1);
    expect(rest.body).toMatchObject({ more: false, items: [{ senderId: 'f-3' }] });
    await all.house.filing.number(
      all.clerk.actor,
      { archiveId: all.archiveId, agencyId: all.civil, year: 2025 },
      { order: 'date', again: false },
    );
    const later = await changes(`cursor=${rest.body.cursor}`, 3);
    expect(later.body.items.map((r: { senderId: string }) => r.senderId).sort()).toEqual([
      'f-1',
      'f-2',
      'f-3',
    ]);
    expect(later.body.items[0]).toMatchObject({
      state: 'numbered',
      referenceCode: expect.stringContaining('J012'),
    });
    const quiet = await call('GET', `/changes?cursor=${later.body.cursor}`, undefined, other.headers);
    expect(quiet.body).toMatchObject({ items: [], more: false, cursor: later.body.cursor });
    const list = await call('GET', '/records?limit=2', undefined, other.headers);
    expect(list.body.items.map((i: { senderId: string }) => i.senderId)).toEqual(['f-1', 'f-2']);
    expect(
      (await call('GET', `/records?cursor=${list.body.next}`, undefined, other.headers)).body,
    ).toMatchObject({
      items: [{ senderId: 'f-3' }],
      next: null,
    });
    // Nobody else's: neither another system's of the agency nor another agency's.
    const stranger = await all.admitted({}, all.school);
    for (const headers of [oa.headers, stranger.headers]) {
      expect((await call('GET', '/records/f-1', undefined, headers)).status).toBe(404);
      expect(JSON.stringify((await call('GET', '/changes', undefined, headers)).body)).not.toContain('"f-2"');
    }
  });
});

describe('quotas', () => {
  it('hold at the edge with two at once, and what was refused counts nothing', async () => {
    const small = await all.admitted({ name: '小系统', dayItems: 3, totalBytes: 10 });
    const answers = await Promise.all(
      ['q-1', 'q-2', 'q-3', 'q-4', 'q-5'].map((id) =>
        put(id, message(id, { files: [file('a.txt', 'xx')] }), small.headers),
      ),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([201, 201, 201, 429, 429]);
    const refused = answers.find((a) => a.status === 429)!;
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await call('GET', '/system', undefined, small.headers)).body).toMatchObject({
      today: { items: 3, bytes: 6 },
      used: { items: 3, bytes: 6 },
    });
    const known = answers.findIndex((a) => a.status === 201) + 1;
    const more = { files: [file('b.txt', '12345')], ...message('改') };
    expect(await put(`q-${known}`, more, small.headers)).toMatchObject({
      status: 422,
      body: { code: 'intake.quota' },
    });
  });

  it('do not let a system send what it was not admitted for, or past its last day', async () => {
    const packages = await all.admitted({ sends: ['packages'] });
    expect((await put('x', message('x'), packages.headers)).status).toBe(403);
    const photos = await all.admitted({ categories: ['ZP'] });
    expect(JSON.stringify((await put('x', message('x'), photos.headers)).body)).toContain('intake.category');
    const old = await all.admitted({ validUntil: '2020-01-01' });
    expect((await put('x', message('x'), old.headers)).body.code).toBe('intake.notAdmitted.forbidden');
  });
});
