import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataText, maskedData, openedData, readData } from './sourceData.ts';

const whole = readData({
  name: '沈某某',
  idNumber: '990111195001010017',
  telephone: '139 0000 0000',
  address: '云江省青岚市石桥县白鹭街道17号',
  mail: 'shen@example.org',
  contact: '李主任',
  account: '6222 0000 0000 0017',
});

describe('how a source is reached', () => {
  it('is masked, and a name that is not to be shown is left out whole', () => {
    expect(maskedData(whole)).toEqual({
      name: null,
      idNumber: '**************0017',
      telephone: '********000',
      address: '云江省青岚***',
      mail: 's***@example.org',
      contact: '李**',
      account: '************0017',
    });
  });

  it('opens as it was closed, and never shows more than a third of a number', () => {
    const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 60 }), { nil: null });
    fc.assert(
      fc.property(
        fc.record({
          name: text,
          idNumber: text,
          telephone: text,
          address: text,
          mail: text,
          contact: text,
          account: text,
        }),
        (given) => {
          const data = readData(given);
          expect(openedData(dataText(data))).toEqual(data);
          const masked = maskedData(data);
          expect(masked.name).toBeNull();
          for (const field of ['idNumber', 'telephone', 'account'] as const)
            expect([...(masked[field] ?? '')].filter((c) => c !== '*').length * 3).toBeLessThanOrEqual(
              [...(data[field] ?? '')].length,
            );
        },
      ),
    );
  });
});
