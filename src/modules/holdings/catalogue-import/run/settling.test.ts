import { expect, it } from 'vitest';
import { settleBeside } from './settling.ts';

function begun() {
  const rounds: PromiseWithResolvers<void>[] = [];
  const settling = settleBeside(() => {
    const round = Promise.withResolvers<void>();
    rounds.push(round);
    return round.promise;
  });
  return { rounds, settling };
}

it('settles beside the storing, one round at a time, and says at the end what failed', async () => {
  const { rounds, settling } = begun();
  await settling.stored();
  await settling.stored();
  expect(rounds).toHaveLength(1);
  rounds[0]!.resolve();
  await settling.done();
  await settling.stored();
  expect(rounds).toHaveLength(2);
  rounds[1]!.reject(new Error('the disk is full'));
  await expect(settling.done()).rejects.toThrow('the disk is full');
});

it('lets storing get no further ahead than two chunks, so that those who search do not walk a long list', async () => {
  const { rounds, settling } = begun();
  for (let chunk = 0; chunk < 3; chunk++) await settling.stored();
  let further = false;
  const fourth = settling.stored().then(() => {
    further = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([further, rounds.length]).toEqual([false, 1]);
  rounds[0]!.resolve();
  await fourth;
  expect([further, rounds.length]).toEqual([true, 2]);
});
