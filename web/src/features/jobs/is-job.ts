import type { Job } from '../../api/shapes.ts';

/** Where the API does not yet say what a job is (my work), the screen looks itself. */
export function isJob(value: unknown): value is Job {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    'state' in value &&
    'progress' in value &&
    typeof value.id === 'string' &&
    typeof value.progress === 'object'
  );
}
