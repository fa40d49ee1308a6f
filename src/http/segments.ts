import Type from 'typebox';
import { type App, Nullable } from '#kernel/http/route';
import type { Segments } from '#modules/preservation';

/** How far the catalogue's own keeping in the storage root is behind the catalogue. */
export function registerSegments(
  app: App,
  deps: { segments: Pick<Segments, 'lag'>; delaySeconds: number },
): void {
  app.get(
    '/api/v1/preservation/segments',
    {
      config: { policy: 'preservation.read' },
      schema: {
        tags: ['preservation'],
        response: {
          200: Type.Object({
            /** Changed rows that are not in the storage root yet. */
            waitingRows: Type.Integer(),
            oldestWaiting: Nullable(Type.String()),
            /** A change is written so long after it was made. */
            delaySeconds: Type.Number(),
          }),
        },
      },
    },
    async () => {
      const { rows, since } = await deps.segments.lag();
      return {
        waitingRows: rows,
        oldestWaiting: since?.toISOString() ?? null,
        delaySeconds: deps.delaySeconds,
      };
    },
  );
}
