/**
 * A pure function that keeps its latest answers: the words of a catalogue's columns come again and again.
 *
 * @param most answers kept; when there are more, all are forgotten
 */
export function remember<T>(fn: (text: string) => T, most = 2_000): (text: string) => T {
  const answers = new Map<string, { answer: T }>();
  return (text) => {
    const known = answers.get(text);
    if (known) return known.answer;
    const answer = fn(text);
    if (answers.size >= most) answers.clear();
    answers.set(text, { answer });
    return answer;
  };
}
