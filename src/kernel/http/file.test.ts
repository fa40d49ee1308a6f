import { expect, it } from 'vitest';
import { disposition } from './file.ts';

it('a plain name stands between quotation marks', () => {
  expect(disposition({ name: 'T-2026-0001 register.pdf', inline: true })).toBe(
    'inline; filename="T-2026-0001 register.pdf"',
  );
});

it('a Chinese name is encoded, and nothing in a name breaks out of the header', () => {
  expect(disposition({ name: '纪要（一）.txt' })).toBe(
    "attachment; filename*=UTF-8''%E7%BA%AA%E8%A6%81%EF%BC%88%E4%B8%80%EF%BC%89.txt",
  );
  expect(disposition({ name: 'a"b\r\nx: y\'s*.txt' })).toBe(
    "attachment; filename*=UTF-8''a%22b%0D%0Ax%3A%20y%27s%2A.txt",
  );
});

it('half a character in a name is no reason to fail', () => {
  expect(disposition({ name: '\ud83d.txt' })).toBe("attachment; filename*=UTF-8''%EF%BF%BD.txt");
});
