import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseMail } from './parse-mail.js';
import type { ParsedMail } from './parsed-mail.js';

let attachmentDir: string;

beforeAll(async () => {
  attachmentDir = await mkdtemp(join(tmpdir(), 'parse-mail-'));
});

afterAll(() => rm(attachmentDir, { recursive: true, force: true }));

/** A mail written one character a byte, with CRLF line ends. */
function bytes(...lines: string[]): Buffer {
  return Buffer.from(lines.join('\n').replace(/\r?\n/g, '\r\n'), 'latin1');
}

const parse = (...lines: string[]): Promise<ParsedMail> => parseMail(bytes(...lines), { attachmentDir });
const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const names = (mail: ParsedMail): string[] => mail.attachments.map((attachment) => attachment.filename);

describe('header', () => {
  test.each([
    ['=?utf-8?B?0J/RgNC40LLQtdGC?=', 'Привет'],
    ['=?koi8-r?Q?=F0=D2=C9=D7=C5=D4?=', 'Привет'],
    ['=?windows-1251?B?z/Do4uXy?=', 'Привет'],
    ['=?cp1251?B?z/Do4uXy?=', 'Привет'],
    ['=?iso-8859-1?Q?Fr\xf6sche?=', 'Frösche'],
    ['=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=', 'ab'],
    ['=?utf-8?B?0J/R?= =?utf-8?B?gNC40LLQtdGC?=', 'Привет'],
    ['=?utf-8?q?a_b?= c =?utf-8?q?d?=', 'a b c d'],
    ['=?utf-7?Q?+BB8EQAQ4BDIENQRC-?=', 'Привет'],
    ['=?iso-2022-jp?B?GyRCRnxLXDhsGyhC?=', '日本語'],
    ['=?gb18030?B?xOO6ww==?=', '你好'],
    ['=?gb2312?B?xOO6ww==?=', '你好'],
    ['=?euc-kr?B?vsiz58fPvLy/5A==?=', '안녕하세요'],
    ['=?ks_c_5601-1987?B?vsiz58fPvLy/5A==?=', '안녕하세요'],
    ['=?shift_jis?B?k/qWe4zq?=', '日本語'],
    ['=?big5?B?p0Gmbg==?=', '你好'],
    ['=?us-ascii*en?Q?Keith?=', 'Keith'],
    ['=?unknown?Q?caf=C3=A9?=', 'café'],
    [utf8('Grüße'), 'Grüße'],
    ['Gr\xfc\xdfe', 'Grüße'],
    ['\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xea \xe4\xe5\xeb\xe0', 'Привет, как дела'],
    ['\xf0\xd2\xc9\xd7\xc5\xd4, \xcb\xc1\xcb \xc4\xc5\xcc\xc1', 'Привет, как дела'],
    ['a\n b\n\tc', 'a b c'],
    ['=?utf-8?Q?broken', '=?utf-8?Q?broken'],
    ['=?utf-8?Q?a=00b?=', 'ab'],
    ['e\xcc\x81t\xc3\xa9', 'été'],
  ])('reads the subject %j', async (raw, subject) => {
    expect((await parse(`Subject: ${raw}`, '', 'x')).subject).toBe(subject);
  });

  test('raw bytes of the header are read in the charset of the body', async () => {
    const mail = await parse('Subject: \xf0', 'Content-Type: text/plain; charset=koi8-r', '', '\xf0\xd2\xc9');
    expect(mail).toMatchObject({ subject: 'П', text: 'При' });
  });

  test.each([
    ['a@b.c', '', 'a@b.c'],
    ['Joe <a@b.c>', 'Joe', 'a@b.c'],
    ['"Doe, Joe" <a@b.c>', 'Doe, Joe', 'a@b.c'],
    ['Doe, Joe <a@b.c>', 'Doe, Joe', 'a@b.c'],
    ['=?utf-8?B?0JjQstCw0L0=?= <a@b.c>', 'Иван', 'a@b.c'],
    ['"=?utf-8?B?0JjQstCw0L0=?=" <a@b.c>', 'Иван', 'a@b.c'],
    ['a@b.c (Joe Doe)', 'Joe Doe', 'a@b.c'],
    ['Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>', '', 'pete@silly.test'],
    ['<@route.org:a@b.c>', '', 'a@b.c'],
    ['Joe <a@b.c', 'Joe', 'a@b.c'],
    ['a@b.c.', '', 'a@b.c'],
    ['<mailto:a@b.c>', '', 'a@b.c'],
    ['"a b"@c.d', '', '"a b"@c.d'],
    [`${utf8('Jürgen')} <a@b.c>`, 'Jürgen', 'a@b.c'],
    ['J\xfcrgen <a@b.c>', 'Jürgen', 'a@b.c'],
    ['Joe\n <a@b.c>', 'Joe', 'a@b.c'],
  ])('reads the sender %j', async (raw, name, address) => {
    const { from } = await parse(`From: ${raw}`, '', 'x');
    expect(from?.address).toBe(address);
    if (name !== '') expect(from?.name).toBe(name);
  });

  test.each([
    '=?utf-8?B?dmljdGltQGJhbmsuY29t?= <evil@evil.com>',
    '=?utf-8?Q?=22CEO=22_=3Cvictim=40bank.com=3E?= <evil@evil.com>',
    '=?utf-8?Q?victim=40bank.com=2C?= <evil@evil.com>',
    '"victim@bank.com" <evil@evil.com>',
    '"CEO <victim@bank.com>" <evil@evil.com>',
    '"victim@bank.com"@evil.com',
    '"victim@bank.com,"@evil.com',
    '<=?utf-8?B?dmljdGltQGJhbmsuY29t?=>',
    '=?utf-8?Q?victim=40bank.com=00?=@evil.com',
    '=?utf-8?Q?victim?=@bank.com',
    '(victim@bank.com) evil@evil.com',
  ])('never makes the victim the sender: %j', async (raw) => {
    const mail = await parse(`From: ${raw}`, '', 'x');
    expect(mail.from?.address).not.toBe('victim@bank.com');
    expect(mail.from?.address ?? '').not.toMatch(/@bank\.com$/);
  });

  test.each([
    [['From: a@b.c', 'From: d@e.f'], 'several-from'],
    [['From: a@b.c, d@e.f'], 'several-from'],
    [['To: a@b.c'], 'no-from'],
    [['From: <=?utf-8?B?dmljdGltQGJhbmsuY29t?=>'], 'encoded-address'],
    [['From: "ceo@bank.com" <a@b.c>'], 'display-name-address'],
  ])('flags %j as %s', async (lines, flag) => {
    expect((await parse(...lines, '', 'x')).suspicious).toContain(flag);
  });

  test('reads lists of recipients, groups and several headers', async () => {
    const mail = await parse(
      'To: Team: a@b.c, "X" <d@e.f>;, g@h.i',
      'To: j@k.l',
      'Cc: undisclosed-recipients:;',
      '',
      'x',
    );
    expect(mail.to.map((entry) => entry.address)).toEqual(['a@b.c', 'd@e.f', 'g@h.i', 'j@k.l']);
    expect(mail.cc).toEqual([]);
  });

  test('reads ids with and without angle brackets', async () => {
    const mail = await parse(
      'Message-ID: a@b',
      'In-Reply-To: Your message of Monday <c@d>',
      'References: <e@f> <g@h>\n <i@j>',
      '',
      '',
    );
    expect(mail).toMatchObject({
      messageId: '<a@b>',
      inReplyTo: '<c@d>',
      references: ['<e@f>', '<g@h>', '<i@j>'],
    });
  });

  test.each([
    ['Mon, 3 May 2021 12:34:56 +0300', '2021-05-03T09:34:56.000Z'],
    ['3 May 2021 12:34 GMT', '2021-05-03T12:34:00.000Z'],
    ['Mon, 03 May 2021 12:34:56 +0000 (UTC)', '2021-05-03T12:34:56.000Z'],
    ['Mon, 3 May 21 12:34:56 EST', '2021-05-03T17:34:56.000Z'],
    ['Mon May  3 12:34:56 2021', '2021-05-03T12:34:56.000Z'],
    ['Mon May  3 12:34:56 PDT 2021', '2021-05-03T19:34:56.000Z'],
    ['2021-05-03T12:34:56+02:00', '2021-05-03T10:34:56.000Z'],
    ['2021-05-03 12:34:56', '2021-05-03T12:34:56.000Z'],
    ['Mon, 3 May 2021 12:34:56', '2021-05-03T12:34:56.000Z'],
    ['Monday, May 3, 2021 2:34 PM', '2021-05-03T14:34:00.000Z'],
    ['Mon, 3-May-2021 12:34:56 -0500', '2021-05-03T17:34:56.000Z'],
    ['Thu, 1 Jan 1970 00:00:00 +0000', '1970-01-01T00:00:00.000Z'],
    ['Mon, 3 May 2021 12:34:56 +9999', '2021-05-03T12:34:56.000Z'],
    ['yesterday', null],
    ['', null],
  ])('reads the date %j', async (raw, date) => {
    expect((await parse(`Date: ${raw}`, '', 'x')).date).toBe(date);
  });

  test('finds the author behind a group', async () => {
    const mail = await parse(
      "From: 'Joe' via Help <help@example.com>",
      'X-Original-Sender: joe@x.com',
      '',
      'x',
    );
    expect(mail.originalSender).toBe('joe@x.com');
  });
});

describe('text', () => {
  test.each([
    ['koi8-r', '\xf0\xd2\xc9\xd7\xc5\xd4', 'Привет'],
    ['windows-1251', '\xcf\xf0\xe8\xe2\xe5\xf2', 'Привет'],
    ['iso-2022-jp', '\x1b$BF|K\\8l\x1b(B', '日本語'],
    ['gb18030', '\xc4\xe3\xba\xc3', '你好'],
    ['utf-7', 'Hi +BB8EQAQ4BDIENQRC-!', 'Hi Привет!'],
    ['hz-gb-2312', '~{Dc:C~}', '你好'],
    ['iso-8859-1', 'it\x92s \x80 5', 'it’s € 5'],
    ['us-ascii', utf8('Grüße'), 'Grüße'],
    ['utf-8', 'Gr\xfc\xdfe', 'Grüße'],
    ['iso-8859-1', utf8('naïve Grüße'), 'naïve Grüße'],
    ['x-nonsense', utf8('Grüße'), 'Grüße'],
  ])('decodes a body said to be %s', async (charset, raw, text) => {
    expect((await parse(`Content-Type: text/plain; charset=${charset}`, '', raw)).text).toBe(text);
  });

  test.each([
    [utf8('Grüße'), 'Grüße'],
    ['Gr\xfc\xdfe', 'Grüße'],
    ['\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xea \xe4\xe5\xeb\xe0', 'Привет, как дела'],
    ['\x1b$BF|K\\8l\x1b(B', '日本語'],
  ])('guesses the charset of a body that says none: %j', async (raw, text) => {
    expect((await parse('Subject: x', '', raw)).text).toBe(text);
  });

  test('no NUL and no lone surrogate is left, and accents are composed', async () => {
    const mail = await parse(
      'Subject: x',
      'Content-Type: text/html; charset=utf-8',
      '',
      `${utf8('Grüße, schöne Tage')} a\0b&#xD800;e\xcc\x81\xed\xa0\x80`,
    );
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(JSON.stringify(mail)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
    expect(mail.text).toContain('ab');
    expect(mail.html).toContain('é');
  });

  test('joins flowed lines', async () => {
    const mail = await parse(
      'Content-Type: text/plain; format=flowed',
      '',
      'one ',
      'two',
      '> three ',
      '> four',
      ' From here',
      '-- ',
      'Joe',
    );
    expect(mail.text).toBe('one two\n> three four\nFrom here\n-- \nJoe');
  });

  test('derives the text of a mail that has only HTML', async () => {
    const mail = await parse(
      'Content-Type: text/html; charset=utf-8',
      '',
      '<style>x{}</style><p>Hello <b>you</b></p><p>Bye</p>',
    );
    expect(mail.text).toBe('Hello you\n\nBye');
  });

  test('derives the text of an HTML part beside a file', async () => {
    const mail = await multipart(
      'mixed',
      ['Content-Type: text/html', '', '<p>Hello</p>'],
      ['Content-Type: application/pdf; name=a.pdf', '', '%PDF'],
    );
    expect(mail.text).toBe('Hello');
    expect(names(mail)).toEqual(['a.pdf']);
  });

  test('takes the plain version for the text and the other for the HTML', async () => {
    const mail = await multipart(
      'alternative',
      ['Content-Type: text/plain', '', 'plain'],
      ['Content-Type: text/html', '', '<p>rich</p>'],
    );
    expect(mail).toMatchObject({ text: 'plain', html: '<p>rich</p>', attachments: [] });
  });

  test('takes the HTML for the text where the plain version is empty', async () => {
    const mail = await multipart(
      'alternative',
      ['Content-Type: text/plain', '', '  '],
      ['Content-Type: text/html', '', '<p>rich</p>'],
    );
    expect(mail.text.trim()).toBe('rich');
  });

  test('a footer that a list added does not hide the HTML of the sender', async () => {
    const inner =
      'Content-Type: multipart/alternative; boundary=i\n\n--i\nContent-Type: text/html\n\n<p>Hello</p>\n--i--';
    const mail = await multipart('mixed', [inner], ['Content-Type: text/plain', '', 'footer']);
    expect(mail.text).toContain('Hello');
    expect(mail.text).toContain('footer');
    expect(mail.html).toContain('<div>footer</div>');
  });

  test('the HTML runs nothing and loads nothing', async () => {
    const mail = await parse(
      'Content-Type: text/html',
      '',
      '<script>x</script><img src="https://t.example/p.gif" onerror=x><img src="cid:a@b"><p style="position:fixed">hi</p>',
    );
    expect(mail.html).toBe('<img data-src="https://t.example/p.gif" /><img data-cid="a@b" /><p>hi</p>');
    expect(mail.remoteImages).toBe(1);
  });

  test('UTF-7 markup is sanitised after decoding', async () => {
    const mail = await parse(
      'Content-Type: text/html; charset=utf-7',
      '',
      '+ADw-script+AD4-alert(1)+ADw-/script+AD4-ok',
    );
    expect(mail.html).toBe('ok');
  });
});

/** A multipart mail from the lines of its parts. */
function multipart(kind: string, ...parts: string[][]): Promise<ParsedMail> {
  const body = parts.flatMap((lines) => ['--b', ...lines]);
  return parse(
    'From: a@b.c',
    'MIME-Version: 1.0',
    `Content-Type: multipart/${kind}; boundary="b"`,
    '',
    ...body,
    '--b--',
    '',
  );
}

describe('attachments', () => {
  const text = ['Content-Type: text/plain', '', 'body'];

  test.each([
    ['filename=a.txt', 'a.txt'],
    ['filename="a b.txt"', 'a b.txt'],
    ["filename*=utf-8''%D0%9F%D1%80.txt", 'Пр.txt'],
    ["filename*=iso-2022-jp'ja'%1B$BF%7CK%5C8l%1B(B.txt", '日本語.txt'],
    ["filename*0*=utf-8''%D0%9F;\n filename*1*=%D1%80;\n filename*2=.txt", 'Пр.txt'],
    ['filename*0="long";\n filename*1="name.txt"', 'longname.txt'],
    ['filename="=?koi8-r?B?8NLJ18XU?=.txt"', 'Привет.txt'],
    ['filename==?utf-8?B?0J/RgA==?=.txt', 'Пр.txt'],
    [`filename="${utf8('Пр')}.txt"`, 'Пр.txt'],
    ['filename="../../etc/passwd"', '__.._etc_passwd'],
    ['filename="x.exe\xe2\x80\xaefdp"', 'x.exefdp'],
    ['filename="CON"', '_CON'],
    ['filename="a/b\\\\c:d*?"', 'a_b_c:d*?'],
    ['filename=".htaccess"', '.htaccess'],
    ['filename=".."', 'attachment-1.pdf'],
    ['filename="."', 'attachment-1.pdf'],
    ['filename=""', 'attachment-1.pdf'],
  ])('names %s', async (param, name) => {
    const mail = await multipart('mixed', text, [
      `Content-Type: application/pdf`,
      `Content-Disposition: attachment; ${param}`,
      '',
      'x',
    ]);
    expect(names(mail)).toEqual([name]);
  });

  test('a long name keeps its extension and whole characters', async () => {
    const mail = await multipart('mixed', text, [
      'Content-Type: application/pdf',
      `Content-Disposition: attachment; filename="${utf8('🦊'.repeat(300))}.pdf"`,
      '',
      'x',
    ]);
    const [name = ''] = names(mail);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    expect(name).toMatch(/^(?:🦊)+\.pdf$/u);
  });

  test('keeps text with a file name as a file', async () => {
    const mail = await multipart('mixed', text, [
      'Content-Type: text/plain; name=log.txt',
      'Content-Disposition: inline',
      '',
      'log',
    ]);
    expect(mail.text).toBe('body');
    expect(mail.attachments).toMatchObject([{ filename: 'log.txt', size: 3, inline: false }]);
  });

  test('text with a file name is shown, too, where the mail has no other', async () => {
    const mail = await parse('Content-Type: text/plain; name=message.txt', '', 'hello');
    expect(mail).toMatchObject({ text: 'hello', attachments: [{ filename: 'message.txt' }] });
  });

  test('names what has no name by its type', async () => {
    const mail = await multipart(
      'mixed',
      text,
      ['Content-Type: image/png', '', 'x'],
      ['Content-Type: text/calendar', '', 'x'],
      ['Content-Type: application/ms-tnef', '', 'x'],
      ['Content-Type: application/pgp-signature', '', 'x'],
      ['Content-Type: application/pkcs7-signature', '', 'x'],
      ['Content-Type: x/y z', '', 'x'],
    );
    expect(names(mail)).toEqual([
      'attachment-1.png',
      'invite.ics',
      'winmail.dat',
      'signature.asc',
      'smime.p7s',
      'attachment-6.bin',
    ]);
  });

  test('keeps a forwarded mail as a file with its subject as name', async () => {
    const mail = await multipart('mixed', text, [
      'Content-Type: message/rfc822',
      '',
      'Subject: =?utf-8?B?0J/RgA==?= 1/2',
      'From: x@y.z',
      '',
      'inner',
    ]);
    expect(names(mail)).toEqual(['Пр 1_2.eml']);
    expect(mail.text).toBe('body');
    const [file] = mail.attachments;
    expect(await readFile(join(attachmentDir, file?.sha256 ?? ''), 'utf8')).toContain('inner');
  });

  test('an image that the HTML shows is inline', async () => {
    const image = [
      'Content-Type: image/png; name=i.png',
      'Content-ID: <i@x>',
      'Content-Transfer-Encoding: base64',
      '',
      'AAAA',
    ];
    const other = ['Content-Type: image/png; name=o.png', 'Content-ID: <o@x>', '', 'x'];
    const mail = await multipart(
      'related',
      ['Content-Type: text/html', '', '<img src="cid:i@x">'],
      image,
      other,
    );
    expect(mail.attachments).toMatchObject([
      { filename: 'i.png', contentId: 'i@x', inline: true, size: 3 },
      { filename: 'o.png', inline: false },
    ]);
  });

  test('decodes uuencode as transfer encoding and inside the text', async () => {
    const encoded = ['begin 644 cat.txt', '#0V%T', '`', 'end'];
    const part = [
      'Content-Type: application/octet-stream; name=cat.txt',
      'Content-Transfer-Encoding: x-uuencode',
      '',
      ...encoded,
    ];
    const asPart = await multipart('mixed', text, part);
    const inText = await parse('Subject: x', '', 'before', ...encoded, 'after');
    expect(asPart.attachments).toMatchObject([{ filename: 'cat.txt', size: 3 }]);
    expect(inText).toMatchObject({ text: 'before\nafter', attachments: [{ filename: 'cat.txt', size: 3 }] });
  });

  test('"begin 2024 with a plan" is no file', async () => {
    const mail = await parse('Subject: x', '', 'begin 202 plan', 'we do it', 'end');
    expect(mail.attachments).toEqual([]);
  });
});

describe('hostile and broken mails', () => {
  test.each([
    ['CR line ends', 'From: a@b.c\rSubject: s\r\rhello\r'],
    ['CRCRLF line ends', 'From: a@b.c\r\r\nSubject: s\r\r\n\r\r\nhello\r\r\n'],
    ['LF line ends', 'From: a@b.c\nSubject: s\n\nhello\n'],
    ['an mbox line', 'From a@b.c Mon May  3 12:34:56 2021\nFrom: a@b.c\nSubject: s\n\nhello\n'],
    ['blank lines first', '\r\n\r\nFrom: a@b.c\r\nSubject: s\r\n\r\nhello\r\n'],
    ['a byte order mark', '\xef\xbb\xbfFrom: a@b.c\r\nSubject: s\r\n\r\nhello\r\n'],
    ['no line end at the end', 'From: a@b.c\r\nSubject: s\r\n\r\nhello'],
    ['spaces before the colon', 'From : a@b.c\r\nSubject : s\r\n\r\nhello'],
  ])('reads a mail with %s', async (_, raw) => {
    const mail = await parseMail(Buffer.from(raw, 'latin1'), { attachmentDir });
    expect(mail).toMatchObject({ subject: 's', from: { address: 'a@b.c' }, problem: null });
    expect(mail.text.trim()).toBe('hello');
  });

  test('the blank line under the header may be missing', async () => {
    const mail = await parse('From: a@b.c', 'Subject: s', 'hello there', 'how are you');
    expect(mail).toMatchObject({
      subject: 's',
      from: { address: 'a@b.c' },
      text: 'hello there\nhow are you',
    });
  });

  test('a broken line in the header does not end it', async () => {
    const mail = await parse('From: a@b.c', 'this was meant to be folded', 'Subject: s', '', 'hello');
    expect(mail).toMatchObject({ subject: 's', from: { address: 'a@b.c' }, text: 'hello' });
  });

  test('the closing boundary may be missing', async () => {
    const mail = await parse(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'hello',
    );
    expect(mail.text.trim()).toBe('hello');
  });

  test('the boundary may be wrong', async () => {
    const mail = await parse(
      'From: a@b.c',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--other',
      '',
      'hello',
    );
    expect(mail.from?.address).toBe('a@b.c');
    expect(mail.text).toContain('hello');
  });

  test.each<[string, () => Buffer]>([
    ['nothing', () => Buffer.alloc(0)],
    ['only NULs', () => Buffer.alloc(5000)],
    ['every byte', () => Buffer.from(Array.from({ length: 65_536 }, (_, index) => (index * 7) % 256))],
    [
      '3,000 parts',
      () =>
        bytes(
          'From: a@b.c',
          'Content-Type: multipart/mixed; boundary=b',
          '',
          ...Array.from({ length: 3000 }, () => '--b\n\nx'),
          '--b--',
        ),
    ],
    [
      '100 levels',
      () =>
        bytes(
          'From: a@b.c',
          ...Array.from(
            { length: 100 },
            (_, index) => `Content-Type: multipart/mixed; boundary=b${index}\n\n--b${index}`,
          ),
          '',
          'x',
        ),
    ],
    [
      '20,000 references',
      () =>
        bytes(
          'From: a@b.c',
          `References: ${Array.from({ length: 20_000 }, (_, index) => `<${index}@x>`).join('\n ')}`,
          '',
          'x',
        ),
    ],
    [
      '10,000 recipients',
      () =>
        bytes(
          'From: a@b.c',
          `To: ${Array.from({ length: 10_000 }, (_, index) => `a${index}@x.y`).join(', ')}`,
          '',
          'x',
        ),
    ],
    [
      'a file name of 1 MB',
      () => bytes('From: a@b.c', `Content-Type: application/pdf; name="${'a'.repeat(1_000_000)}"`, '', 'x'),
    ],
    ['a subject of 1 MB', () => bytes('From: a@b.c', `Subject: ${'=?utf-8?Q?a?= '.repeat(70_000)}`, '', 'x')],
    ['a header of 5 MB', () => bytes('From: a@b.c', `X-A: ${'a'.repeat(5_000_000)}`, '', 'x')],
    ['deep quoting', () => bytes('From: a@b.c', '', `${'> '.repeat(2000)}\n`.repeat(200))],
    [
      '20,000 nested tags',
      () => bytes('From: a@b.c', 'Content-Type: text/html', '', `${'<div>'.repeat(20_000)}x`),
    ],
    ['open comments', () => bytes(`From: ${'('.repeat(50_000)}a@b.c`, '', 'x')],
    [
      'open quotes',
      () =>
        bytes(
          `From: ${'"'.repeat(50_001)}a@b.c`,
          `Content-Type: text/plain; a="${'\\"'.repeat(50_000)}`,
          '',
          'x',
        ),
    ],
  ])('survives %s within its bounds', async (_, make) => {
    const mail = await parseMail(Readable.from([make()]), { attachmentDir });
    expect(mail.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(mail.subject.length).toBeLessThanOrEqual(998);
    expect(mail.to.length).toBeLessThanOrEqual(500);
    expect(mail.references.length).toBeLessThanOrEqual(100);
    expect(mail.attachments.length).toBeLessThanOrEqual(1000);
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(JSON.stringify(mail)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
  });

  test('what is over the size limit keeps its header', async () => {
    const raw = bytes('From: a@b.c', 'Subject: big', '', 'x'.repeat(10_000));
    const mail = await parseMail(Readable.from([raw]), { attachmentDir, maxBytes: 5000 });
    expect(mail).toMatchObject({ problem: 'too-big', truncated: true, subject: 'big', text: '' });
  });

  test('a raw mail that cannot be read is an error of the caller', async () => {
    const broken = new Readable({ read: () => broken.destroy(new Error('disk gone')) });
    await expect(parseMail(broken, { attachmentDir })).rejects.toThrow('disk gone');
  });
});

describe('fingerprint', () => {
  const lines = ['Message-ID: <a@b>', 'Date: Mon, 3 May 2021 12:34:56 +0000', 'From: a@b.c', '', 'hello'];

  test('is the same for a mail that came by another way', async () => {
    const [first, second] = [await parse(...lines), await parse('Received: x', ...lines)];
    expect(first.fingerprint).toBe(second.fingerprint);
  });

  test('differs where a Message-ID is used again for another mail', async () => {
    const [first, second] = [await parse(...lines), await parse(...lines, 'more')];
    expect(first.fingerprint).not.toBe(second.fingerprint);
  });
});
