interface Waiting<Q, A> {
  question: Q;
  resolve(answer: A): void;
  reject(reason: unknown): void;
}

/**
 * Lets things be asked one by one that are answered many at a time: what is asked in one turn of the event loop goes together,
 * so that a thread gets one message for many small files.
 *
 * @param ask gives an answer to each question, in order
 * @param most questions in one call
 */
export function gathering<Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
  most: number,
): (question: Q) => Promise<A> {
  let waiting: Waiting<Q, A>[] = [];
  const send = async (some: readonly Waiting<Q, A>[]) => {
    try {
      const answers = await ask(some.map((w) => w.question));
      for (const [i, { resolve }] of some.entries()) resolve(answers[i]!);
    } catch (e) {
      for (const { reject } of some) reject(e);
    }
  };
  const sendAll = () => {
    const all = waiting;
    waiting = [];
    for (let i = 0; i < all.length; i += most) void send(all.slice(i, i + most));
  };
  return (question) =>
    new Promise<A>((resolve, reject) => {
      if (waiting.push({ question, resolve, reject }) === 1) setImmediate(sendAll);
    });
}
