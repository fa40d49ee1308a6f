/** How the format that reads an XML document says what is wrong with it. The words continue a sentence about the file. */
export interface XmlRefusals {
  /** @param what such as `its XML breaks off in the middle` */
  damaged(what: string, cause?: unknown): Error;
  /** @param what something XML allows and this reader does not, such as `holds a document type definition` */
  forbidden(what: string): Error;
}
