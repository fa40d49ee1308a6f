import type { Actor } from '#kernel/actor';
import type { CliHouse } from '../../house.ts';
import type { SampleArchive } from '../network/archives.ts';
import { scansOf } from '../pages/plan.ts';

/** Certified copies of two marriages: one issued, one waiting for approval. */
export async function askForCopies(house: CliHouse, archive: SampleArchive): Promise<void> {
  const codes = [
    ...new Set(
      scansOf(archive)
        .filter((o) => o.kind === 'marriage')
        .map((o) => o.code),
    ),
  ];
  const clerk = await house.identity.actorNamed('clerk');
  const approver = await house.identity.actorNamed('approver');
  const [first, second] = [
    await held(house, clerk, archive, codes[3]!),
    await held(house, clerk, archive, codes[5]!),
  ];
  const issued = await requested(house, clerk, archive, first, '办理房产继承公证');
  if (issued.state === 'requested')
    await house.access.decide(approver, issued.id, 'approved', '经核对原件，同意出具');
  await requested(house, clerk, archive, second, '补办结婚登记证明');
}

interface Held {
  unitId: string;
  title: string;
  pages: number;
}

async function held(house: CliHouse, actor: Actor, archive: SampleArchive, code: string): Promise<Held> {
  const { id } = await house.holdings.archiveByCode(archive.code);
  const found = await house.holdings.findByCode(actor, id, code);
  const { unit } = await house.holdings.readUnit(actor, found);
  return { unitId: unit.id, title: unit.title, pages: unit.pageCount };
}

/** The request with this purpose, made unless it is there. */
async function requested(house: CliHouse, clerk: Actor, archive: SampleArchive, h: Held, purpose: string) {
  const { id: archiveId } = await house.holdings.archiveByCode(archive.code);
  const { items } = await house.access.certificates(clerk, { archiveId, limit: 100 });
  const known = items.find((c) => c.purpose === purpose);
  if (known) return known;
  const id = await house.access.request(clerk, {
    unitId: h.unitId,
    pages: Array.from({ length: h.pages }, (_, i) => i + 1),
    include: 'images',
    matter: `婚姻登记（${h.title}）`,
    // The number has the form of one and belongs to nobody: its region does not exist.
    applicant: { name: h.title.split('与')[0]!, idType: '居民身份证', idNumber: '970121195806150012' },
    purpose,
    language: 'zh-CN',
  });
  return house.access.certificate(clerk, id);
}
