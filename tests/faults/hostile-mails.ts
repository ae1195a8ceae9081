/** Mails that broke other desks, made by rules: sizes, depth, headers, addresses, quoting, encodings. */
export function hostileMails(): Map<string, Buffer> {
  const mails = new Map<string, Buffer>();
  const add = (name: string, raw: string | Buffer) =>
    mails.set(name, Buffer.isBuffer(raw) ? raw : Buffer.from(raw, 'latin1'));
  const head = (more = '') =>
    `From: odd@hostile.example\r\nTo: support@desk.example\r\nSubject: odd\r\n${more}`;
  const text = 'Content-Type: text/plain; charset=utf-8\r\n';

  add(
    '2,000 parts',
    `${head('Content-Type: multipart/mixed; boundary=b\r\n')}\r\n${'--b\r\n\r\nx\r\n'.repeat(2000)}--b--\r\n`,
  );
  add('200 levels of multipart', nested(200));
  add('100 nested messages', nestedMessages(100));
  add('20,000 references', `${head(`References: ${'<a@b>\r\n '.repeat(20_000)}<z@z>\r\n`)}\r\nx`);
  add('5,000 recipients', `${head(`Cc: ${'someone@somewhere.example, '.repeat(5000)}x@y.example\r\n`)}\r\nx`);
  add('a header of 5 MB', `${head(`X-Long: ${'y'.repeat(5_000_000)}\r\n`)}\r\nx`);
  add('10,000 headers', `${head('X-Many: 1\r\n'.repeat(10_000))}\r\nx`);
  add('quoted brackets', `${head()}From: "${'('.repeat(50_000)}" <a@b.example>\r\n\r\nx`);
  add(
    'comments in addresses',
    `From: ${'('.repeat(5000)}x${')'.repeat(5000)} <a@b.example>\r\nSubject: c\r\n\r\nx`,
  );
  add('group syntax', `From: ${'a:'.repeat(3000)};\r\nSubject: g\r\n\r\nx`);
  add('9 MB of deep quoting', `${head(text)}\r\n${`${'> '.repeat(60)}quoted\r\n`.repeat(70_000)}`);
  add(
    '6 MB of flowed text',
    `${head('Content-Type: text/plain; format=flowed\r\n')}\r\n${'words and words \r\n'.repeat(330_000)}`,
  );
  add('20,000 nested divs', `${head('Content-Type: text/html\r\n')}\r\n${'<div>'.repeat(20_000)}x`);
  add('3,000 iframes', `${head('Content-Type: text/html\r\n')}\r\n${'<iframe src=x>'.repeat(3000)}x`);
  add(
    'scripts',
    `${head('Content-Type: text/html\r\n')}\r\n<script>alert(1)</script><svg onload=alert(1)><img src=x onerror=alert(1)>`,
  );
  add('NUL everywhere', `${head(text).replace('odd\r\n', 'o\0d\0d\r\n')}\r\na\0b\0c\0`);
  add('lone surrogates', `${head('Content-Type: text/plain; charset=utf-16le\r\n')}\r\n\x00\xd8a\x00`);
  add('broken UTF-8', `${head(text)}\r\n\xc3\x28\xa0\xa1\xff\xfe\xf0\x28`);
  add(
    'UTF-7 script',
    `${head('Content-Type: text/html; charset=utf-7\r\n')}\r\n+ADw-script+AD4-alert(1)+ADw-/script+AD4-`,
  );
  add('unknown charset', `${head('Content-Type: text/plain; charset=x-nothing\r\n')}\r\nhello`);
  add('no headers', 'just words\r\n');
  add('no body', head().trimEnd());
  add('CR only', head(text).replaceAll('\r\n', '\r') + '\rtext');
  add('empty', '');
  add('one byte', 'x');
  add('no From', 'Subject: nobody\r\n\r\nx');
  add('two Froms', `From: a@b.example\r\nFrom: victim@c.example\r\nSubject: two\r\n\r\nx`);
  add(
    'address in an encoded word',
    'From: =?utf-8?Q?victim=40bank.example?= <x@hostile.example>\r\nSubject: e\r\n\r\nx',
  );
  add('wrong boundary', `${head('Content-Type: multipart/mixed; boundary=b\r\n')}\r\n--c\r\n\r\nx\r\n--c--`);
  add('endless base64', `${head('Content-Transfer-Encoding: base64\r\n')}\r\n${'A'.repeat(8_000_000)}`);
  add(
    'file name of 1 MB',
    `${head(`Content-Type: application/pdf; name="${'n'.repeat(1_000_000)}.pdf"\r\nContent-Disposition: attachment\r\n`)}\r\nx`,
  );
  add(
    'file names that climb',
    `${head('Content-Type: application/pdf; name="../../etc/passwd"\r\nContent-Disposition: attachment\r\n')}\r\nx`,
  );
  add('date nobody has', `${head('Date: Fri, 99 Foo 20999 99:99:99 +9999\r\n')}\r\nx`);
  add('line of 5 MB', `${head(text)}\r\n${'z'.repeat(5_000_000)}`);
  add('On On On wrote', `${head(text)}\r\n${'On On On On wrote: '.repeat(20_000)}`);
  add(
    '30 MB over the limit',
    Buffer.concat([Buffer.from(`${head(text)}\r\n`), Buffer.alloc(30 * 1024 * 1024, 'q')]),
  );
  return mails;
}

function nested(levels: number): string {
  let mail = 'From: odd@hostile.example\r\nSubject: deep\r\n';
  for (let level = 0; level < levels; level++)
    mail += `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`;
  return `${mail}Content-Type: text/plain\r\n\r\nx\r\n`;
}

function nestedMessages(levels: number): string {
  let mail = 'From: odd@hostile.example\r\nSubject: deep\r\n';
  for (let level = 0; level < levels; level++)
    mail += 'Content-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\nSubject: inner\r\n';
  return `${mail}\r\nx\r\n`;
}
