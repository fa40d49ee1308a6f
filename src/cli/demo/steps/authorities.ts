import { isRefusal } from '#kernel/errors';
import type { Authorities } from '#modules/authorities';
import type { CliHouse } from '../../house.ts';
import { agenciesOf, nameInYear, type SampleAgency } from '../network/agencies.ts';
import { ARCHIVES, archiveOf, type SampleArchive } from '../network/archives.ts';

type Listed = 'body' | 'place' | 'subject' | 'function';
type Input = Omit<Parameters<Authorities['add']>[1], 'archiveId'>;

/** Subjects with what stands under each, as a county's word list has them. */
const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  农业: ['春耕生产', '植树造林', '粮食征购', '农业税征收'],
  民政: ['婚姻登记管理', '救灾款物发放', '地名普查', '殡葬改革'],
  教育: ['扫除文盲', '普及九年义务教育', '学籍管理', '教师职称评定'],
  水利: ['防汛抗旱'],
  财政: ['财政预算编制', '财政决算', '国库券发行'],
};
const YEARS = Array.from({ length: 2025 - 1952 + 1 }, (_, i) => 1952 + i);

/**
 * The list of names of a county: its places, the agencies with the names they bore and the fonds they left, functions, a thesaurus; and
 * entries linked to them by the names written in them. A second call makes nothing twice.
 */
export async function listNames(house: CliHouse, archive: SampleArchive): Promise<void> {
  const { authorities, holdings, identity } = house;
  const actor = await identity.actorNamed('archivist');
  const { id: archiveId } = await holdings.archiveByCode(archive.code);
  const add = (input: Input) => authorities.add(actor, { ...input, archiveId });
  /** The authority of this name, added where it is not there. */
  const ensure = async (name: string, kind: Listed, rest: Partial<Input> = {}): Promise<string> => {
    const wanted = { class: kind === 'body' ? ('agent' as const) : kind, q: name, archiveId };
    const there = await authorities.list(actor, wanted, { cursor: undefined, limit: 20 });
    const known = there.items.find((a) => a.name === name);
    if (known) return known.id;
    return add({ kind, names: [{ form: 'authorised', name }], status: 'final', ...rest });
  };
  const relate = (id: string, otherId: string, type: 'superior' | 'performs' | 'located') =>
    unlessThere(() => authorities.relate(actor, id, { otherId, type }));

  const county = await addPlaces(archive, ensure, relate);
  const marriages = await ensure('婚姻登记', 'function', {
    elements: { scope: '办理结婚、离婚登记，出具婚姻关系证明。', functionType: '业务活动' },
  });
  const fonds = (await holdings.fondsList(actor, { archiveId, limit: 100 })).items;
  for (const agency of agenciesOf(archive)) {
    const id = await ensure(agency.name, 'body', bodyOf(archive, agency));
    await relate(id, county, 'located');
    if (agency.key === 'civil') await relate(id, marriages, 'performs');
    const left = fonds.find((f) => f.number === agency.fonds);
    if (left) await unlessThere(() => authorities.nameCreator(actor, { fondsId: left.id, authorityId: id }));
  }

  const code = `${archive.short}-ZTC`;
  const known = (await authorities.vocabularies(actor, archiveId)).find((v) => v.code === code);
  const vocabulary =
    known ?? (await authorities.addVocabulary(actor, { archiveId, code, name: '示例主题词表' }));
  for (const [wide, narrow] of Object.entries(SUBJECTS)) {
    const above = await ensure(wide, 'subject', { vocabularyId: vocabulary.id });
    for (const term of narrow)
      await relate(above, await ensure(term, 'subject', { vocabularyId: vocabulary.id }), 'superior');
  }
  await authorities.linkWritten(actor, { archiveId, fondsId: null, fields: ['creator'], preview: false });
}

/** @returns the id of the county */
async function addPlaces(
  archive: SampleArchive,
  ensure: (name: string, kind: 'place', rest: Partial<Input>) => Promise<string>,
  relate: (id: string, otherId: string, type: 'superior') => Promise<void>,
): Promise<string> {
  const chain: SampleArchive[] = [archive];
  for (let { parent } = archive; parent; parent = archiveOf(parent).parent) chain.unshift(archiveOf(parent));
  const types = { province: '省', city: '地级市', county: '县' };
  let above: string | undefined;
  for (const { place, level } of chain) {
    const id = await ensure(place, 'place', { elements: { placeType: types[level] } });
    if (above) await relate(above, id, 'superior');
    above = id;
  }
  const county = above ?? '';
  for (const town of ARCHIVES.find((a) => a.code === archive.code)?.townships ?? [])
    await relate(
      county,
      await ensure(town, 'place', { elements: { placeType: town.endsWith('镇') ? '镇' : '乡' } }),
      'superior',
    );
  return county;
}

/** Years in which a name was not used that do not end it: names alternate in the sample. */
const PAUSE = 3;

/** An agency with the names it bore, each with its years. */
function bodyOf(archive: SampleArchive, agency: SampleAgency): Partial<Input> {
  const spans: { name: string; from: number; to: number }[] = [];
  for (const year of YEARS) {
    const name = nameInYear(archive, agency, year);
    const last = spans.findLast((one) => one.name === name);
    if (last && year - last.to <= PAUSE) last.to = year;
    else spans.push({ name, from: year, to: year });
  }
  const now = (YEARS.at(-1) ?? 0) - PAUSE;
  const other = spans
    .filter(({ name }) => name !== agency.name)
    .map(({ name, from, to }) => ({
      form: 'other' as const,
      name,
      from: String(from),
      to: to < now ? String(to) : null,
    }));
  return {
    names: [{ form: 'authorised', name: agency.name }, ...other],
    exist: { from: '1952' },
    identifiers: [{ type: '全宗号', value: agency.fonds }],
    elements: { history: agency.history },
  };
}

/** Does what may be done already. */
async function unlessThere(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (e) {
    if (!isRefusal(e) || !e.code.endsWith('.duplicate')) throw e;
  }
}
