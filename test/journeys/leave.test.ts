import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { type Api, apiOf } from './harness/api.ts';
import type { Visitor } from './harness/browser.ts';
import { inDatabase } from './harness/database.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { addPerson, type Person, signIn } from './harness/people.ts';
import { archiveId, CLERK, furnish, HEAD, unitId } from './harness/stock.ts';
import { w } from './harness/words.ts';
import { SCANS } from './material/scans.ts';

/** Has an account and no post: sees what is open, and what leave is given for. */
const SEEKER: Person = {
  username: 'baimou',
  password: 'zu-shang-di-ji-2026',
  name: '白问渠',
  roles: ['citizen-verified'],
};
const REASON = '查祖父名下土地登记';

interface Grants {
  items: { id: string; state: string; person: { name: string } }[];
}

journey('Leave in a single case: asked for, given by another, ended; and the two questions', (world) => {
  let clerk: Visitor;
  let seeker: Visitor;
  let seekers: Api;
  let clerks: Api;
  let heads: Api;
  let unit: string;
  let archive: string;

  beforeAll(async () => {
    const first = await furnish(world);
    unit = await unitId(first, SCANS.codes.pdf);
    archive = await archiveId(first);
    await addPerson(world.house, SEEKER);
    [clerks, heads, seekers] = await Promise.all([
      apiOf(world.house.url, CLERK),
      apiOf(world.house.url, HEAD),
      apiOf(world.house.url, SEEKER),
    ]);
    [clerk, seeker] = await Promise.all([world.visitor(), world.visitor()]);
    await signIn(clerk.page, CLERK);
    await signIn(seeker.page, SEEKER);
  });

  const visibility = async (page: Page) => {
    await page.goto(`/console/units/${unit}?tab=visibility`);
    await page.getByRole('heading', { name: w('visibility.who') }).waitFor();
    await page.getByRole('table', { name: w('visibility.who') }).waitFor();
  };
  /** What the page says of one act, when asked about the seeker. */
  const askedOf = async (page: Page, answer: string) => {
    const why = page.getByRole('region', { name: w('visibility.why') });
    await why.getByLabel(w('visibility.username')).fill(SEEKER.username);
    await why.getByRole('button', { name: w('visibility.ask') }).click();
    await why.getByText(SEEKER.name, { exact: true }).waitFor();
    await why.getByText(`${w('visibility.sight.content')}: ${answer}`).waitFor();
    return why;
  };
  /** To the seeker the record looks exactly like one that does not exist, at its address and in search. */
  const asIfItWereNot = async () => {
    const bare = async (id: string) => {
      const answer = await seekers.get(`/api/v1/units/${id}`);
      return `${answer.status} ${(await answer.text()).replaceAll(id, 'ID').replaceAll(/"reference":"[^"]*"/g, '')}`;
    };
    expect(await bare(unit)).toBe(await bare(randomUUID()));
    const q = encodeURIComponent(SCANS.codes.pdf);
    expect(await seekers.read(`/api/v1/search?q=${q}`)).toMatchObject({ total: 0, hits: [] });
    expect((await seekers.get(`/iiif/presentation/${unit}/manifest.json`)).status).toBe(404);
  };
  const grants = async () => (await clerks.read<Grants>(`/api/v1/grants?archiveId=${archive}`)).items;

  it('1. who can see this: those who work here, and nobody else; why can this person not: reason by reason', async () => {
    await asIfItWereNot();
    await visibility(clerk.page);
    const who = clerk.page.getByRole('table', { name: w('visibility.who') });
    await who.getByText(HEAD.name).waitFor();
    expect(await who.getByText(SEEKER.name).count()).toBe(0);
    const why = await askedOf(clerk.page, w('visibility.no'));
    await why.getByText(w('visibility.reason.open.status')).first().waitFor();
    await look(clerk, 'leave-01-questions');
  });

  it('2. the clerk asks for leave; until another agrees it gives nothing, and she can not agree herself', async () => {
    const { page } = clerk;
    const leave = page.getByRole('region', { name: w('grants.title') });
    await leave.getByRole('button', { name: w('grants.give') }).click();
    await leave.getByLabel(w('grants.to')).fill(SEEKER.username);
    await leave.getByLabel(w('grants.reason')).fill(REASON);
    await leave.getByLabel(w('grants.basis')).fill('本人身份证、户口簿');
    await look(clerk, 'leave-02-form');
    await leave.getByRole('button', { name: w('grants.ask') }).click();
    await leave.getByText(w('grants.state.proposed')).waitFor();
    await asIfItWereNot();
    await leave.getByRole('link', { name: SEEKER.name }).click();
    await page.getByText(w('grants.own')).waitFor();
    expect(await page.getByRole('button', { name: w('act.approve'), exact: true }).count()).toBe(0);
    const { id } = (await grants())[0]!;
    const answer = await clerks.post(`/api/v1/grants/${id}/decision`, { decision: 'approved' });
    expect(await answer.json()).toMatchObject({ code: 'grant.samePerson' });
  });

  it('3. the second person finds it in his work and agrees', async () => {
    const head = await world.visitor();
    await signIn(head.page, HEAD);
    await head.page.goto('/console/');
    await head.page.getByRole('region', { name: w('work.waiting') }).waitFor();
    await look(head, 'leave-03-work');
    await head.page.getByRole('link', { name: w('work.verb.grant'), exact: true }).click();
    await head.page.getByText(REASON).waitFor();
    await look(head, 'leave-04-decide');
    await head.page.getByRole('button', { name: w('act.approve'), exact: true }).click();
    await head.page.getByText(w('grants.state.running')).waitFor();
    await head.close();
  });

  it('4. the person sees this record, its pages and nothing else; both questions say so', async () => {
    const { title } = await seekers.read<{ title: string }>(`/api/v1/units/${unit}`);
    await seeker.page.goto(`/console/units/${unit}`);
    await seeker.page.getByRole('heading', { name: title }).waitFor();
    await seeker.page.getByRole('list', { name: w('viewer.pages') }).waitFor();
    await look(seeker, 'leave-05-seen');
    const found = await seekers.read<{ total: number }>(
      `/api/v1/search?q=${encodeURIComponent(SCANS.codes.pdf)}`,
    );
    expect(found.total).toBe(1);
    await visibility(clerk.page);
    const row = clerk.page.getByRole('table', { name: w('visibility.who') }).getByRole('row', {
      name: SEEKER.name,
    });
    await row.getByText(w('visibility.by.grant')).waitFor();
    const why = await askedOf(clerk.page, w('visibility.yes'));
    await why.getByText(w('visibility.reason.grant.day')).first().waitFor();
    await look(clerk, 'leave-06-why');
  });

  it('5. it is ended from the table of all leave, and is over from that moment', async () => {
    const { page } = clerk;
    await page.getByRole('link', { name: w('rail.leave') }).click();
    const table = page.getByRole('table', { name: w('grants.listTitle') });
    await table.getByText(SEEKER.name).first().waitFor();
    await look(clerk, 'leave-07-table');
    await table.getByText(SEEKER.name).first().click();
    const one = page.getByRole('dialog');
    await one.getByRole('button', { name: w('grants.end') }).click();
    await one.getByLabel(w('grants.endReason')).fill('查阅已毕');
    await look(clerk, 'leave-08-end');
    await one.getByRole('button', { name: w('grants.end') }).click();
    await one.getByText(w('grants.state.revoked')).waitFor();
    await asIfItWereNot();
    seeker.guard.expect(404, '/api/v1/units/');
    await seeker.page.reload();
    await seeker.page.getByText(w('nothing.title')).waitFor();
  });

  it('6. leave that has run out gives nothing either, with nobody doing anything', async () => {
    const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
    const asked = await clerks.post('/api/v1/grants', {
      unitId: unit,
      username: SEEKER.username,
      gives: ['content'],
      reason: REASON,
      basis: '本人身份证',
      from: day(-1),
      until: day(2),
    });
    const { id } = (await asked.json()) as { id: string };
    await heads.post(`/api/v1/grants/${id}/decision`, { decision: 'approved' });
    expect((await seekers.get(`/api/v1/units/${unit}`)).status).toBe(200);
    // Ten days pass: the days of the leave lie as far back.
    await inDatabase(
      world.house,
      'update holdings.access_grant set valid_from = valid_from - 10, valid_until = valid_until - 10 where id = $1',
      [id],
    );
    await asIfItWereNot();
    expect((await grants()).find((g) => g.id === id)?.state).toBe('ended');
    await clerk.page.goto('/console/leave?state=ended');
    await clerk.page.getByRole('table').getByText(w('grants.state.ended')).waitFor();
    await look(clerk, 'leave-09-ended');
  });
});
