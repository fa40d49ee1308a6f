const UNHOLDABLE =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const SPECIAL = /[&<>\r]/g;
const SPECIAL_IN_ATTRIBUTES = /[&<>"\t\n\r]/g;
const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text as it stands in an element, white space kept. What XML 1.0 can not hold becomes U+FFFD. */
export function xmlText(text: string): string {
  return text.replace(UNHOLDABLE, '\ufffd').replace(SPECIAL, (c) => REFERENCES[c]!);
}

const attributeText = (text: string) =>
  text.replace(UNHOLDABLE, '\ufffd').replace(SPECIAL_IN_ATTRIBUTES, (c) => REFERENCES[c]!);

/** Whether XML 1.0 can hold every character of a text. */
export function xmlHolds(text: string): boolean {
  return text.search(UNHOLDABLE) < 0;
}

/** Writes characters XML can not hold as `\uXXXX`, and a backslash twice. */
export function escapeUnholdable(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replace(UNHOLDABLE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Takes back what `escapeUnholdable` did. */
export function unescapeUnholdable(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|(\\))/g, (_, code: string | undefined) =>
    code === undefined ? '\\' : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** An element with text; nothing where there is no text to say. */
export function textElement(name: string, text: string | number | null | undefined): string {
  return text === null || text === undefined ? '' : `<${name}>${xmlText(String(text))}</${name}>`;
}

/** Attributes in order, those without a value left out. */
export function attributes(values: Readonly<Record<string, string | number | null | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) =>
      value === null || value === undefined ? '' : ` ${name}="${attributeText(String(value))}"`,
    )
    .join('');
}
