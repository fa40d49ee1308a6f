export interface HandoverFileInput {
  readonly name: string;
  readonly bytes: number;
  open(): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
}

/** A volume (案卷): a folder above those of its items, with metadata of its own. */
export interface HandoverVolumeInput {
  /** Its columns by name; 档号 and 题名 at least. 顺序号 and 电子档案名称 are filled in. */
  readonly values: Readonly<Record<string, string>>;
  /** The folders above its own, such as `0001/WS/2023`. */
  readonly folder: string;
  /** Further metadata, by the names of DA/T 46. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A row of a catalogue on its way out. */
export type HandoverEntryInput = HandoverItemInput | (HandoverVolumeInput & { readonly level: 'volume' });

export interface HandoverItemInput extends HandoverVolumeInput {
  /** The reference code of the volume it lies in; `folder` is then below the volume's own. */
  readonly volume?: string;
  readonly files: readonly HandoverFileInput[];
}
