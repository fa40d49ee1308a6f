/** What the server found inside of a file, as far as it is shown here; more may come with it. */
export interface InsideShown {
  pages?: number;
  encrypted?: boolean;
  pdf?: {
    version?: string;
    sizes: { width: number; height: number; pages: number }[];
    fonts: { name: string; embedded: boolean }[];
    javascript: boolean;
    xfa: boolean;
    form: boolean;
    pdfA: {
      judgedAs?: string;
      verdict: 'noClaim' | 'nonconforming' | 'noFaultFound';
      faults: { rule: string; clause: string; message: string; count: number; places: string[] }[];
      notPerformed: string[];
      summary: string;
    };
    veraPdf?: VeraPdfShown;
  };
  ofd?: { version?: string };
  image?: {
    format: string;
    width: number;
    height: number;
    xDpi?: number;
    yDpi?: number;
    bitsPerSample?: number;
    colourSpace?: string;
    compression?: string;
  };
  media?: {
    container: string;
    seconds?: number;
    tracks: {
      kind: string;
      codec: string;
      sampleRate?: number;
      channels?: number;
      width?: number;
      height?: number;
    }[];
  };
  office?: { form: string; macros: boolean };
  mail?: { subject?: string; from?: string; to?: string; date?: string };
  signatures?: {
    name: string;
    signer?: string;
    signedAt?: string;
    content: Sureness;
    signature: Sureness;
    trusted: boolean;
    outOfDate?: boolean;
    words: string;
  }[];
  attachments?: { name: string; bytes?: number }[];
  claims?: Record<string, string>;
  notPerformed: string[];
}
/** What veraPDF says, where the server has it. */
export interface VeraPdfShown {
  version: string;
  profile: string;
  conforms: boolean;
  rules: number;
  faults: { clause: string; test: string; message: string; count: number }[];
}
type Sureness = 'right' | 'wrong' | 'notChecked';

export function isInside(value: unknown): value is InsideShown {
  return (
    typeof value === 'object' &&
    value !== null &&
    'notPerformed' in value &&
    Array.isArray(value.notPerformed)
  );
}

/** The gravest of what was found of a signature, of what it covers, and of whose it is. */
export function surenessOf(s: {
  content: Sureness;
  signature: Sureness;
  trusted: boolean;
  outOfDate?: boolean;
}): Sureness | 'notTrusted' | 'outOfDate' {
  for (const one of ['wrong', 'notChecked'] as const)
    if (s.content === one || s.signature === one) return one;
  if (s.outOfDate) return 'outOfDate';
  return s.trusted ? 'right' : 'notTrusted';
}

/** Times as files write them, `D:20121123142311+01'00'` or `20201010151120`, as people read them; others as they are. */
export function momentOf(text: string): string {
  const parts = /^(?:D:)?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:Z|([+-]\d\d)'?(\d\d)?'?)?/.exec(text);
  if (!parts) return text;
  const [, year, month, day, hour, minute, second = '00', zone, minutes = '00'] = parts;
  return `${year}-${month}-${day} ${hour}:${minute}:${second}${zone ? ` ${zone}:${minutes}` : ''}`;
}
