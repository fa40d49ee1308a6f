import { beforeAll, expect, it } from 'vitest';
import { apiOf } from './harness/api.ts';
import type { Visitor } from './harness/browser.ts';
import type { House } from './harness/house.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import {
  ADMINISTRATORS,
  type AdministratorLinks,
  addPerson,
  FIRST,
  fillSetUp,
  type Person,
  setUp,
  signIn,
} from './harness/people.ts';
import { archiveId, HEAD } from './harness/stock.ts';
import { w } from './harness/words.ts';

const { administrator: SYSTEM, 'security-administrator': SECURITY, auditor: AUDIT } = ADMINISTRATORS;
/** Opened in the course of the journey. */
const NEWCOMER = { username: 'fangmou', password: 'xin-lai-de-2026', name: '方新来' };
const DEPUTY: Person = {
  username: 'liumou',
  password: 'dai-ban-ren-2026',
  name: '刘代班',
  roles: ['reader'],
};

journey(
  'First start: three administrators who exclude each other; rights by two persons; standing in',
  (world) => {
    let house: House;
    let head: Visitor;
    let links: AdministratorLinks;
    let people: Record<'system' | 'security' | 'audit', Visitor>;

    beforeAll(async () => {
      house = world.house;
      head = await world.visitor();
      people = {
        system: await world.visitor(),
        security: await world.visitor(),
        audit: await world.visitor(),
      };
    });

    const choose = async (who: Visitor, label: string, option: string) => {
      const { page } = who;
      await page.getByRole('combobox', { name: label }).click();
      await page.keyboard.type(option);
      await page.locator('.ant-select-dropdown:visible').getByTitle(option, { exact: true }).first().click();
    };
    /** Whom the table of people shows, by the name that is clicked. */
    const openPerson = async (who: Visitor, name: string) => {
      await who.page.goto('/console/people');
      await who.page.getByRole('link', { name, exact: true }).click();
      await who.page.getByRole('heading', { name, level: 1 }).waitFor();
    };

    it('1. the first start founds the archive, its head and three administrators, each with a link of their own', async () => {
      await fillSetUp(head.page, house);
      await look(head, 'roles-01-setup');
      links = await setUp(head.page, house);
      expect(new Set(Object.values(links)).size).toBe(3);
      for (const link of Object.values(links)) expect(link).toContain('/console/new-password#');
    });

    it('2. each sets a password by the link, once, and signs in', async () => {
      const by = { system: SYSTEM, security: SECURITY, audit: AUDIT };
      const link = {
        system: links.administrator,
        security: links['security-administrator'],
        audit: links.auditor,
      };
      for (const who of ['system', 'security', 'audit'] as const) {
        const { page } = people[who];
        await page.goto(link[who]);
        await page.getByLabel(w('account.passwordNew')).fill(by[who].password);
        await page.getByLabel(w('setup.again')).fill(by[who].password);
        await page.getByRole('button', { name: w('newPassword.act') }).click();
        await page.getByText(w('newPassword.done')).waitFor();
        await signIn(page, by[who]);
      }
      const again = await apiOf(house.url);
      const token = links.auditor.split('#')[1];
      const second = await again.post('/api/v1/password-links/use', { token, password: 'someone-elses-1' });
      expect(second.ok).toBe(false);
    });

    it('3. none of the three reads records, and none can do what another does', async () => {
      const archive = await archiveId(await apiOf(house.url, FIRST));
      const may = {
        people: (api: Awaited<ReturnType<typeof apiOf>>) =>
          api.post('/api/v1/people', { archiveId: archive, username: 'x', displayName: '' }),
        rights: (api: Awaited<ReturnType<typeof apiOf>>) =>
          api.post('/api/v1/rights-changes', {
            archiveId: archive,
            wanted: { kind: 'retire', code: 'reader', version: 1 },
            reason: 'x',
          }),
        trail: (api: Awaited<ReturnType<typeof apiOf>>) => api.get('/api/v1/audit/entries'),
      };
      const allowed: Record<string, string[]> = {};
      for (const one of [SYSTEM, SECURITY, AUDIT, FIRST]) {
        const api = await apiOf(house.url, one);
        allowed[one.username] = [];
        for (const [act, ask] of Object.entries(may))
          if ((await ask(api)).status !== 403) allowed[one.username]?.push(act);
        const history = await api.get(`/api/v1/units/${archive}/history`);
        expect(history.status, one.username).toBe(one === FIRST ? 404 : 403);
      }
      expect(allowed).toEqual({
        [SYSTEM.username]: ['people'],
        [SECURITY.username]: ['rights'],
        [AUDIT.username]: ['trail'],
        [FIRST.username]: [],
      });
    });

    it('4. the system administrator opens an account; it has no role, and its person sets the password', async () => {
      const { page } = people.system;
      await page.getByRole('link', { name: w('rail.people') }).click();
      await page.getByRole('link', { name: w('people.new') }).click();
      const form = page.getByRole('form', { name: w('people.new') });
      await form.getByLabel(w('people.name')).fill(NEWCOMER.name);
      await form.getByLabel(w('signIn.username')).fill(NEWCOMER.username);
      await page.getByRole('button', { name: w('people.create') }).click();
      const link = (await page.locator('.notice .code').textContent()) ?? '';
      await look(people.system, 'roles-02-opened');
      await openPerson(people.system, NEWCOMER.name);
      await page.getByText(w('people.state.waiting')).waitFor();
      await look(people.system, 'roles-03-person-for-system');
      expect(await page.getByRole('form', { name: w('people.give') }).count()).toBe(0);
      const newcomer = await world.visitor();
      await newcomer.page.goto(link);
      await newcomer.page.getByLabel(w('account.passwordNew')).fill(NEWCOMER.password);
      await newcomer.page.getByLabel(w('setup.again')).fill(NEWCOMER.password);
      await newcomer.page.getByRole('button', { name: w('newPassword.act') }).click();
      await newcomer.page.getByText(w('newPassword.done')).waitFor();
      await newcomer.close();
    });

    it('5. the security administrator asks for a role; who asked can not approve, another person does', async () => {
      const { page } = people.security;
      await openPerson(people.security, NEWCOMER.name);
      await choose(people.security, w('people.what'), '档案管理员');
      await page.getByLabel(w('access.reason')).fill('新到馆，负责著录');
      await look(people.security, 'roles-04-ask');
      await page.getByRole('button', { name: w('rights.ask') }).click();
      await page.getByText(w('rights.asked')).waitFor();
      await page.getByRole('link', { name: w('rail.rights') }).click();
      const title = w('rights.want.give', { person: NEWCOMER.name, role: '档案管理员' });
      await page.getByRole('link', { name: title }).click();
      await page.getByText(w('rights.own')).waitFor();
      await head.page.goto('/console/rights-changes');
      await look(head, 'roles-05-requests');
      await head.page.getByRole('link', { name: title }).click();
      await head.page.getByRole('button', { name: w('act.approve'), exact: true }).waitFor();
      await look(head, 'roles-06-request');
      await head.page.getByRole('button', { name: w('act.approve'), exact: true }).click();
      await head.page.getByText(w('rights.done.approved')).waitFor();
      const api = await apiOf(house.url, NEWCOMER);
      const session = await api.read<{ archives: { capabilities: string[] }[] }>('/api/v1/session');
      expect(session.archives[0]?.capabilities).toContain('holdings.write');
    });

    it('6. nobody becomes an administrator who works with records: the approval itself is refused', async () => {
      const { page } = people.security;
      await openPerson(people.security, NEWCOMER.name);
      await choose(people.security, w('people.what'), '安全审计员');
      await page.getByLabel(w('access.reason')).fill('兼任');
      await page.getByRole('button', { name: w('rights.ask') }).click();
      await page.getByText(w('rights.asked')).waitFor();
      head.guard.expect(422, '/approve');
      await head.page.goto('/console/rights-changes');
      const title = w('rights.want.give', { person: NEWCOMER.name, role: '安全审计员' });
      await head.page.getByRole('link', { name: title }).click();
      await head.page.getByRole('button', { name: w('act.approve'), exact: true }).click();
      await head.page.getByText(w('error.rights.twoSides')).waitFor();
      await head.page.getByLabel(w('decision.note')).fill('三员不得兼任');
      await head.page.getByRole('button', { name: w('act.reject') }).click();
      await head.page.getByText(w('rights.done.rejected')).waitFor();
    });

    it('7. the last administrator of a kind stays', async () => {
      const { page } = people.system;
      people.system.guard.expect(422, '/disable');
      await openPerson(people.system, AUDIT.name);
      await page.getByLabel(w('people.reason', { act: w('people.close') })).fill('调离');
      await page.getByRole('button', { name: w('people.close') }).click();
      await page.getByText(w('error.person.lastAdministrator')).waitFor();
      await look(people.system, 'roles-07-last');
    });

    it('8. the roles and the organisation are tables one can read', async () => {
      for (const [who, visitor] of Object.entries({ security: people.security, head })) {
        await visitor.page.goto('/console/roles');
        await visitor.page.getByRole('table', { name: w('roles.title') }).waitFor();
        await look(visitor, `roles-08-roles-${who}`);
      }
      const { page } = people.security;
      await page.goto('/console/organisations');
      for (const name of ['保管利用科', '查阅大厅']) {
        await page.getByRole('button', { name: w('organisation.add') }).click();
        await page.getByLabel(w('field.name')).fill(name);
        if (name === '查阅大厅') await choose(people.security, w('organisation.above'), '保管利用科');
        await page.getByRole('button', { name: w('act.save') }).click();
        await page.getByRole('listitem').filter({ hasText: name }).waitFor();
      }
      const posts = page.getByRole('form', { name: w('organisation.addPost') });
      await posts.getByRole('textbox', { name: w('organisation.post') }).fill('窗口岗');
      await choose(people.security, w('people.roles'), '窗口人员');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: w('organisation.addPost') }).click();
      await page.getByRole('listitem').filter({ hasText: '窗口岗' }).waitFor();
      await look(people.security, 'roles-09-organisation');
    });

    it('9. two administrators edit one role at once: the second sees both versions', async () => {
      const second: Person = {
        username: 'anmou',
        password: 'di-er-ge-an-quan-2026',
        name: '安其次',
        roles: ['security-administrator'],
      };
      await addPerson(house, second);
      const other = await world.visitor();
      await signIn(other.page, second);
      const form = (who: Visitor) => who.page.getByRole('form', { name: w('roles.new') });
      const fill = async (who: Visitor, en: string, capability: string) => {
        await form(who).getByLabel(w('roles.name.zh-CN')).fill('目录员');
        await form(who).getByLabel(w('roles.name.zh-TW')).fill('目錄員');
        await form(who).getByLabel(w('roles.name.en')).fill(en);
        await form(who).getByLabel(capability).check();
        await form(who).getByLabel(w('access.reason')).fill('编目');
      };
      const ask = (who: Visitor) =>
        form(who)
          .getByRole('button', { name: w('rights.ask') })
          .click();
      await people.security.page.goto('/console/roles/new');
      await fill(people.security, 'Cataloguer', w('capability.holdings.read'));
      await people.security.page.getByLabel(w('capability.people.manage')).check();
      await people.security.page.getByText(w('error.role.twoSides')).waitFor();
      await look(people.security, 'roles-10-two-sides');
      await people.security.page.getByLabel(w('capability.people.manage')).uncheck();
      await ask(people.security);
      await people.security.page.waitForURL('**/rights-changes');
      await head.page.goto('/console/rights-changes');
      await head.page.getByRole('link', { name: w('rights.want.newRole', { role: '目录员' }) }).click();
      await head.page.getByRole('button', { name: w('act.approve'), exact: true }).click();
      await head.page.getByText(w('rights.done.approved')).waitFor();
      for (const who of [people.security, other]) {
        await who.page.goto('/console/roles');
        await who.page.getByRole('link', { name: '目录员' }).click();
        await who.page.getByLabel(w('roles.name.en')).waitFor();
      }
      await fill(people.security, 'Cataloguer', w('capability.holdings.write'));
      await ask(people.security);
      await people.security.page.waitForURL('**/rights-changes');
      other.guard.expect(409, '/api/v1/rights-changes');
      await fill(other, 'Cataloguer', w('capability.stats.read'));
      await ask(other);
      await other.page.getByText(w('roles.waitingOf', { name: SECURITY.name })).waitFor();
      await other.page.getByRole('table', { name: w('roles.compare') }).waitFor();
      await look(other, 'roles-11-both-versions');
      await other.close();
    });

    it('10. the head goes away and a colleague stands in: with the head’s rights, and both in the trail', async () => {
      await addPerson(house, DEPUTY);
      await addPerson(house, HEAD);
      await head.page.goto('/console/delegations');
      await choose(head, w('delegation.to'), DEPUTY.name);
      const tomorrow = new Date(Date.now() + 86_400_000);
      const day = [tomorrow.getFullYear(), tomorrow.getMonth() + 1, tomorrow.getDate()]
        .map((n) => String(n).padStart(2, '0'))
        .join('-');
      await head.page.getByLabel(w('people.lastDay')).fill(day);
      await head.page.getByLabel(w('access.reason')).fill('外出开会');
      await look(head, 'roles-12-delegate');
      await head.page.getByRole('button', { name: w('delegation.act') }).click();
      await head.page.getByText(w('delegation.made')).waitFor();
      await look(head, 'roles-13-delegated');
      const deputy = await world.visitor();
      await signIn(deputy.page, DEPUTY);
      await openPerson(people.security, HEAD.name);
      await choose(people.security, w('people.what'), '统计');
      await people.security.page.getByLabel(w('access.reason')).fill('年报');
      await people.security.page.getByRole('button', { name: w('rights.ask') }).click();
      await people.security.page.getByText(w('rights.asked')).waitFor();
      await deputy.page.goto('/console/rights-changes');
      const title = w('rights.want.give', { person: HEAD.name, role: '统计' });
      await deputy.page.getByRole('link', { name: title }).click();
      await deputy.page.getByRole('button', { name: w('act.approve'), exact: true }).click();
      await deputy.page.getByText(w('rights.done.approved')).waitFor();
      const auditor = await apiOf(house.url, AUDIT);
      const trail = await auditor.read<{
        items: { act: string; actor: { name: string }; detail: unknown }[];
      }>('/api/v1/audit/entries?act=rights.approved');
      expect(trail.items[0]).toMatchObject({
        actor: { name: DEPUTY.name },
        detail: { delegatedBy: [{ name: FIRST.name }] },
      });
      await head.page.getByRole('button', { name: w('delegation.end'), exact: true }).click();
      await head.page.getByText(w('delegation.ended')).waitFor();
      const after = await apiOf(house.url, DEPUTY);
      const { archives } = await after.read<{ archives: { capabilities: string[] }[] }>('/api/v1/session');
      expect(archives[0]?.capabilities).not.toContain('rights.approve');
      await deputy.close();
    });
  },
);
