import type { CliHouse } from '../../house.ts';
import type { SampleArchive } from '../network/archives.ts';
import { jobsDone } from './waiting.ts';

const TITLE = '教育局档案离线备份';
const FONDS = 'J019';
const JOBS = ['plan-media', 'write-medium', 'test-medium'];
/** Where the sets that are written go; the set for use still waits. */
const PLACES: Readonly<Record<string, string>> = {
  sealed: '特藏库 3 排 2 柜 1 格',
  offsite: '云江省档案馆异地备份库 甲 12',
};

/** A batch of off-line media: two sets written, in their places, one of them tested; the third waits to be written. */
export async function makeMediaSets(
  house: CliHouse,
  archive: SampleArchive,
  signal: AbortSignal,
): Promise<void> {
  const { media, holdings } = house;
  const custodian = await house.identity.actorNamed('custody');
  const { id: archiveId } = await holdings.archiveByCode(archive.code);
  const fonds = (await holdings.fondsList(custodian, { archiveId, q: FONDS, limit: 1 })).items[0];
  const known = (await media.plans(custodian, { archiveId, limit: 50 })).items.find((p) => p.title === TITLE);
  const planId =
    known?.id ??
    (await media.makePlan(custodian, {
      archiveId,
      title: TITLE,
      kind: 'optical',
      mediumBytes: 25_000_000_000,
      fondsId: fonds?.id,
    }));
  await jobsDone(house, JOBS, signal);
  const now = async () => (await media.media(custodian, { planId, limit: 50 })).items;
  for (const medium of await now())
    if (medium.purpose in PLACES && (medium.state === 'planned' || medium.state === 'writing'))
      await media.write(custodian, medium.id, medium.number);
  await jobsDone(house, JOBS, signal);
  for (const medium of await now()) {
    const place = PLACES[medium.purpose];
    if (place && medium.state === 'written')
      await media.move(custodian, medium.id, { place, reason: '入库' });
    if (medium.purpose === 'sealed' && medium.writtenAt && !medium.testedAt)
      await media.test(custodian, medium.id, { folder: medium.number, scope: 'sample' });
  }
  await jobsDone(house, JOBS, signal);
}
