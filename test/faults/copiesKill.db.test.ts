import { expect, it } from 'vitest';
import { killKeeper } from '../support/killingKeeper.ts';

const ROUNDS = 2 * Number(process.env.LANTAI_FAULT_ROUNDS ?? 2);

it('copying and mending, killed at any moment, lose nothing and leave nothing half there', {
  timeout: 600_000 + ROUNDS * 30_000,
}, async () => {
  expect(await killKeeper(ROUNDS)).toEqual([]);
});
