/** An archive of the invented network. Its code begins with 97, which no province has. */
export interface SampleArchive {
  code: string;
  parent: string | null;
  level: 'province' | 'city' | 'county';
  name: string;
  nameHant: string;
  nameEn: string;
  /** The place, as it stands in titles: 石桥县. */
  place: string;
  /** What document numbers begin with: 石. */
  short: string;
  /** The place one level up. */
  above: string;
  townships: readonly string[];
  /** Entries in its catalogue, about. */
  entries: number;
}

export const ARCHIVES: readonly SampleArchive[] = [
  {
    code: '970000',
    parent: null,
    level: 'province',
    name: '云江省档案馆',
    nameHant: '雲江省檔案館',
    nameEn: 'Yunjiang Provincial Archives',
    place: '云江省',
    short: '云',
    above: '云江省',
    townships: ['青岚市', '雁湖市'],
    entries: 480,
  },
  {
    code: '970100',
    parent: '970000',
    level: 'city',
    name: '青岚市档案馆',
    nameHant: '青嵐市檔案館',
    nameEn: 'Qinglan City Archives',
    place: '青岚市',
    short: '青',
    above: '云江省',
    townships: ['城东区', '城西区', '石桥县', '白鹭县'],
    entries: 660,
  },
  {
    code: '970200',
    parent: '970000',
    level: 'city',
    name: '雁湖市档案馆',
    nameHant: '雁湖市檔案館',
    nameEn: 'Yanhu City Archives',
    place: '雁湖市',
    short: '雁',
    above: '云江省',
    townships: ['湖滨区', '新港区', '梅溪县'],
    entries: 340,
  },
  {
    code: '970121',
    parent: '970100',
    level: 'county',
    name: '石桥县档案馆',
    nameHant: '石橋縣檔案館',
    nameEn: 'Shiqiao County Archives',
    place: '石桥县',
    short: '石',
    above: '青岚市',
    townships: ['城关镇', '柳林镇', '白塔乡', '双溪乡', '枫树坪乡', '大垭乡', '黄泥渡镇', '云台乡'],
    entries: 1460,
  },
  {
    code: '970122',
    parent: '970100',
    level: 'county',
    name: '白鹭县档案馆',
    nameHant: '白鷺縣檔案館',
    nameEn: 'Bailu County Archives',
    place: '白鹭县',
    short: '鹭',
    above: '青岚市',
    townships: ['鹭洲镇', '沙河镇', '芦花乡', '长堤乡', '南垸乡'],
    entries: 380,
  },
  {
    code: '970221',
    parent: '970200',
    level: 'county',
    name: '梅溪县档案馆',
    nameHant: '梅溪縣檔案館',
    nameEn: 'Meixi County Archives',
    place: '梅溪县',
    short: '梅',
    above: '雁湖市',
    townships: ['梅城镇', '茶亭乡', '竹山乡', '石门坳乡'],
    entries: 280,
  },
];

/** @throws when the sample has no such archive */
export function archiveOf(code: string): SampleArchive {
  const found = ARCHIVES.find((a) => a.code === code);
  if (!found) throw new Error(`the sample has no archive ${code}`);
  return found;
}
