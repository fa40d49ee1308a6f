import { CONTENTS_BYTES, UNSET } from './envelope.ts';

interface Reference {
  data: Record<string, unknown>;
  end(chunk?: Buffer): void;
}

/** The parts of pdfkit's document that its type declarations leave out. */
interface Internals {
  _root: { data: Record<string, unknown> & { AcroForm?: Reference } };
}

export interface SignatureField {
  number: string;
  archiveName: string;
  reason: string;
  at: Date;
  page: number;
  /** In points from the top left of the page. */
  rectangle: { x: number; y: number; width: number; height: number };
}

/** A text string as PDF wants it, in hex: no character of it can be taken for PDF syntax. */
function textString(text: string): Buffer {
  return Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(text, 'utf16le').swap16()]);
}

/** Embeds `statement.json`, in hex, so that its bytes stand in the file as they are and hold no PDF syntax. */
export function attachStatement(doc: PDFKit.PDFDocument, statement: Buffer, at: Date): void {
  const { _root } = doc as PDFKit.PDFDocument & Internals;
  const file = doc.ref({
    Type: 'EmbeddedFile',
    Subtype: 'application#2Fjson',
    Filter: 'ASCIIHexDecode',
    Params: { Size: statement.length, CreationDate: at, ModDate: at },
  });
  file.end(Buffer.from(`${statement.toString('hex')}>`, 'latin1'));
  const name = textString('statement.json');
  const specification = doc.ref({
    Type: 'Filespec',
    AFRelationship: 'Data',
    F: name,
    UF: name,
    Desc: textString('Signed statement of the archive'),
    EF: { F: file, UF: file },
  });
  specification.end(undefined);
  doc.addNamedEmbeddedFile('statement.json', specification);
  _root.data.AF = [specification];
}

/**
 * Adds the signature field, over the drawn seal, and the signature dictionary with its numbers and contents still open
 * (see envelope.ts). It is a certifying signature that allows no change (DocMDP, level 1; ISO 32000-1, 12.8.2.2).
 */
export function placeSignature(doc: PDFKit.PDFDocument, field: SignatureField): void {
  const { _root } = doc as PDFKit.PDFDocument & Internals;
  const signature = doc.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    Name: textString(field.archiveName),
    Reason: textString(field.reason),
    M: field.at,
    Reference: [
      {
        Type: 'SigRef',
        TransformMethod: 'DocMDP',
        TransformParams: { Type: 'TransformParams', P: 1, V: '1.2' },
      },
    ],
    LantaiNumber: Buffer.from(field.number, 'utf8'),
    LantaiStatement: [UNSET, UNSET],
    ByteRange: [0, UNSET, UNSET, UNSET],
    Contents: Buffer.alloc(CONTENTS_BYTES),
  });
  signature.end(undefined);
  doc.switchToPage(field.page);
  const { x, y, width, height } = field.rectangle;
  const appearance = doc.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, width, height],
    Resources: {},
  });
  appearance.end(Buffer.from('q Q\n', 'latin1'));
  const top = doc.page.height - y;
  const widget = doc.ref({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    T: textString('ArchiveSignature'),
    F: 132,
    Rect: [x, top - height, x + width, top],
    P: doc.page.dictionary,
    AP: { N: appearance },
    V: signature,
  });
  widget.end(undefined);
  doc.page.annotations.push(widget);
  doc.initForm();
  const form = _root.data.AcroForm;
  if (!form) throw new Error('pdfkit made no form dictionary');
  form.data.Fields = [widget];
  form.data.SigFlags = 3;
  delete form.data.NeedAppearances;
  _root.data.Perms = { DocMDP: signature };
}
