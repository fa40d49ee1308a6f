const LONGEST = 31;

/** A sheet name Excel accepts: 31 characters, none of []:*?/\, no apostrophe at either end, not empty. */
function excelName(name: string): string {
  const clean = name
    .replace(/[[\]:*?/\\\u0000-\u001f]/g, ' ')
    .trim()
    .replace(/^'+|'+$/g, '')
    .trim();
  return shortened(clean, LONGEST) || 'Sheet';
}

/** Cut without splitting a character in two. */
function shortened(name: string, length: number): string {
  if (name.length <= length) return name;
  const cut = name.slice(0, length);
  return (/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut).trimEnd();
}

/** Collects the names of a workbook's sheets, each made fit and unlike the others (Excel ignores case there). */
export function sheetNames(): { readonly list: readonly string[]; add(name: string): string } {
  const list: string[] = [];
  const taken = new Set<string>();
  return {
    list,
    add(name) {
      const wanted = excelName(name);
      let chosen = wanted;
      for (let n = 2; taken.has(chosen.toLowerCase()); n++) {
        const ending = ` (${n})`;
        chosen = shortened(wanted, LONGEST - ending.length) + ending;
      }
      taken.add(chosen.toLowerCase());
      list.push(chosen);
      return chosen;
    },
  };
}
