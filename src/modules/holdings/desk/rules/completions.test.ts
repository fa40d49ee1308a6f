import { describe, expect, it } from 'vitest';
import { beginnings, type Candidate, completions, type Writing } from './completions.ts';

const writing = (title: string, o: Partial<Writing> = {}): Writing => ({
  title, year: null, category: 'WS', creator: null, fondsId: 'f', genre: null, ...o,
}); // biome-ignore format: a row of fields
const like = (title: string, o: Partial<Candidate> = {}): Candidate => ({
  title, year: 1990, near: 'fonds', category: 'WS', creator: null, fondsId: 'f', ...o,
}); // biome-ignore format: a row of fields
const values = (w: Writing, c: Candidate[]) => completions(w, c).map((x) => x.value);

describe('a title that is being typed', () => {
  it('is gone on with by what begins so, the nearest first, and never by itself', () => {
    const found = values(writing('关于防汛'), [
      like('关于防汛值班的通知', { near: 'archive', fondsId: 'x' }),
      like('关于防汛抢险的通知', { near: 'siblings' }),
      like('关于防汛'),
      like('关于植树造林的通知', { near: 'siblings' }),
    ]);
    expect(found).toEqual(['关于防汛抢险的通知', '关于防汛值班的通知']);
  });

  it('is left alone before two characters', () => {
    expect(values(writing('关'), [like('关于防汛抢险的通知')])).toEqual([]);
  });

  it('is given the year of its own entry, in figures and in words, and says that it was changed', () => {
    const w = writing('关于', { year: 1991 });
    expect(completions(w, [like('关于1990年防汛工作的通知')])[0]).toMatchObject({
      value: '关于1991年防汛工作的通知',
      how: 'adapted',
    });
    expect(values(w, [like('关于一九九〇年防汛工作的通知')])).toEqual(['关于一九九一年防汛工作的通知']);
    // A year that is not its own entry's is what it is about.
    expect(values(w, [like('关于1957年错划右派平反的决定')])).toEqual(['关于1957年错划右派平反的决定']);
  });

  it('that names the year goes on as titles of the years before do', () => {
    expect(beginnings('关于1991年防', 1991).map((b) => b.prefix)).toEqual([
      '关于1991年防',
      '关于1990年防',
      '关于1989年防',
    ]);
    expect(values(writing('关于1991年防', { year: 1991 }), [like('关于1990年防汛工作的通知')])).toEqual([
      '关于1991年防汛工作的通知',
    ]);
  });

  it('counts on where its siblings count', () => {
    const row = [1, 2, 3].map((n) => like(`县长办公会议第${n}次会议纪要`, { near: 'siblings' }));
    expect(completions(writing('县长办公'), row)[0]).toMatchObject({
      value: '县长办公会议第4次会议纪要',
      how: 'adapted',
    });
  });

  it('that goes on as none before is offered what such titles end with', () => {
    const end = completions(writing('关于修建柳林水库溢洪道'), [
      like('关于防汛抢险的请示'),
      like('关于植树造林的请示'),
    ]);
    expect(end).toMatchObject([{ value: '关于修建柳林水库溢洪道的请示', how: 'ending' }]);
    expect(values(writing('关于修建柳林水库溢洪道', { genre: '批复' }), [])).toEqual([
      '关于修建柳林水库溢洪道的批复',
    ]);
    expect(values(writing('关于修建柳林水库溢洪道的批复'), [like('关于防汛抢险的请示')])).toEqual([]);
  });
});
