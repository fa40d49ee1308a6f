import { describe, expect, it } from 'vitest';
import { type PlaceReach, peopleBetween, peopleMoved } from './reach.ts';

const at = (place: string, agencies: string[] | null, ...people: string[]): PlaceReach => ({
  place,
  agencies,
  people,
});

describe('people whose reach a change of the organisation moves', () => {
  it('are those whose posts reach other agencies afterwards, each once', () => {
    const before = [at('a', ['1'], 'li', 'wang'), at('b', ['2'], 'li'), at('c', ['1', '2'], 'zhao')];
    const after = [at('a', ['1', '3'], 'li', 'wang'), at('b', [], 'li'), at('c', ['2', '1'], 'zhao')];
    expect(peopleMoved(before, after)).toEqual(['li', 'wang']);
    expect(peopleMoved(before, before)).toEqual([]);
  });

  it('are also those who come to an agency, or leave all of them', () => {
    expect(peopleMoved([at('a', null, 'li')], [at('a', [], 'li')])).toEqual(['li']);
    expect(peopleMoved([at('a', ['1'], 'li')], [at('a', null, 'li')])).toEqual(['li']);
  });
});

describe('people between two agencies', () => {
  const places = [
    at('a', ['1'], 'li'),
    at('b', ['1', '2'], 'wang'),
    at('c', null, 'zhao'),
    at('d', [], 'sun'),
  ];
  it('reach one of them and not the other', () => {
    expect(peopleBetween(places, '1', '2')).toEqual(['li']);
    expect(peopleBetween(places, null, '2')).toEqual(['wang']);
    expect(peopleBetween(places, '1', null)).toEqual(['li', 'wang']);
    expect(peopleBetween(places, null, '9')).toEqual([]);
    expect(peopleBetween(places, '1', '1')).toEqual([]);
  });
});
