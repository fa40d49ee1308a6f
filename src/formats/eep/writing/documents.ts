import { ENCODING_DESCRIPTION } from '../grammar/words.ts';
import { type EepDocumentInput, type EepFileInput, type EepNode, eepNode, eepText } from '../model.ts';

/**
 * 文件数据 of a layer, with the identifiers the standard's form asks for.
 *
 * @param layer how many modifications there were before: 0 for an original package
 */
export function documentsNode(layer: number, documents: readonly EepDocumentInput[]): EepNode {
  return eepNode(
    '文件数据',
    documents.map((document, i) => {
      const id = `修改${layer}-文档${i + 1}`;
      return eepNode('文档', [
        eepText('文档标识符', id),
        eepText('文档序号', String(i + 1)),
        document.isMain === undefined
          ? undefined
          : eepText('文档主从声明', document.isMain ? '主文档' : '附属文档'),
        document.title === undefined ? undefined : eepText('题名', document.title),
        eepNode(
          '文档数据',
          document.files.map((file, k) => coding(file, `${id}-文档数据1-编码${k + 1}`)),
          { 文档数据ID: `${id}-文档数据1` },
        ),
      ]);
    }),
  );
}

function coding(file: EepFileInput, id: string): EepNode {
  const extension = /\.([\p{L}\p{N}+_-]+)$/u.exec(file.name)?.[1]?.toLowerCase();
  return eepNode(
    '编码',
    [
      eepNode('电子属性', [
        file.formatInfo === undefined ? undefined : eepText('格式信息', file.formatInfo),
        eepText('计算机文件名', file.name),
        eepText('计算机文件大小', String(file.bytes)),
        file.program === undefined ? undefined : eepText('文档创建程序', file.program),
      ]),
      file.digitised,
      eepText('编码描述', ENCODING_DESCRIPTION),
      eepText('反编码关键字', `base64-${file.format ?? extension ?? 'bin'}`),
      { name: '编码数据', attributes: { 编码数据ID: `${id}-编码数据` }, data: file.open },
    ],
    { 编码ID: id },
  );
}
