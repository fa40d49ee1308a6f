export { copyOfWaiting, endOrphans, QUEUE_THERE, takeUpJobs } from './jobs/keeping.ts';
export { createJobs } from './jobs/runner.ts';
export type { JobKind, JobRecord, JobRun, JobState, Jobs, Progress } from './jobs/types.ts';
