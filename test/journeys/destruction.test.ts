import { beforeAll, expect, it } from 'vitest';
import { type Api, apiOf } from './harness/api.ts';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { addPerson, type Person, signIn } from './harness/people.ts';
import { archiveId, furnish, HEAD, unitId } from './harness/stock.ts';
import { w } from './harness/words.ts';
import { SCANS } from './material/scans.ts';

const CUSTODIAN: Person = {
  username: 'baoguan',
  password: 'ku-fang-qi-yao-shi',
  name: '石敬之',
  roles: ['custody'],
};
const DIRECTOR: Person = {
  username: 'guanzhang',
  password: 'guan-li-yi-guan',
  name: '顾明远',
  roles: ['director'],
};
const HOLD = { reason: '民事诉讼取证', basis: '法院调查令 7 号' };

journey(
  'off-line media are made and tested; what is due is destroyed, and what is held back is not',
  (world) => {
    let head: Api;
    let custodian: Visitor;
    let held: string;
    let free: string;
    beforeAll(async () => {
      head = await furnish(world);
      await addPerson(world.house, CUSTODIAN);
      await addPerson(world.house, DIRECTOR);
      held = await unitId(head, SCANS.codes.pdf);
      free = await unitId(head, SCANS.codes.traditional);
    });

    it('1. the custodian plans a batch; what it comes to is said before', async () => {
      custodian = await world.visitor();
      const { page } = custodian;
      await signIn(page, CUSTODIAN);
      await page.getByRole('link', { name: w('rail.keeping') }).click();
      await page.getByRole('link', { name: w('keeping.part.media') }).click();
      await page.getByText(w('media.none')).waitFor();
      await look(custodian, 'media-01-empty');
      await page
        .getByRole('button', { name: w('media.plan'), exact: true })
        .first()
        .click();
      const form = page.getByRole('dialog');
      await form.getByRole('radio', { name: w('media.ofSome') }).check();
      await form.getByLabel(w('media.yearFrom')).fill('1980');
      await form.getByLabel(w('media.yearTo')).fill('1990');
      await form.locator('.notice.is-done').waitFor();
      await look(custodian, 'media-02-plan');
      await form.getByRole('button', { name: w('media.planAct') }).click();
      await page.getByRole('heading', { name: w('media.purpose.sealed') }).waitFor();
      await look(custodian, 'media-03-sets');
    });

    it('2. she writes a medium, puts it in its place, tests it, and prints its label', async () => {
      const { page } = custodian;
      await page.getByRole('link', { name: /-A001$/ }).click();
      await page.getByRole('button', { name: w('media.act.write') }).click();
      const act = (name: string) => page.getByRole('form', { name });
      await act(w('media.act.write'))
        .getByRole('button', { name: w('media.act.write') })
        .click();
      await page.getByText(w('media.state.written')).waitFor();
      await page.getByRole('button', { name: w('media.act.place') }).click();
      const place = act(w('media.act.place'));
      await place.getByLabel(w('media.label.place')).fill('特藏库 3-2-1');
      await place.getByLabel(w('media.reason')).fill('入库');
      await place.getByRole('button', { name: w('media.act.place') }).click();
      await page.getByText(w('media.placed', { to: '特藏库 3-2-1' })).waitFor();
      await page.getByRole('button', { name: w('media.act.test') }).click();
      const test = act(w('media.act.test'));
      await test.getByRole('radio', { name: w('media.scope.all') }).check();
      await test.getByRole('button', { name: w('media.act.test') }).click();
      await page
        .getByRole('region', { name: w('media.tests') })
        .getByText(w('media.outcome.passed'))
        .waitFor();
      await look(custodian, 'media-04-medium');
      const label = await page.getByRole('link', { name: w('media.printLabel') }).getAttribute('href');
      const answer = await page.request.get(label ?? '');
      expect(answer.headers()['content-type']).toContain('application/pdf');
    });

    it('3. how a record is held counts the copy off-line beside those on-line', async () => {
      const { page } = custodian;
      await page.goto(`/console/preservation/objects/urn:uuid:${free}`);
      await page.getByText(w('media.offlineCounted', { n: 1 })).waitFor();
      await look(custodian, 'media-05-object');
    });

    it('4. a record is held back for a lawsuit; its page says so', async () => {
      const { page } = custodian;
      await page.goto(`/console/units/${held}`);
      await page.getByRole('button', { name: w('act.more') }).click();
      await page.getByText(w('holds.add')).click();
      const form = page.getByRole('dialog');
      await form.getByLabel(w('holds.reason')).fill(HOLD.reason);
      await form.getByLabel(w('holds.basis')).fill(HOLD.basis);
      await form.getByRole('button', { name: w('holds.save') }).click();
      await page.getByText(w('holds.line', { ...HOLD, until: w('holds.untilEnded') })).waitFor();
      await form.waitFor({ state: 'hidden' });
      await look(custodian, 'disposal-01-held');
    });

    it('5. from the table she proposes what is due; what is held back is left out, and why is said', async () => {
      const { page } = custodian;
      await page.goto('/console/holdings?held=yes');
      await page.getByRole('checkbox', { name: w('list.chooseAll') }).check();
      await page.getByRole('button', { name: w('disposal.propose') }).click();
      const form = page.getByRole('dialog');
      await form.getByText(w('disposal.propose.leftOut', { n: 1 })).waitFor();
      await form.getByText(w('disposal.obstacle.legalHold')).waitFor();
      await form.getByText(w('retention.D30')).waitFor();
      await form.getByLabel(w('disposal.register.reason')).fill('保管期满，无继续保存价值');
      await form.getByLabel(w('disposal.register.basis')).fill('鉴定委员会 2026 年第 3 次会议');
      await look(custodian, 'disposal-02-propose');
      await form.getByRole('button', { name: w('disposal.propose.send') }).click();
      await page.getByText(w('disposal.propose.sent')).waitFor();
      await page.goto('/console/disposals');
      await page.getByRole('table').getByText(w('disposal.state.proposed')).waitFor();
      await look(custodian, 'disposal-03-list');
    });

    it('6. two others agree; the medium that still holds it waits for a signature', async () => {
      for (const person of [HEAD, DIRECTOR]) {
        const { page, close } = await world.visitor();
        await signIn(page, person);
        await page.goto('/console/disposals');
        await page.getByRole('table').getByRole('link').first().click();
        await page.getByRole('button', { name: w('act.approve'), exact: true }).click();
        await page.getByText(w('disposal.register.supervisor', { n: person === HEAD ? 1 : 2 })).waitFor();
        await close();
      }
      const { page } = custodian;
      await page.goto('/console/disposals');
      await page.getByRole('table').getByRole('link').first().click();
      const signOff = page.getByRole('button', { name: w('disposal.signOff') });
      await signOff.waitFor();
      await look(custodian, 'disposal-04-waits');
      await signOff.click();
      const form = page.getByRole('form', { name: w('disposal.signOff') });
      await form.getByLabel(w('disposal.signOff.note')).fill('粉碎，石敬之、梁守成在场');
      await form.getByRole('button', { name: w('disposal.signOff') }).click();
      await page.getByText(w('disposal.certificate')).waitFor();
      await page.getByRole('table').getByText(w('disposal.unit.destroyed')).waitFor();
      await look(custodian, 'disposal-05-done');
      const api = await apiOf(world.house.url, CUSTODIAN);
      expect((await api.read<{ pageCount: number }>(`/api/v1/units/${free}`)).pageCount).toBe(0);
      expect((await api.read<{ pageCount: number }>(`/api/v1/units/${held}`)).pageCount).toBe(2);
    });

    it('7. the hold is ended by one who decides, with the reason kept', async () => {
      const second = await world.visitor();
      const { page } = second;
      await signIn(page, HEAD);
      await page.goto('/console/legal-holds');
      await look(second, 'disposal-06-holds');
      await page.getByRole('button', { name: w('holds.lift') }).click();
      const form = page.getByRole('form', { name: w('holds.lift') });
      await form.getByLabel(w('holds.lift.reason')).fill('案件已结');
      await form.getByRole('button', { name: w('holds.lift') }).click();
      await page.getByText(w('holds.none')).waitFor();
      const at = await archiveId(head);
      const { items } = await head.read<{ items: { endReason: string }[] }>(
        `/api/v1/legal-holds?archive=${at}&ended=true`,
      );
      expect(items.map((hold) => hold.endReason)).toEqual(['案件已结']);
    });
  },
  // Text that is read later makes a version later, which the medium has not: another journey's business.
  async () => ({ LANTAI_OCR_WORKERS: '0' }),
);
