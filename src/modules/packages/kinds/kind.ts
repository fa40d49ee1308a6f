import type { FileTree, WrittenWrapper } from '#formats/tree';
import type { Finding } from '#kernel/errors';
import type { Consignment } from '../consignment.ts';

export interface WriteOrder {
  target: string;
  wrapper: WrittenWrapper;
  /** The top folder inside a ZIP or TAR. */
  name: string;
  date: Date;
  scratch: string;
  /** Called when everything is written and nothing stands under its name yet. */
  whole(): Promise<void>;
}

export interface ReadOrder {
  /** What a person calls it: the name of the file or folder it lies in. */
  name: string;
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
   * What the package itself says about every file, compared with what its validated lists say. Streamed; each finding is an
   * error unless it says otherwise.
   */
  judge(): AsyncIterable<Finding>;
}

/** One kind of package: both ways between it and a consignment. */
export interface PackageKind {
  recognise(tree: FileTree): Promise<boolean>;
  /** @throws as the writer of the format; nothing is under the target's name then */
  write(consignment: Consignment, order: WriteOrder): Promise<void>;
  /** All that is wrong with it by its format. */
  validate(tree: FileTree): Promise<readonly Finding[]>;
  /** @throws Refusal ingest.* */
  open(tree: FileTree, order: ReadOrder): Promise<Arrived>;
}
