import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUEUES } from '../../src/main/serve.ts';
import { type KeptHouse, keptHouse } from '../support/keptHouse.ts';

let kept: KeptHouse;
beforeAll(async () => {
  kept = await keptHouse();
});
afterAll(() => kept.close());

describe('every kind of job', () => {
  it('has a queue that is made before anybody puts a job into it', () => {
    const names = kept.house.jobKinds.map((kind: { name: string }) => kind.name);
    expect([...names].sort()).toEqual([...QUEUES].sort());
  });
});
