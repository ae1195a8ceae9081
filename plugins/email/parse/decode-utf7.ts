const SHIFTED = /\+([A-Za-z0-9+/]*)-?/g;

/** UTF-7 (RFC 2152) to text. The result may hold markup: it is decoded before sanitising, never after. */
export function decodeUtf7(text: string): string {
  return text.replace(SHIFTED, (whole, base64: string) => {
    if (base64 === '') return whole === '+-' ? '+' : whole;
    return decodeUtf16(Buffer.from(base64, 'base64'));
  });
}

function decodeUtf16(bigEndian: Buffer): string {
  const even = Buffer.from(bigEndian.subarray(0, bigEndian.length - (bigEndian.length % 2)));
  return even.swap16().toString('utf16le');
}
