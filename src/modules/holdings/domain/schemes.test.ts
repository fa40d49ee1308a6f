import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonical,
  checkPattern,
  EMPTY_BODY,
  fieldsOf,
  gapsOf,
  judge,
  type Names,
  type Obligations,
  type OwnElement,
  type SchemeBody,
  templateFaults,
} from '#formats/metadata-schemes';
import { isRefusal } from '#kernel/errors';
import { OWN_TYPES } from '#kernel/ownTypes';
import { recordOf, type Schemes, schemesOf } from './schemes.ts';
import { applyInput, EMPTY_FIELDS, type UnitFields, type UnitInput } from './unitInput.ts';

const names = (text: string): Names => ({ 'zh-CN': text, 'zh-TW': text, en: text });
const everywhere: Obligations = { fonds: 'unused', series: 'optional', file: 'optional', item: 'optional' };
const element = (key: string, more: Partial<OwnElement> = {}): OwnElement => ({
  key,
  names: names(key),
  type: 'text',
  obligations: everywhere,
  area: 'content',
  ...more,
});
const BODY: SchemeBody = {
  ...EMPTY_BODY,
  vocabularies: [
    {
      key: 'dam',
      names: names('坝型'),
      terms: [
        { code: 'earth', names: { 'zh-CN': '土坝', 'zh-TW': '土壩', en: 'Earth dam' } },
        { code: 'gravity', names: { 'zh-CN': '重力坝', 'zh-TW': '重力壩', en: 'Gravity dam' } },
      ],
    },
  ],
  elements: [
    element('river'),
    element('damType', { type: 'one', vocabulary: 'dam' }),
    element('damTypes', { type: 'many', vocabulary: 'dam' }),
    element('height', { type: 'decimal' }),
    element('count', { type: 'integer' }),
    element('surveyed', { type: 'date' }),
    element('built', { type: 'year' }),
    element('standing', { type: 'yesNo' }),
    element('site', { type: 'url' }),
    element('mark', { pattern: '[A-Z]{2}\\d{3}' }),
    element('owner', { initial: '水务局' }),
    element('shelf', { derive: '{code.year}-{own:river}' }),
    element('from', { derive: '{above.title}' }),
  ],
};
const WATER = schemesOf([{ category: 'KJ', body: BODY }]);
const apply = (input: UnitInput, before: UnitFields = EMPTY_FIELDS, schemes: Schemes = WATER) =>
  applyInput(before, { category: 'KJ', title: '大坝图纸', ...input }, schemes);
const own = (values: Record<string, string | null>, before?: UnitFields) =>
  apply({ description: values }, before).description;
const refusedBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (e) {
    if (isRefusal(e)) return [e.code, e.detail.field, e.detail.message];
    throw e;
  }
  return undefined;
};

describe('elements an archive adds', () => {
  it('are kept in one form, whatever words they were written in', () => {
    expect(
      own({
        'own:damType': ' 土壩 ',
        'own:damTypes': 'Gravity dam；土坝；gravity',
        'own:height': '0102.50',
        'own:count': '1,204',
        'own:surveyed': '1958年3月1日',
        'own:built': '１９５８年',
        'own:standing': '是',
        'own:site': 'https://example.org/a',
        'own:mark': 'AB123',
      }),
    ).toMatchObject({
      'own:damType': 'earth',
      'own:damTypes': 'gravity; earth',
      'own:height': '102.5',
      'own:count': '1204',
      'own:surveyed': '19580301',
      'own:built': '1958',
      'own:standing': 'yes',
      'own:site': 'https://example.org/a',
      'own:mark': 'AB123',
    });
  });

  it.each([
    ['own:damType', '木坝', 'metadata.vocabulary'],
    ['own:damTypes', 'earth; 木坝', 'metadata.vocabulary'],
    ['own:height', '高', 'metadata.decimal'],
    ['own:count', '1.5', 'metadata.integer'],
    ['own:surveyed', '去年', 'metadata.date'],
    ['own:built', '58', 'metadata.year'],
    ['own:standing', '也许', 'metadata.yesNo'],
    ['own:site', 'javascript:alert(1)', 'metadata.url'],
    ['own:mark', 'AB12', 'metadata.pattern'],
    ['own:river', '字'.repeat(501), 'metadata.length'],
    ['origin', '手抄', 'metadata.vocabulary'],
  ])('refuse %s written as “%s”', (key, value, message) => {
    expect(refusedBy(() => own({ [key]: value }))).toEqual(['unit.element', key, message]);
  });

  it('are those of the category alone, and can be emptied when the archive has given them up', () => {
    const before = { ...apply({}), description: { 'own:gone': '旧值' as const } };
    expect(refusedBy(() => own({ 'own:gone': 'x' }, before))).toEqual([
      'unit.own:gone',
      'own:gone',
      undefined,
    ]);
    expect(own({ 'own:gone': null }, before)).not.toHaveProperty('own:gone');
    expect(refusedBy(() => apply({ category: 'WS', description: { 'own:river': '长江' } }))).toBeDefined();
  });

  it('are filled in where nothing is said: what is usual, and what the code, the date or the entry above gives', () => {
    const below = WATER.below({ record: { title: '水利工程' }, isEntry: true });
    const made = apply(
      { referenceCode: 'X032-KJ·2019·Y-0003', description: { 'own:river': '青河' } },
      EMPTY_FIELDS,
      below,
    );
    expect(made.description).toEqual({
      'own:river': '青河',
      'own:owner': '水务局',
      'own:shelf': '2019-青河',
      'own:from': '水利工程',
    });
    // It follows what it came from, and what a person wrote or emptied stays.
    const renamed = apply({ description: { 'own:river': '白河' } }, made, below);
    expect(renamed.description['own:shelf']).toBe('2019-白河');
    const written = apply({ description: { 'own:shelf': '3号架' } }, made, below);
    expect(apply({ description: { 'own:river': '黑河' } }, written, below).description['own:shelf']).toBe(
      '3号架',
    );
    const emptied = apply({ description: { 'own:owner': '' } }, made, below);
    expect(emptied.description).not.toHaveProperty('own:owner');
    expect(apply({ title: '另一个题名' }, emptied, below).description).not.toHaveProperty('own:owner');
  });
});

describe('what is required', () => {
  const whole: UnitInput = {
    referenceCode: 'X032-KJ·2019·Y-0003',
    creator: '水务局',
    date: '20190301',
    description: {},
  };
  const asking = (missing: SchemeBody['missing']) =>
    schemesOf([
      {
        category: 'KJ',
        body: {
          ...EMPTY_BODY,
          missing,
          elements: [element('river', { obligations: { ...everywhere, item: 'required' } })],
          changes: { creator: { obligations: { item: 'optional' }, reason: '图纸多无责任者' } },
        },
      },
    ]);

  it('is counted where the scheme keeps incomplete entries, and what the code says is not asked for again', () => {
    const kept = apply(whole, EMPTY_FIELDS, asking('incomplete'));
    expect(kept).toMatchObject({ gapsOwn: 1, gapsTop: 0 });
    expect(apply({ ...whole, creator: null }, EMPTY_FIELDS, asking('incomplete')).gapsOwn).toBe(1);
    expect(applyInput(EMPTY_FIELDS, { title: '孤件' })).toMatchObject({ gapsOwn: 5, gapsTop: 2 });
  });

  it('keeps a new entry out where the scheme says so, and an old one that lacked it already can still be corrected', () => {
    const refused = refusedBy(() => apply(whole, EMPTY_FIELDS, asking('refuse')));
    expect(refused).toEqual(['unit.incomplete', 'own:river', undefined]);
    const old = apply(whole, EMPTY_FIELDS, asking('incomplete'));
    expect(apply({ pages: 4 }, old, asking('refuse'))).toMatchObject({ pages: 4, gapsOwn: 1 });
    const filled = apply({ description: { 'own:river': '青河' } }, old, asking('refuse'));
    expect(
      refusedBy(() => apply({ description: { 'own:river': '' } }, filled, asking('refuse'))),
    ).toBeDefined();
  });
});

describe('judging a description', () => {
  const scheme = WATER.of('KJ', 'item');
  const values = fc.dictionary(
    fc.constantFrom(...scheme.fields.map((f) => f.key)),
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('earth', '土坝', '2019', 'Y', '1.50', '是'),
    ),
  );

  it('never throws, and says of every finding which rule it is of', () => {
    fc.assert(
      fc.property(values, (record) => {
        for (const f of judge(record, scheme)) {
          expect(fieldsOf(scheme).has(f.field)).toBe(true);
          expect(['error', 'gap', 'warning']).toContain(f.weight);
          expect(f.source !== '' || f.field.startsWith('own:')).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('finds as many gaps as are counted of whole catalogues', () => {
    fc.assert(
      fc.property(values, fc.boolean(), (record, under) => {
        const { own: mine, top } = gapsOf(record, scheme);
        const found = judge(record, scheme, { under }).filter((f) => f.weight === 'gap').length;
        expect(found).toBe(under ? mine : mine + top);
      }),
      { numRuns: 300 },
    );
  });

  it('takes exactly what the road of values takes, in the form that road keeps', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...scheme.fields.filter((f) => f.own)),
        fc.oneof(
          fc.string({ maxLength: 30 }),
          fc.constantFrom('earth', '土坝；重力坝', '0012', '-0.50', '2019年', '否'),
        ),
        (field, value) => {
          const kept = canonical(field, value);
          const good = judge({ title: 'x', [field.key]: kept }, scheme).every(
            (f) => f.field !== field.key || f.weight !== 'error',
          );
          const refused = refusedBy(() => own({ [field.key]: value }));
          expect(refused === undefined).toBe(good);
          expect(canonical(field, kept)).toBe(kept);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is of the record an entry has', () => {
    const made = apply({ description: { 'own:river': '青河' } });
    expect(recordOf(made)).toMatchObject({ title: '大坝图纸', 'own:river': '青河', category: 'KJ' });
    expect(OWN_TYPES.length).toBe(11);
  });
});

describe('patterns and templates of archives', () => {
  it('are refused where they could take long, or say more than characters and places', () => {
    expect(checkPattern('[A-Z]{2}\\d{3}(-\\d+)?')).toBe('group');
    expect(checkPattern('a*b*c*')).toBe('openEnded');
    expect(checkPattern('a{2,}b{3,}c+')).toBe('openEnded');
    expect(checkPattern('a**')).not.toBeNull();
    expect(checkPattern('\\1')).not.toBeNull();
    expect(checkPattern('[')).toBe('unreadable');
    expect(checkPattern('x'.repeat(201))).toBe('tooLong');
    for (const good of ['[A-Z]{2}\\d{3}', '第\\d{1,4}号|无号', '[^;]+', '\\d{4}-\\d{2}', 'a+b*'])
      expect(checkPattern(good)).toBeNull();
    expect(templateFaults('{code.volume}·{date.year}·{above.title}·{own:river}')).toEqual([]);
    expect(templateFaults('{process.exit()}')).toEqual(['process.exit()']);
    expect(templateFaults('{a')).not.toEqual([]);
  });

  it('never take long on any value', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 500 }), (pattern, value) => {
        if (checkPattern(pattern) !== null) return;
        const began = performance.now();
        new RegExp(`^(?:${pattern})$`, 'u').test(value);
        expect(performance.now() - began).toBeLessThan(500);
      }),
    );
    const worst = /^(?:a*a*b)$/u;
    const began = performance.now();
    worst.test('a'.repeat(500));
    expect(performance.now() - began).toBeLessThan(500);
  });
});
