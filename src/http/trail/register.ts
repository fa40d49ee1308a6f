import type { App } from '#kernel/http/route';
import { type ReadingDeps, writeReading } from './readings.ts';
import { type RefusalDeps, writeRefusal } from './refusals.ts';

/**
 * What every route owes the trail: the address of who asks stands in each entry written meanwhile, readings of what is
 * not public are written before the answer leaves, and so are acts refused for want of a right.
 */
export function registerTrail(app: App, deps: ReadingDeps & RefusalDeps): void {
  // After the body is read: its events would not carry the circumstances along.
  app.addHook('preValidation', (req, _reply, done) => {
    deps.audit.within({ address: req.ip }, done);
  });
  app.addHook('onSend', async (req, reply, payload) => {
    const { reads } = req.routeOptions.config;
    if (reads && reply.statusCode < 300) await writeReading(deps, req, reads);
    return payload;
  });
  app.addHook('onError', async (req, _reply, error) => writeRefusal(deps, req, error));
}
