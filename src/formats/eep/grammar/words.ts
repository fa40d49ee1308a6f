/** Fixed words of DA/T 48-2009 [S:XSD]. */
export const NAMESPACE = 'http://www.saac.gov.cn/standards/ERM/encapsulation';
export const FIXED_VERSION = '2009';
export const FORMAT_DESCRIPTION =
  '本EEP根据中华人民共和国档案行业标准DA/T 48-2009《基于XML的电子文件封装规范》生成';

export const ORIGINAL = '原始型';
export const REVISED = '修改型';
export const ORIGINAL_DESCRIPTION = '本封装包包含电子文件数据及其元数据，原始封装，未经修改';
/** The description of a revised package contains this. */
export const REVISED_PHRASE = '系修改封装，在保留原封装包的基础上，添加了修改层';
export const REVISED_DESCRIPTION = `本封装包${REVISED_PHRASE}`;

export const ENCODING_DESCRIPTION =
  '编码数据是计算机文件的内容，按RFC 2045以Base64编码；反编码关键字为“base64-”加文件格式';

/** The encoding keyword of packages that hold a file's SHA-256 (in Base64) and not the file. */
export const EXTERNAL_KEYWORD = 'sha256-base64Binary';
