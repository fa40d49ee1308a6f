/** Page labels in short: 1, 2, 3, 5 becomes `1–3, 5`. Labels that are no plain numbers stand alone. */
export function summariseLabels(labels: readonly string[]): string {
  const runs: { first: string; last: string }[] = [];
  for (const label of labels) {
    const run = runs.at(-1);
    if (
      run &&
      /^\d{1,9}$/.test(label) &&
      /^\d{1,9}$/.test(run.last) &&
      Number(label) === Number(run.last) + 1
    ) {
      run.last = label;
    } else if (run?.last !== label) runs.push({ first: label, last: label });
  }
  return runs.map(({ first, last }) => (first === last ? first : `${first}–${last}`)).join(', ');
}
