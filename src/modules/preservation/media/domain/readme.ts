export interface MediumFacts {
  number: string;
  archiveName: string;
  archiveCode: string;
  purpose: string;
  plan: string;
  no: number;
  of: number;
  writtenOn: string;
  objects: number;
}

/** What a person reads who has the medium and nothing else, in three languages. */
export function readmeOf(f: MediumFacts): string {
  return `${f.archiveName} (${f.archiveCode})
${f.number}    ${f.purpose}    ${f.no} / ${f.of}    ${f.plan}    ${f.writtenOn}

ENGLISH
This medium holds ${f.objects} archival objects, complete and unchanged. No software of ours is needed to read it.
  ocfl/                an OCFL 1.1 storage root (https://ocfl.io): one folder for each object. inventory.json in it says which
                       files each version has and their SHA-512. metadata/ describes the record, content/ is the record.
  register.csv         which objects these are: object, reference code, title, version, files, bytes (UTF-8)
  medium.json          what this medium is, for machines
  manifest-sha512.txt  SHA-512 of every file here. To prove all of it:  sha512sum -c manifest-sha512.txt
Objects may have older versions only: newer ones lie on later media, or at the archive.

简体中文
本载体完整、未经改动地保存 ${f.objects} 个档案对象，读取不需要任何专用软件。
  ocfl/                OCFL 1.1 存储根（https://ocfl.io），每个对象一个目录；其中 inventory.json 写明各版本的文件及其 SHA-512，
                       metadata/ 为著录和元数据，content/ 为档案内容。
  register.csv         对象登记表：对象、档号、题名、版本、文件数、字节数（UTF-8）
  medium.json          载体信息，供机器读取
  manifest-sha512.txt  全部文件的 SHA-512。核对方法：sha512sum -c manifest-sha512.txt
对象的后续版本见之后的载体或馆内存储。

繁體中文
本載體完整、未經更動地留存 ${f.objects} 個檔案物件，讀取不需任何專用軟體。
  ocfl/                OCFL 1.1 儲存根（https://ocfl.io），每個物件一個資料夾；其中 inventory.json 寫明各版本的檔案及其 SHA-512，
                       metadata/ 為描述與詮釋資料，content/ 為檔案內容。
  register.csv         物件登記表：物件、檔號、題名、版本、檔案數、位元組數（UTF-8）
  medium.json          載體資訊，供機器讀取
  manifest-sha512.txt  所有檔案的 SHA-512。核對方法：sha512sum -c manifest-sha512.txt
物件的後續版本見之後的載體或館內儲存。
`;
}

/** A cell of a CSV table after RFC 4180; text a spreadsheet would take for a formula is kept from being one. */
export function csvCell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
