import { categories } from './categories.ts';
import type { CodeLevel, ReferenceTemplate, Slot } from './template.ts';

/** Patterns of single elements (standards reference 1.3) [S:WEN]; the wide fonds form is for local numbers. */
export const elementPatterns = {
  fonds: '[A-Z0-9]{1,6}',
  fondsStandard: '[A-Z][0-9]{3}',
  category: '[A-Z]{2}',
  knownCategory: categories.map((c) => c.code).join('|'),
  year: '[12][0-9]{3}',
  retention: 'Y|D[0-9]{1,3}',
  legacyRetention: 'Y|D[0-9]{1,3}|CQ|DQ|永久|长期|短期|長期',
  department: '(?!(?:Y|D[0-9]{1,3})$)[A-Z0-9\\p{Script=Han}()（）]{1,40}',
  subCategory: '(?!(?:Y|D[0-9]{1,3})$)[A-Z]{1,8}',
  project: '(?![12][0-9]{3}$)(?!(?:Y|D[0-9]{1,3})$)[0-9A-Z]{1,12}',
  catalogue: '[0-9A-Z]{1,4}',
  number: '[0-9]{1,6}',
} as const;

const P = elementPatterns;

type Extra = Partial<Pick<Slot, 'required' | 'pad'>> & { within?: readonly string[] };

function slot(
  name: string,
  separatorBefore: Slot['separatorBefore'],
  pattern: string,
  level: CodeLevel,
  x: Extra = {},
): Slot {
  return {
    name,
    separatorBefore,
    pattern,
    pad: x.pad ?? 0,
    required: x.required ?? true,
    counterScope: x.within ?? null,
    level,
  };
}

const optional = { required: false };
const fonds = slot('fonds', '', P.fonds, 'fonds');
const category = (pattern: string) => slot('category', '-', pattern, 'series');
const class2 = slot('class2', '·', P.subCategory, 'series', optional);
const class3 = slot('class3', '·', P.subCategory, 'series', optional);
const class4 = slot('class4', '·', P.subCategory, 'series', optional);
const project = slot('project', '·', P.project, 'series', optional);
const catalogue = slot('catalogue', '·', P.project, 'series', optional);
const year = slot('year', '·', P.year, 'series');
const retention = slot('retention', '·', P.retention, 'series', optional);
const department = slot('department', '·', P.department, 'series', optional);

const classNames = ['fonds', 'category', 'class2', 'class3', 'class4', 'project', 'catalogue', 'year', 'retention', 'department']; // biome-ignore format: one row
const number = (name: string, level: CodeLevel, within: readonly string[], pad: number, required = true) =>
  slot(name, '-', P.number, level, { within, pad, required });

/**
 * The forms of the standards and of legacy holdings, most telling first: the first that fits reads a code for which
 * no template was configured.
 */
export const defaultTemplates: readonly ReferenceTemplate[] = [
  {
    key: 'dat22-2015.item',
    label: 'DA/T 22-2015 件',
    basis: 'DA/T 22-2015 5.4.2',
    slots: [
      fonds,
      category(P.category),
      year,
      slot('retention', '-', P.retention, 'series'),
      slot('department', '-', P.department, 'series', optional),
      number('item', 'item', ['fonds', 'category', 'year', 'retention', 'department'], 4),
    ],
  },
  {
    key: 'dat13-2022.accounting',
    label: 'DA/T 13-2022 会计',
    basis: 'DA/T 13-2022',
    slots: [
      fonds,
      category('KU'),
      slot('class2', '·', '[0-9]{2}|[A-Z]{2}', 'series', optional),
      year,
      retention,
      number('volume', 'file', ['fonds', 'category', 'class2', 'year', 'retention'], 3),
      number('item', 'item', ['fonds', 'category', 'class2', 'year', 'retention', 'volume'], 3, false),
    ],
  },
  {
    key: 'dat13-2022.project',
    label: 'DA/T 13-2022 科技 (项目)',
    basis: 'DA/T 13-2022',
    slots: [
      fonds,
      category('KJ'),
      slot('class2', '·', P.subCategory, 'series'),
      slot('project', '·', P.project, 'series'),
      number('volume', 'file', ['fonds', 'category', 'class2', 'project'], 3),
      number('page', 'page', ['fonds', 'category', 'class2', 'project', 'volume'], 3, false),
    ],
  },
  {
    key: 'dat13-2022.photo',
    label: 'DA/T 13-2022 照片 (组)',
    basis: 'DA/T 13-2022',
    slots: [
      fonds,
      category('ZP'),
      year,
      retention,
      number('group', 'file', ['fonds', 'category', 'year', 'retention'], 3),
      number('item', 'item', ['fonds', 'category', 'year', 'retention', 'group'], 3, false),
    ],
  },
  {
    key: 'dat13-2022.item',
    label: 'DA/T 13-2022 按件',
    basis: 'DA/T 13-2022',
    slots: [
      fonds,
      category('WS|LY|LX|SJ|YJ|WY|MT|SW'),
      class2,
      class3,
      class4,
      year,
      retention,
      department,
      number(
        'item',
        'item',
        classNames.filter((n) => n !== 'project' && n !== 'catalogue'),
        4,
      ),
    ],
  },
  {
    key: 'dat13-2022.volume',
    label: 'DA/T 13-2022 按卷',
    basis: 'DA/T 13-2022',
    slots: [
      fonds,
      category(P.category),
      class2,
      class3,
      class4,
      project,
      catalogue,
      slot('year', '·', P.year, 'series', optional),
      retention,
      department,
      number('volume', 'file', classNames, 3),
      number('item', 'item', [...classNames, 'volume'], 3, false),
    ],
  },
  {
    key: 'dat22-2000.item',
    label: '全宗号-年度-保管期限-机构-件号',
    basis: 'Local practice before DA/T 22-2015 (from memory; configurable)',
    slots: [
      fonds,
      slot('year', '-', P.year, 'series'),
      slot('retention', '-', P.legacyRetention, 'series'),
      slot('department', '-', P.department, 'series', optional),
      number('item', 'item', ['fonds', 'year', 'retention', 'department'], 4),
    ],
  },
  {
    key: 'dat13-1994.project',
    label: 'DA/T 13-1994 类别号-项目号',
    basis: 'DA/T 13-1994 (form starting with the class; from memory)',
    slots: [
      slot('category', '', `${P.knownCategory}`, 'series'),
      slot('project', '-', '[0-9A-Z]{1,12}', 'series'),
      number('volume', 'file', ['category', 'project'], 3),
      number('item', 'item', ['category', 'project', 'volume'], 3, false),
    ],
  },
  {
    key: 'dat13-1994.catalogue',
    label: 'DA/T 13-1994 全宗号-案卷目录号-案卷号',
    basis: 'DA/T 13-1994',
    slots: [
      fonds,
      slot('catalogue', '-', P.catalogue, 'series'),
      number('volume', 'file', ['fonds', 'catalogue'], 3),
      number('item', 'item', ['fonds', 'catalogue', 'volume'], 3, false),
    ],
  },
];

/** Templates as they are looked up by key, in configuration and in stored codes. */
export function templateByKey(
  key: string,
  templates: readonly ReferenceTemplate[] = defaultTemplates,
): ReferenceTemplate | undefined {
  return templates.find((t) => t.key === key);
}
