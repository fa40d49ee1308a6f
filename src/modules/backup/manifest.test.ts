import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newBackupId } from './manifest.ts';

it('names backups so that they sort in the order they were taken in, also within a second', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }), (at) => {
      const later = new Date(at.getTime() + 1);
      expect(newBackupId(at) < newBackupId(later)).toBe(true);
      expect(newBackupId(at)).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-[0-9a-f]{8}$/);
    }),
  );
});
