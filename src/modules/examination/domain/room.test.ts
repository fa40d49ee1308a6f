import { expect, it } from 'vitest';
import { demandJudged, roomOrElse } from './room.ts';

it('a full disk of ours is told as such, and is nothing that is wrong with the package', () => {
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC', syscall: 'write' });
  expect(roomOrElse(full)).toMatchObject({ code: 'examination.noRoom', cause: full });
  const other = new Error('other');
  expect(roomOrElse(other)).toBe(other);
  expect(() => demandJudged([{ code: 'tree.noRoom' }])).toThrow('no room left');
  expect(() => demandJudged([{ code: 'tree.crc' }])).not.toThrow();
});
