/** An element of an EEP as it is read and written; names are the standard's. */
export interface EepNode {
  readonly name: string;
  /** Of elements that hold text. */
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly EepNode[];
  /** Of 编码数据: the bytes to write, opened when their turn comes. */
  readonly data?: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
}

/** What one layer says: the record, what was done with it, and who did it. */
export interface EepBody {
  /** 文件实体, with 文件数据. */
  readonly record: EepNode;
  readonly recordRelations?: readonly EepNode[];
  /** 业务实体. */
  readonly events: readonly EepNode[];
  /** 机构人员实体. */
  readonly agents: readonly EepNode[];
  readonly agentRelations?: readonly EepNode[];
}

/** A layer to be written. */
export interface EepInput extends EepBody {
  /** 封装包创建时间, as `xs:dateTime`. */
  readonly createdAt: string;
  /** 封装包创建单位. */
  readonly createdBy: string;
}

/** A layer that was read. */
export interface EepLayer extends Required<EepBody> {
  /** Innermost 0: how many modifications there were before. */
  readonly number: number;
  readonly type: string;
  readonly typeDescription: string;
  readonly createdAt: string;
  readonly createdBy: string;
  /** 电子签名 over this layer. */
  readonly signatures: readonly EepNode[];
}

/** An element that holds text. */
export function eepText(name: string, text: string, attributes?: Record<string, string>): EepNode {
  return attributes ? { name, text, attributes } : { name, text };
}

/** An element that holds others; undefined ones are left out. */
export function eepNode(
  name: string,
  children: readonly (EepNode | undefined)[],
  attributes?: Record<string, string>,
): EepNode {
  const held = children.filter((c) => c !== undefined);
  return attributes ? { name, children: held, attributes } : { name, children: held };
}

/** The first element below `of` along a path of names. */
export function eepAt(of: EepNode | undefined, ...path: string[]): EepNode | undefined {
  let found = of;
  for (const name of path) found = found?.children?.find((c) => c.name === name);
  return found;
}

/** The text of the first element along a path; '' where there is none. */
export function eepValue(of: EepNode | undefined, ...path: string[]): string {
  return eepAt(of, ...path)?.text ?? '';
}

/** A computer file to be held by a package. */
export interface EepFileInput {
  readonly name: string;
  readonly bytes: number;
  /** After `base64-`; default: the name's extension, or `bin`. */
  readonly format?: string;
  readonly open: NonNullable<EepNode['data']>;
  /** 格式信息. */
  readonly formatInfo?: string;
  /** 文档创建程序. */
  readonly program?: string;
  /** 数字化属性. */
  readonly digitised?: EepNode;
}

export interface EepDocumentInput {
  readonly isMain?: boolean;
  readonly title?: string;
  readonly files: readonly EepFileInput[];
}
