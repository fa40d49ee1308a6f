import { describe, expect, it } from 'vitest';
import { EMPTY_BODY, type Names, type Obligations, type SchemeBody } from '#formats/metadata-schemes';
import { describeSheet } from '../headings/describe.ts';
import { ownFields, withOwnElements } from '../headings/ownElements.ts';
import type { EntryRow } from '../types.ts';
import { sentence } from '../wording.ts';
import { createRowRule } from './row-rule.ts';

const names = (cn: string, en: string): Names => ({ 'zh-CN': cn, 'zh-TW': cn, en });
const obligations: Obligations = { fonds: 'unused', series: 'optional', file: 'optional', item: 'optional' };
const BODY: SchemeBody = {
  ...EMPTY_BODY,
  vocabularies: [
    {
      key: 'dam',
      names: names('坝型', 'Dam'),
      terms: [{ code: 'earth', names: names('土坝', 'Earth dam') }],
    },
  ],
  elements: [
    {
      key: 'dam',
      names: names('坝型', 'Dam type'),
      type: 'one',
      vocabulary: 'dam',
      obligations,
      area: 'content',
    },
    { key: 'height', names: names('坝高', 'Height'), type: 'decimal', obligations, area: 'content' },
    {
      key: 'keeper',
      names: names('保管单位', 'Keeper'),
      type: 'text',
      initial: '水务局档案室',
      obligations,
      area: 'content',
    },
  ],
};
const HEAD = ['档号', '题名', '责任者', '日期', '坝型', 'Height', '生成方式'];

function judged(rows: string[][], body: SchemeBody = BODY) {
  const own = [{ category: 'KJ', body }];
  const all = [HEAD, ...rows].map((cells, i) => ({ number: i + 1, cells }));
  const plain = describeSheet({ index: 0, name: '', hidden: false }, all, { headerRow: 1, headings: HEAD });
  const sheet = withOwnElements(plain, ownFields(own));
  const read = createRowRule({ defaultFonds: 'X032' }, { own })(sheet);
  return { sheet, rows: all.slice(1).map(read) };
}
const ROW = ['X032-KJ·2019·Y-0003', '大坝图纸', '水务局', '20190301'];
const entryOf = (row: ReturnType<typeof judged>['rows'][number] | undefined) => row!.entry as EntryRow;
const found = (row: ReturnType<typeof judged>['rows'][number] | undefined) =>
  row?.noted?.findings.map((f) => [f.code, f.severity, f.column]);

describe('own elements in a catalogue', () => {
  it('are recognised by their names in any language, read to their one form and filled in where usual', () => {
    const { sheet, rows } = judged([[...ROW, '土坝', '0102.50', '数字化']]);
    expect(sheet.columns.map((c) => c.field).slice(4)).toEqual(['own:dam', 'own:height', 'origin']);
    const entry = rows[0]?.entry as EntryRow;
    expect(JSON.parse(entry.description)).toEqual({
      origin: '数字化',
      'own:dam': 'earth',
      'own:height': '102.5',
      'own:keeper': '水务局档案室',
    });
    expect(entry).toMatchObject({ gapsOwn: 0, gapsTop: 0 });
  });

  it('turn a row away that says what can not be, in the words of the rule', () => {
    const { rows } = judged([[...ROW, '木坝', '高']]);
    expect(rows[0]?.entry).toBeNull();
    expect(found(rows[0])).toEqual([
      ['element.value', 'error', 4],
      ['element.value', 'error', 5],
    ]);
    const said = rows[0]?.noted?.findings.map((f) => sentence('zh-CN', { ...f, code: 'element.value' }));
    expect(said).toEqual(['坝型“木坝”不在值域内：土坝。', 'Height“高”不是数字。']);
  });

  it('stay under their heading in entries of other categories, as do words a standard’s list has not', () => {
    const { rows } = judged([
      ['X032-WS·2019·Y-0003', '通知', '水务局', '20190301', '土坝'],
      [...ROW, '', '', '手抄'],
    ]);
    expect(found(rows[0])).toEqual([['element.unused', 'warning', 4]]);
    expect(JSON.parse(entryOf(rows[0]).description)).toEqual({ extra: { 坝型: '土坝' } });
    expect(found(rows[1])).toEqual([['element.kept', 'warning', 6]]);
    expect(JSON.parse(entryOf(rows[1]).description)).toMatchObject({
      extra: { 生成方式: '手抄' },
    });
  });

  it('count what is lacking, or turn such rows away where the scheme says so', () => {
    const { rows } = judged([['X032-KJ·2019·Y-0003', '大坝图纸', '', '20190301']]);
    expect(rows[0]?.entry).toMatchObject({ gapsOwn: 1 });
    const strict = judged([['X032-KJ·2019·Y-0003', '大坝图纸', '', '20190301']], {
      ...BODY,
      missing: 'refuse',
    });
    expect(found(strict.rows[0])).toEqual([['element.missing', 'error', null]]);
    expect(strict.rows[0]?.noted?.findings[0]?.value).toBe('责任者');
  });
});
