import { describe, expect, it } from 'vitest';
import { REGISTER, rowOf } from './register.ts';
import { categoryOf, type Decision, isPuid, standingOf } from './standing.ts';
import { CATEGORIES } from './types.ts';

const decided = (subject: string, d: Partial<Decision>) =>
  [subject, { risk: null, policy: null, reason: 'x', ...d }] as const;

describe('the register as shipped', () => {
  it('has each format once, under an identifier that can be decided on, with a reason', () => {
    const all = REGISTER.flatMap((r) => r.puids);
    expect(all.filter((puid, i) => all.indexOf(puid) !== i)).toEqual([]);
    expect(all.filter((puid) => !isPuid(puid))).toEqual([]);
    expect(REGISTER.filter((r) => r.why.length === 0)).toEqual([]);
    expect(REGISTER.length).toBeGreaterThan(60);
  });

  it('keeps what is a form for keeping, and calls what is closed no low risk', () => {
    for (const r of REGISTER) {
      if (r.archival) expect([r.name, r.policy]).toEqual([r.name, 'keep']);
      if (r.why.includes('closed')) expect([r.name, r.open, r.risk]).toEqual([r.name, false, 'high']);
      if (r.policy === 'migrate') expect([r.name, r.risk]).not.toEqual([r.name, 'low']);
      if (r.tool) expect([r.name, r.archival]).toEqual([r.name, false]);
    }
  });

  it('has a form for keeping in every category that the rules name one for', () => {
    const named = [
      'fixedText',
      'plainText',
      'bitmap',
      'photo',
      'audio',
      'video',
      'web',
      'database',
      'mail',
    ] as const;
    for (const c of named)
      expect([c, REGISTER.some((r) => r.category === c && r.archival)]).toEqual([c, true]);
    expect(new Set(REGISTER.map((r) => r.category))).toEqual(new Set(CATEGORIES));
  });
});

describe('how a format stands', () => {
  it('is as the register has it, where nobody decided', () => {
    expect(standingOf('fmt/40', new Map())).toMatchObject({
      category: 'flowText',
      risk: 'high',
      policy: 'migrate',
      target: 'pdfa',
      tool: 'libreoffice',
      by: { risk: 'register', policy: 'register' },
    });
    expect(standingOf('fmt/132', new Map())).toMatchObject({ category: 'audio', target: 'wav' });
    expect(standingOf('fmt/133', new Map())).toMatchObject({ category: 'video', target: 'mp4' });
    expect(standingOf('fmt/4', new Map())).toMatchObject({ policy: 'normalise', target: 'tiff' });
  });

  it('follows the decision about the format before that about its category', () => {
    const decisions = new Map([
      decided('category:flowText', { policy: 'keep', risk: 'low' }),
      decided('fmt/40', { policy: 'normalise' }),
    ]);
    expect(standingOf('fmt/40', decisions)).toMatchObject({
      policy: 'normalise',
      risk: 'low',
      by: { risk: 'category', policy: 'format' },
    });
    expect(standingOf('fmt/412', decisions)).toMatchObject({ policy: 'keep', by: { policy: 'category' } });
  });

  it('of a form for keeping is not touched by what is decided about its category, and it is converted to nothing', () => {
    const decisions = new Map([decided('category:bitmap', { policy: 'migrate', risk: 'high' })]);
    expect(standingOf('fmt/353', decisions)).toMatchObject({ policy: 'keep', risk: 'low', target: null });
    expect(standingOf('fmt/13', decisions)).toMatchObject({ policy: 'migrate', risk: 'high' });
  });

  it('is a risk where nobody knows what it is', () => {
    expect(standingOf('unknown', new Map())).toMatchObject({
      risk: 'high',
      why: ['unidentified'],
      policy: 'keep',
    });
    expect(standingOf('fmt/99999', new Map())).toMatchObject({
      risk: 'medium',
      why: ['notInRegister'],
      name: null,
    });
    expect(rowOf('fmt/99999')).toBeUndefined();
  });

  it('is decided on by identifier or category, and by nothing else', () => {
    expect(categoryOf('category:bitmap')).toBe('bitmap');
    expect(['category:x', 'fmt/1', ''].map(categoryOf)).toEqual([null, null, null]);
    expect(['fmt/1', 'x-fmt/111', 'lantai/ofd'].every(isPuid)).toBe(true);
    expect(['category:bitmap', 'unknown', '', "fmt/1'", 'fmt/'].some(isPuid)).toBe(false);
  });
});
