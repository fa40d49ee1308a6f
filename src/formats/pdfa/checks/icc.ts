/** What the head of an ICC profile says (ICC.1, 7.2). */
export interface IccHead {
  deviceClass: string;
  /** Four letters: `RGB `, `CMYK`, `GRAY`, `Lab `. */
  space: string;
  version: number;
}

export function readIcc(data: Buffer | undefined): IccHead | undefined {
  if (!data || data.length < 40) return undefined;
  return {
    version: data[8]! + (data[9]! >> 4) / 10,
    deviceClass: data.toString('latin1', 12, 16),
    space: data.toString('latin1', 16, 20),
  };
}

const OUTPUT = new Set(['prtr', 'mntr']);
const INPUT = new Set([...OUTPUT, 'scnr', 'spac']);
const DEVICE_SPACES = new Set(['RGB ', 'CMYK', 'GRAY']);

const versionPermitted = (version: number, part: number) => version < (part === 1 ? 3 : 5);

export const isOutputProfile = ({ deviceClass, space, version }: IccHead, part: number): boolean =>
  OUTPUT.has(deviceClass) && DEVICE_SPACES.has(space) && versionPermitted(version, part);

export const isInputProfile = ({ deviceClass, space, version }: IccHead, part: number): boolean =>
  INPUT.has(deviceClass) && (DEVICE_SPACES.has(space) || space === 'Lab ') && versionPermitted(version, part);

const COMPONENTS: Readonly<Record<string, number>> = { GRAY: 1, 'RGB ': 3, 'Lab ': 3, CMYK: 4 };
export const componentsOf = ({ space }: IccHead): number | undefined => COMPONENTS[space];
