/** Header values and names are one line, whatever people typed. */
export function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- exactly these are meant
  return text.replaceAll(/[\u0000-\u001f\u007f]+/g, ' ').replace(/^[\s,]+|[\s,]+$/g, '');
}
