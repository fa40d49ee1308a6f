import { blockingReader, pacing } from '#formats/ocfl';
import { answerRequests } from '#kernel/threads';
import { type Examined, examine, type Share } from './examine.ts';

/** What a thread is asked: objects of one folder, one after another. */
export interface ThreadWish {
  folder: string;
  paths: readonly string[];
  share?: Share;
  bytesPerSecond: number | null;
}

/** One answer each; a file error (a disk that fails) is told as text, with its code. */
export type ThreadAnswer = ({ examined: Examined } | { failed: string })[];

answerRequests(async (wish): Promise<ThreadAnswer> => {
  const { folder, paths, share, bytesPerSecond } = wish as ThreadWish;
  const reader = blockingReader(folder, pacing(bytesPerSecond));
  const answers: ThreadAnswer = [];
  for (const path of paths)
    try {
      answers.push({ examined: await examine(reader, path, share) });
    } catch (e) {
      answers.push({ failed: e instanceof Error ? e.message : String(e) });
    }
  return answers;
});
