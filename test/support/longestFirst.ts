import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Where tests run for a minute rather than a second: processes killed again and again, pages read, whole networks rebuilt. */
const LONG = /\/test\/(corpus|faults|rebuild)\/|\/src\/modules\/(backup|preservation)\//;

/** Begins with the files that take longest, so that at the end no worker waits for one of them that was begun last. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((f) => !isLong(f))];
  }
}
