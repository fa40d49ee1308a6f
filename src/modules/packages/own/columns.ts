/** The text in a column of an entry's row; null where there is none. */
export function textColumn(row: Readonly<Record<string, unknown>>, column: string): string | null {
  const value = row[column];
  return typeof value === 'string' && value !== '' ? value : null;
}
