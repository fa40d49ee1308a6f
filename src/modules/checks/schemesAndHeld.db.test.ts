import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type Capability, publicActor, systemActor } from '#kernel/actor';
import { newId } from '#kernel/ids';
import { type KeptHouse, keptHouse } from '../../../test/support/keptHouse.ts';
import { type Checks, consignmentSubject } from './index.ts';

let kept: KeptHouse;
let checks: Checks;
beforeAll(async () => {
  kept = await keptHouse();
  checks = kept.house.checks;
});
afterAll(() => kept.close());

function person(name: string, ...capabilities: Capability[]): Actor {
  const rights = new Map([[kept.archive, new Set(capabilities)]]);
  return { ...publicActor(), kind: 'person', id: newId(), name, rights, today: '2026-03-01' };
}
const system = systemActor('test');
async function states(actor: Actor, id: string) {
  const { items } = await checks.report(actor, id);
  return Object.fromEntries(items.map((i) => [i.item.slug, i.result?.state]));
}
const keeper = (name = '保管') => person(name, 'holdings.read', 'preservation.read', 'preservation.manage');

describe('a proposed scheme', () => {
  it('take nothing in that can not be', async () => {
    const fit = { archiveId: kept.archive, stage: 'GD' as const, category: null, profile: null, reason: 'x' };
    const [item] = (await checks.schemeFor(fit)).items;
    for (const items of [
      [],
      [item, item],
      [{ ...item, slug: 'nothing' }],
      [{ ...item, severity: 'mild' }],
      [{ ...item, sample: 101 }],
      [{ ...item, parameters: { shell: 'x' } }],
      [{ ...item, parameters: { fields: { title: { pattern: '(a+)+$' } } } }],
    ])
      await expect(checks.proposeScheme(keeper(), { ...fit, items })).rejects.toMatchObject({
        code: 'check.item',
      });
    await expect(
      checks.proposeScheme(person('无', 'holdings.read'), { ...fit, items: [item] }),
    ).rejects.toMatchObject({ code: 'actor.forbidden' });
  });
});

describe('a check of what is held', () => {
  it('reads every file out of the repository and compares its digests', async () => {
    await kept.hold([{ code: 'J019-WS·2003·D10-0001', title: '通知', text: '关于发放救济粮的通知' }]);
    const actor = keeper();
    const { consignment } = await kept.house.packages.held(system, 'J019', '990111');
    const subject = consignmentSubject(consignment, { kind: 'held', title: 'J019' });
    const order = {
      archiveId: kept.archive,
      about: 'held',
      aboutId: 'J019',
      title: 'J019',
      stage: 'BC' as const,
    };
    const { id } = await checks.run(actor, order, subject);
    const all = await states(actor, id);
    expect(all).toMatchObject({
      'fixity-valid': 'passed',
      'md-access': 'passed',
      'pkg-structure': 'notApplicable',
      'preservation-ops': 'open',
    });
    const { items } = await checks.report(actor, id);
    expect(items.find((i) => i.item.slug === 'fixity-valid')?.result?.judged).toBe(1);
  });
});
