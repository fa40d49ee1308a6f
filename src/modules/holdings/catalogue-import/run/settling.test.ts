import { expect, it } from 'vitest';
import { settleBeside } from './settling.ts';

it('settles beside the storing, one round at a time, and says at the end what failed', async () => {
  const rounds: PromiseWithResolvers<void>[] = [];
  const settling = settleBeside(() => {
    const round = Promise.withResolvers<void>();
    rounds.push(round);
    return round.promise;
  });
  for (let chunk = 0; chunk < 40; chunk++) settling.stored();
  expect(rounds).toHaveLength(1);
  rounds[0]!.resolve();
  await settling.done();
  for (let chunk = 0; chunk < 6; chunk++) settling.stored();
  expect(rounds).toHaveLength(2);
  rounds[1]!.reject(new Error('the disk is full'));
  await expect(settling.done()).rejects.toThrow('the disk is full');
});
