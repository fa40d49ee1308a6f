export interface HandoverFileInput {
  readonly name: string;
  readonly bytes: number;
  open(): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
}

export interface HandoverItemInput {
  /** The item's columns by name; 档号 and 题名 at least. 顺序号 and 电子档案名称 are filled in. */
  readonly values: Readonly<Record<string, string>>;
  /** The folders above the item's own, such as `0001/WS/2023`. */
  readonly folder: string;
  /** Further metadata, by the names of DA/T 46. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly files: readonly HandoverFileInput[];
}
