/** Number and name; the number alone while a fonds has no name of its own. */
export function fondsLabel({ number, name }: { number: string; name: string | null }): string {
  return name && name !== number ? `${number} ${name}` : number;
}
