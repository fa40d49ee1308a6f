import qrcode from 'qrcode';

/** Draws a QR code (level M) as vector squares on white, quiet zone of four modules included in `size`. */
export function drawQr(doc: PDFKit.PDFDocument, text: string, x: number, y: number, size: number): void {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const cell = size / (modules.size + 8);
  doc.save().rect(x, y, size, size).fill('#ffffff');
  for (let row = 0; row < modules.size; row++) {
    for (let from = 0; from < modules.size; from++) {
      if (!modules.get(row, from)) continue;
      let to = from;
      while (to + 1 < modules.size && modules.get(row, to + 1)) to++;
      doc.rect(x + (from + 4) * cell, y + (row + 4) * cell, (to - from + 1) * cell, cell);
      from = to;
    }
  }
  doc.fill('#000000').restore();
}
