import type { EepSigner } from '#formats/eep';
import type { HandoverProfile } from '#formats/handover';
import type { FileTree, WrittenWrapper } from '#formats/tree';
import type { Finding } from '#kernel/errors';
import type { ConsignedTotals, Consignment } from '../consignment.ts';

/** The annex of 2012 or DA/T 93-2022. */
export type HandoverLayout = HandoverProfile['id'];

/** What explanatory file and register of a handover folder say, by the names of their fields, in place of what is known here. */
export interface HandoverPapers {
  readonly note: Readonly<Record<string, string>>;
  readonly register: Readonly<Record<string, string>>;
}

export interface WriteOrder {
  target: string;
  wrapper: WrittenWrapper;
  /** The top folder inside a ZIP or TAR. */
  name: string;
  date: Date;
  scratch: string;
  /** Of handover folders: by which rule. Default: DA/T 93-2022. */
  layout?: HandoverLayout | undefined;
  papers?: HandoverPapers | undefined;
  /** The archive's key, for kinds that carry signatures. */
  signer(): Promise<EepSigner>;
  /** Called when everything is written and nothing stands under its name yet. */
  whole(): Promise<void>;
}

/** What the standard of a kind has no place for. It stands in the package's own description alone. */
export type Beside =
  | 'descriptions'
  | 'entries'
  | 'levels'
  | 'rights'
  | 'formerCodes'
  | 'names'
  | 'codes'
  | 'retention'
  | 'dates';

/** How many entries or files there is something of which another product would not find. */
export type Told = ReadonlyMap<Beside, number>;

/** A package that arrived, not believed yet. */
export interface ArrivedPlace {
  /** From its own root, where it lies wrapped in one folder. */
  readonly root: FileTree;
  /** As it lies in its wrapper. */
  readonly whole: FileTree;
  /** What a person calls it: the name of the file or folder it lies in. */
  readonly name: string;
  readonly scratch: string;
  /** PEM texts of certificates that are trusted, for kinds that carry signatures. */
  readonly trust?: readonly string[] | undefined;
}

export interface ReadOrder extends ArrivedPlace {
  /** The fonds that entries of a package which names none belong to. */
  fonds: string | null;
}

/** A package opened to be taken in. */
export interface Arrived {
  readonly consignment: Consignment;
  /** Whether it is one of ours, which names its entries by their ids. */
  readonly own: boolean;
  /** Identifies the package by its content. */
  readonly digest: string;
  /**
   * What the package itself says about every file, compared with what is there. Streamed; each finding is an error unless it
   * says otherwise.
   */
  judge(): AsyncIterable<Finding>;
  /** Takes away what reading it needed. */
  close?(): Promise<void>;
}

/** A package with what it declares of its totals. */
export const declaring = (arrived: Arrived, declared: readonly ConsignedTotals[]): Arrived => ({
  ...arrived,
  consignment: { ...arrived.consignment, declared },
});

/** One kind of package: both ways between it and a consignment. */
export interface PackageKind {
  recognise(place: ArrivedPlace): Promise<boolean>;
  /** @throws as the writer of the format; nothing is under the target's name then */
  write(consignment: Consignment, order: WriteOrder): Promise<Told>;
  /** All that is wrong with it by its format. */
  validate(place: ArrivedPlace): Promise<readonly Finding[]>;
  /** @throws Refusal ingest.* */
  open(order: ReadOrder): Promise<Arrived>;
}
