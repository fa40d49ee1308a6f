/** Kinds of content as the rules for filing have them [S:standards 4.7, GB/T 18894]. */
export const CATEGORIES = [
  'fixedText',
  'flowText',
  'spreadsheet',
  'presentation',
  'plainText',
  'bitmap',
  'photo',
  'vector',
  'audio',
  'video',
  'web',
  'database',
  'mail',
  'package',
  'other',
] as const;
export type Category = (typeof CATEGORIES)[number];

export const RISKS = ['low', 'medium', 'high'] as const;
/** How likely it is that the format can not be read any more, or only with loss, within some ten years. */
export type Risk = (typeof RISKS)[number];

export const POLICIES = ['keep', 'normalise', 'migrate'] as const;
/**
 * keep: as it came. normalise: beside the original a copy in a form for keeping. migrate: the same, and because the format
 * itself is in danger: the copy is what will be read in the end. The original stays in every case.
 */
export type Policy = (typeof POLICIES)[number];

export const TARGETS = ['tiff', 'pdfa', 'wav', 'mp4'] as const;
/** Forms for keeping that files are converted to: TIFF (LZW), PDF/A-2, WAV (PCM), MP4 (H.264). */
export type Target = (typeof TARGETS)[number];
export const TOOLS = ['libvips', 'libreoffice', 'ffmpeg'] as const;
export type Tool = (typeof TOOLS)[number];

/**
 * Why a risk is what it is, as codes that are put into words (`format.why.<code>`); after the demands on a form for
 * long keeping of DA/T 47: open, self-contained, robust, convertible.
 */
export type Why =
  | 'archivalForm'
  | 'openStandard'
  | 'published'
  | 'closed'
  | 'selfContained'
  | 'notSelfContained'
  | 'lossy'
  | 'widelyRead'
  | 'fewReaders'
  | 'abandoned'
  | 'activeContent'
  | 'locked'
  | 'variants'
  | 'insideCounts'
  | 'program'
  | 'notInRegister'
  | 'unidentified';

/** Some versions of a format that are treated alike. */
export interface RegisterRow {
  /** As archivists call it. */
  readonly name: string;
  readonly puids: readonly string[];
  readonly category: Category;
  /** Whether its description can be had by anybody. */
  readonly open: boolean;
  readonly risk: Risk;
  readonly why: readonly Why[];
  readonly policy: Policy;
  /** Which tool can open it to convert it; null: none that is known here. */
  readonly tool: Tool | null;
  /** One of the forms that 4.7 names for keeping this kind of content. */
  readonly archival: boolean;
}

export interface RowWords {
  name: string;
  /** Parted by spaces. */
  puids: string;
  open?: boolean;
  risk: Risk;
  why: readonly Why[];
  policy?: Policy;
  tool?: Tool | null;
}

/** Rows of one category. What is open is the rule, and so is to keep. */
export const rows = (category: Category, list: readonly RowWords[]): RegisterRow[] =>
  list.map(({ name, puids, open = true, risk, why, policy = 'keep', tool = null }) => ({
    name,
    category,
    open,
    risk,
    why,
    policy,
    tool,
    puids: puids.split(' '),
    archival: why.includes('archivalForm'),
  }));
