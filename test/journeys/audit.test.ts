import { beforeAll, expect, it } from 'vitest';
import { isIncluded, leafHash } from '../support/rfc9162.ts';
import { type Api, apiOf } from './harness/api.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { ARCHIVE, addPerson, type Person, signIn } from './harness/people.ts';
import { CLERK, furnish, unitId } from './harness/stock.ts';
import { w } from './harness/words.ts';
import { SCANS } from './material/scans.ts';

const AUDITOR: Person = {
  username: 'jiangmou',
  password: 'shen-ji-yuan-2026',
  name: '江审计',
  roles: ['auditor'],
};

interface Entries {
  items: { id: string; act: string; sentence: string; actor: { name: string }; target: { id: string } }[];
}

journey(
  'What was done is found, told in a sentence, and proved',
  (world) => {
    let unit: string;
    let clerk: Api;
    let auditor: Api;

    beforeAll(async () => {
      unit = await unitId(await furnish(world), SCANS.codes.pdf);
      await addPerson(world.house, { ...AUDITOR, archive: ARCHIVE.code });
      clerk = await apiOf(world.house.url, CLERK);
      auditor = await apiOf(world.house.url, AUDITOR);
    });

    it('A clerk reads a closed record, several times over: one entry', async () => {
      for (let n = 0; n < 3; n++) await clerk.read(`/api/v1/units/${unit}`);
      const { items } = await auditor.read<Entries>(`/api/v1/audit/entries?thing=${unit}&act=unit.read`);
      expect(items.map((e) => e.actor.name)).toEqual([CLERK.name]);
    });

    it('The audit administrator finds it by the reference code and reads it as a sentence', async () => {
      const who = await world.visitor();
      await signIn(who.page, AUDITOR);
      await who.page.getByRole('link', { name: w('rail.audit') }).click();
      await who.page.getByLabel(w('audit.thing'), { exact: true }).fill(SCANS.codes.pdf);
      await who.page.keyboard.press('Enter');
      const row = who.page.getByRole('row').filter({
        hasText: w('auditAct.unit.read', { actor: CLERK.name, thing: SCANS.codes.pdf }),
      });
      await row.waitFor();
      await look(who, 'audit-list');
      await row.getByRole('cell').nth(1).dblclick();
      await who.page
        .getByRole('dialog')
        .getByRole('button', { name: w('audit.proof'), exact: true })
        .waitFor();
    });

    it('The proof is one click away, and holds in the browser and for a verifier of another hand', async () => {
      const { items } = await auditor.read<Entries>(`/api/v1/audit/entries?thing=${unit}&act=unit.read`);
      const id = items[0]!.id;
      await expect
        .poll(() => auditor.get(`/api/v1/audit/entries/${id}/proof`).then((r) => r.status), {
          interval: 1_000,
        })
        .toBe(200);
      const who = await world.visitor();
      await signIn(who.page, AUDITOR);
      await who.page.goto(`/console/audit?thing=${unit}&act=unit.read&row=${id}`);
      const panel = who.page.getByRole('dialog');
      await panel.getByRole('button', { name: w('audit.proof'), exact: true }).click();
      await panel.getByText(w('audit.proof.holds')).waitFor();
      await look(who, 'audit-proof');
      const proof = await auditor.read<{
        position: number;
        leafHash: string;
        entry: string;
        path: string[];
        checkpoint: { size: number; root: string; algorithm: string };
      }>(`/api/v1/audit/entries/${id}/proof`);
      const { size, root, algorithm } = proof.checkpoint;
      expect(leafHash(algorithm, proof.entry)).toBe(proof.leafHash);
      const claim = { leaf: proof.leafHash, index: proof.position, size, path: proof.path, root };
      expect(isIncluded(algorithm, claim)).toBe(true);
    });

    it('Nobody else reads the trail, and that it was tried is in it', async () => {
      expect(await clerk.get('/api/v1/audit/entries').then((r) => r.status)).toBe(403);
      expect(await clerk.get('/api/v1/audit/report.csv').then((r) => r.status)).toBe(403);
      const { items } = await auditor.read<Entries>('/api/v1/audit/entries?act=act.refused');
      expect(items.map((e) => e.actor.name)).toContain(CLERK.name);
    });
  },
  // A minute is long to wait for what is signed.
  async () => ({ LANTAI_AUDIT_CHECKPOINT_SECONDS: '3' }),
);
