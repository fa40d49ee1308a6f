import { describe, expect, it } from 'vitest';
import type { CodeElement } from '../../api/shapes.ts';
import { levelsOf, moved, shapeOf } from './code-shape.ts';

const e = (
  name: CodeElement['name'],
  separatorBefore: CodeElement['separatorBefore'],
  required = true,
  pad = 0,
) => ({
  name,
  separatorBefore,
  required,
  pad,
});
const ELEMENTS = [e('fonds', ''), e('year', '-'), e('department', '·', false), e('item', '-', true, 4)];

describe('the form of a template', () => {
  it('shows what may be left out and how many digits a number has', () => {
    expect(shapeOf(ELEMENTS, (name) => name)).toBe('fonds-year[·department]-item(4)');
    expect(levelsOf(ELEMENTS)).toEqual(['item']);
    expect(levelsOf([...ELEMENTS, e('volume', '-')])).toEqual(['file', 'item']);
  });

  it('keeps the first element without a separator when elements change places', () => {
    expect(shapeOf(moved(ELEMENTS, 0, 1), (name) => name)).toBe('year-fonds[·department]-item(4)');
    expect(shapeOf(moved(ELEMENTS, 2, -2), (name) => name)).toBe('department-fonds-year-item(4)');
  });
});
