import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import fastify, { type FastifyBaseLogger } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { App } from '#kernel/http/route';
import { silentLog } from '#kernel/log';
import { type KeptHouse, keptHouse } from '../../../../test/support/keptHouse.ts';
import { registerDisposal } from './http.ts';

let kept: KeptHouse;
let app: App;

beforeAll(async () => {
  kept = await keptHouse();
  const logger: FastifyBaseLogger = silentLog;
  app = fastify({ loggerInstance: logger })
    .setValidatorCompiler(TypeBoxValidatorCompiler)
    .withTypeProvider<TypeBoxTypeProvider>();
  app.decorateRequest('actor', { getter: () => kept.keeper });
  registerDisposal(app, kept.house);
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await kept.close();
});

it('a list of all that a table shows holds what the table is narrowed to by conditions, and nothing else', async () => {
  await kept.hold([
    { code: 'J019-WS·2003·D10-0011', title: '关于拨款的批复', text: '一' },
    { code: 'J019-WS·2003·D10-0012', title: '关于会议的通知', text: '二' },
    { code: 'J019-WS·2003·D10-0013', title: '关于放假的通知', text: '三' },
  ]);
  const looked = async (filter: object): Promise<number> => {
    const payload = { archiveId: kept.archive, filter };
    const answer = await app.inject({ method: 'POST', url: '/api/v1/disposals/preview', payload });
    expect(answer.statusCode, answer.body).toBe(200);
    const { eligible, refused } = answer.json<{ eligible: number; refused: { count: number }[] }>();
    return eligible + refused.reduce((sum, group) => sum + group.count, 0);
  };
  expect(await looked({})).toBe(3);
  expect(await looked({ where: JSON.stringify([['title', 'contains', '通知']]) })).toBe(2);
  expect(await looked({ held: 'no' }), 'what holds no content is never on a list').toBe(3);
});
