const NOTES = ['', '', '', '附件缺页', '原件破损，已修复'];

/** Row n of an invented catalogue: 15 columns, ten of them unlike those of any other row. */
export function sheetRow(n: number): string[] {
  const number = String(n).padStart(6, '0');
  return [
    `X043-WS·2021-Y-${number}`,
    `关于印发清溪县第${n}号农田水利建设工作方案的通知`,
    `清溪县人民政府办公室第${n % 7919}科${n}`,
    `20${String(n % 24).padStart(2, '0')}0318-${n}`,
    `清政办发〔${2000 + (n % 24)}〕${n}号`,
    `盒${n}`,
    `第${n}页`,
    `农田 水利 主题${n}`,
    `电子文件${n}.pdf`,
    `${(n * 7919) % 1_000_003}-${n}`,
    '永久',
    '文书',
    String(2000 + (n % 24)),
    '公开',
    NOTES[n % 5]!,
  ];
}
