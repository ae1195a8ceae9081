import { expect, test } from 'vitest';
import { cutReply } from './cut-reply.js';

const QUOTED = '> Hello,\n> how can we help?\n>\n> -- \n> Support\n';
const answer = 'Thank you, it works now.';

/** Introductions of a quote whose lines are marked, by client and language. */
const introductions: Record<string, string> = {
  'Gmail, English': 'On Mon, 3 May 2021 at 12:34, Support <help@example.com> wrote:',
  'Gmail, wrapped':
    'On Mon, May 3, 2021 at 12:34 PM Support Team of the Example Company <\nhelp@example.com> wrote:',
  'Gmail, German': 'Am Mo., 3. Mai 2021 um 12:34 Uhr schrieb Support <help@example.com>:',
  'Gmail, Russian': 'пн, 3 мая 2021 г. в 12:34, Support <help@example.com>:',
  'Gmail, Ukrainian': 'пн, 3 трав. 2021 р. о 12:34 Support <help@example.com> пише:',
  'Gmail, French': 'Le lun. 3 mai 2021 à 12:34, Support <help@example.com> a écrit :',
  'Gmail, Spanish': 'El lun, 3 may 2021 a las 12:34, Support (<help@example.com>) escribió:',
  'Gmail, Italian': 'Il giorno lun 3 mag 2021 alle ore 12:34 Support <help@example.com> ha scritto:',
  'Gmail, Portuguese': 'Em seg., 3 de mai. de 2021 às 12:34, Support <help@example.com> escreveu:',
  'Gmail, Dutch': 'Op ma 3 mei 2021 om 12:34 schreef Support <help@example.com>:',
  'Gmail, Polish': 'pon., 3 maj 2021 o 12:34 Support <help@example.com> napisał(a):',
  'Gmail, Swedish': 'Den mån 3 maj 2021 kl 12:34 skrev Support <help@example.com>:',
  'Gmail, Norwegian': 'man. 3. mai 2021 kl. 12:34 skrev Support <help@example.com>:',
  'Gmail, Finnish': 'ma 3. toukok. 2021 klo 12.34 Support (help@example.com) kirjoitti:',
  'Gmail, Turkish': 'Support <help@example.com>, 3 May 2021 Pzt, 12:34 tarihinde şunu yazdı:',
  'Gmail, Chinese': 'Support <help@example.com> 于2021年5月3日周一 12:34写道：',
  'Gmail, Japanese': '2021年5月3日(月) 12:34 Support <help@example.com>:',
  'Apple Mail, English': 'On 3. May 2021, at 12:34, Support <help@example.com> wrote:',
  'Apple Mail, Russian': '3 мая 2021 г., в 12:34, Support <help@example.com> написал(а):',
  'Thunderbird, German': 'Am 03.05.21 um 12:34 schrieb Support:',
  'Thunderbird, Russian': '03.05.2021 12:34, Support пишет:',
  'Thunderbird, Czech': 'Dne 03. 05. 21 v 12:34 Support napsal(a):',
  'Mail.ru': 'Понедельник, 3 мая 2021, 12:34 +03:00 от Support <help@example.com>:',
  Yandex: '03.05.2021, 12:34, "Support" <help@example.com>:',
  'The Bat!': 'Вы писали 3 мая 2021 г., 12:34:56:',
  mutt: 'On Mon, May 03, 2021 at 12:34:56PM +0200, Support wrote:',
  'name only': 'Support wrote:',
};

test.each(Object.entries(introductions))('cuts the quote of %s', (_, introduction) => {
  const cut = cutReply({ text: `${answer}\n\n${introduction}\n\n${QUOTED}` });
  expect(cut.reply).toBe(answer);
  expect(cut.quote).toContain('how can we help?');
});

test.each(Object.entries(introductions).filter(([name]) => name !== 'name only'))(
  'cuts the quote of %s where its lines carry no marks',
  (_, introduction) => {
    const text = `${answer}\n\n${introduction}\n\nHello,\nhow can we help?\n`;
    expect(cutReply({ text }).reply).toBe(answer);
  },
);

test('needs no blank line between the reply and the introduction', () => {
  const text = `${answer}\nOn Mon, 3 May 2021 at 12:34, Support <help@example.com> wrote:\n${QUOTED}`;
  expect(cutReply({ text }).reply).toBe(answer);
});

const outlook: Record<string, string> = {
  English:
    'From: Support <help@example.com>\nSent: Monday, May 3, 2021 12:34 PM\nTo: A <a@b.c>\nSubject: RE: Hello',
  'English, bold':
    '*From:* Support <help@example.com>\n*Sent:* Monday, May 3, 2021\n*To:* A\n*Subject:* RE: Hello',
  German:
    'Von: Support <help@example.com>\nGesendet: Montag, 3. Mai 2021 12:34\nAn: A <a@b.c>\nBetreff: AW: Hallo',
  Russian: 'От: Support <help@example.com>\nОтправлено: 3 мая 2021 г. 12:34\nКому: A <a@b.c>\nТема: Привет',
  'Russian, From whom': 'От кого: Support\nДата: 3 мая 2021\nКому: A\nТема: Привет',
  French:
    'De : Support <help@example.com>\nEnvoyé : lundi 3 mai 2021 12:34\nÀ : A <a@b.c>\nObjet : RE: Bonjour',
  Spanish: 'De: Support\nEnviado: lunes, 3 de mayo de 2021 12:34\nPara: A\nAsunto: RE: Hola',
  Italian: 'Da: Support\nInviato: lunedì 3 maggio 2021 12:34\nA: A\nOggetto: R: Ciao',
  Portuguese: 'De: Support\nEnviada em: segunda-feira, 3 de maio de 2021\nPara: A\nAssunto: RES: Oi',
  Dutch: 'Van: Support\nVerzonden: maandag 3 mei 2021 12:34\nAan: A\nOnderwerp: RE: Hallo',
  Polish: 'Od: Support\nWysłano: poniedziałek, 3 maja 2021\nDo: A\nTemat: RE: Witam',
  Swedish: 'Från: Support\nSkickat: den 3 maj 2021 12:34\nTill: A\nÄmne: SV: Hej',
  Danish: 'Fra: Support\nSendt: 3. maj 2021 12:34\nTil: A\nEmne: SV: Hej',
  Finnish: 'Lähettäjä: Support\nLähetetty: maanantai 3. toukokuuta 2021\nVastaanottaja: A\nAihe: VS: Hei',
  Turkish: 'Kimden: Support\nGönderildi: 3 Mayıs 2021 Pazartesi 12:34\nKime: A\nKonu: YNT: Merhaba',
  Chinese: '发件人: Support\n发送时间: 2021年5月3日 12:34\n收件人: A\n主题: 回复: 你好',
  Japanese: '差出人: Support\n送信日時: 2021年5月3日 12:34\n宛先: A\n件名: Re: こんにちは',
};

test.each(Object.entries(outlook))('cuts at the header block of Outlook, %s', (_, block) => {
  for (const above of ['', '-----Original Message-----\n', '________________________________\n']) {
    const cut = cutReply({ text: `${answer}\n\n${above}${block}\n\nHello,\nhow can we help?\n` });
    expect(cut.reply).toBe(answer);
  }
});

test.each([
  '-----Original Message-----',
  '-----Ursprüngliche Nachricht-----',
  '-----Исходное сообщение-----',
  "-----Message d'origine-----",
  '-----Mensaje original-----',
  '-----Messaggio originale-----',
  '-----Mensagem original-----',
  '-----Oorspronkelijk bericht-----',
  '------------------ 原始邮件 ------------------',
  '-------- Исходное сообщение --------',
  '------------------ Original ------------------',
])('cuts at "%s"', (line) => {
  expect(cutReply({ text: `${answer}\n\n${line}\nHello,\nhow can we help?` }).reply).toBe(answer);
});

test('an iPhone marks its introduction, too', () => {
  const text = `${answer}\n\nSent from my iPhone\n\n> On 3 May 2021, at 12:34, Support <help@example.com> wrote:\n> \n> Hello\n`;
  expect(cutReply({ text }).reply).toBe(answer);
});

test.each([
  'Sent from my iPhone',
  'Отправлено с iPhone',
  'Отправлено из мобильной Почты Mail.ru',
  'Von meinem iPhone gesendet',
  'Envoyé de mon iPhone',
  'Enviado desde mi iPhone',
  'Inviato da iPhone',
  'Verstuurd vanaf mijn iPhone',
  'Skickat från min iPhone',
  'Get Outlook for iOS<https://aka.ms/o0ukef>',
  'Sent from Mail for Windows',
  '发自我的iPhone',
  'iPhoneから送信',
  'Надіслано з iPhone',
  'Wysłane z iPhone’a',
  'Gesendet mit der GMX Mail App',
  '-- \nJohn Doe\nExample Ltd',
  '--\nС уважением,\nИван',
])('cuts the signature "%s"', (signature) => {
  const cut = cutReply({ text: `${answer}\n\n${signature}\n` });
  expect(cut).toEqual({ reply: answer, quote: signature });
});

test('answers between the quoted lines stay whole', () => {
  const text =
    'On 3 May 2021, A <a@b.c> wrote:\n> Which version?\n4.2\n\n> Which system?\nDebian\n\n-- \nJohn';
  expect(cutReply({ text }).reply).toBe(text.slice(0, text.indexOf('\n\n-- ')));
});

test('a greeting above and answers below stay whole', () => {
  const text = 'Hello, see below.\n\nOn 3 May 2021, A <a@b.c> wrote:\n> Which version?\n\n4.2\n';
  expect(cutReply({ text }).reply).toContain('4.2');
});

test('an answer under the quote is the reply', () => {
  const text = `On 3 May 2021, A <a@b.c> wrote:\n> Which version?\n> Which system?\n\n${answer}\n\n-- \nJohn\n`;
  expect(cutReply({ text }).reply).toBe(answer);
});

test('the wrapped rest of a quoted line is no answer', () => {
  const long = '> this is a long line that the mail program of the customer wrapped in the';
  const text = `${answer}\n\nOn 3 May 2021, A <a@b.c> wrote:\n${long}\nmiddle\n> of a sentence\n`;
  expect(cutReply({ text }).reply).toBe(answer);
});

test('the footer of a mailing list is no answer', () => {
  const text = `${answer}\n\nOn 3 May 2021, A <a@b.c> wrote:\n> Hello\n\n_______________\nusers mailing list\nusers@example.com\n`;
  expect(cutReply({ text }).reply).toBe(answer);
});

test.each([
  '---------- Forwarded message ---------\nFrom: A <a@b.c>\nDate: Mon, May 3, 2021 at 12:34\nSubject: Hi\nTo: B <b@c.d>\n\nHello',
  'Begin forwarded message:\n\n> From: A <a@b.c>\n> Subject: Hi\n> Date: 3 May 2021\n> To: b@c.d\n> \n> Hello',
  '-------- Weitergeleitete Nachricht --------\nBetreff: Hi\nDatum: 3.5.2021\nVon: A\nAn: B\n\nHallo',
  '-------- Пересылаемое сообщение --------\nОт кого: A <a@b.c>\nКому: B\nДата: 3 мая\nТема: Привет\n\nЗдравствуйте',
])('a forwarded mail is never cut: %s', (forwarded) => {
  const text = `Please look at this.\n\n${forwarded}\n`;
  expect(cutReply({ text }).reply).toBe(text.trim());
});

test('a forward of Outlook is told by its subject', () => {
  const text = `For you.\n\n${outlook.English}\n\nHello`;
  expect(cutReply({ text, subject: 'FW: Hello' }).reply).toBe(text);
});

test('a quote alone has no reply', () => {
  expect(cutReply({ text: 'On 3 May 2021, A <a@b.c> wrote:\n> Hello\n' }).reply).toBe('');
});

test.each([
  `${outlook.English}\n\nHello`,
  '-- \nJohn Doe',
  'Sent from my iPhone',
  '-----Original Message-----\nHello',
])('shows all where the cut would leave nothing: %s', (text) => {
  expect(cutReply({ text }).reply).toBe(text);
});

test.each([
  'I wrote this on Monday:\n1. one\n2. two',
  'Steps:\n\nFrom: the menu choose Open.\nThen it crashes.',
  'The price is 3:40, dated 2021. Contact me at a@b.c please.',
  'Error log:\n12:30:01 start\n12:30:02 fail: cannot open\n\nAny idea?',
  'Hi\n\nTo: whom it may concern\n\nthe device is broken.',
  'Our address:\n\n---\nMain street 1\n---\n\nPlease send it there.',
  'On the device it says:\n\nCall support.\n\nWhat should I do?',
])('text that only looks like a quote stays whole: %s', (text) => {
  expect(cutReply({ text }).reply).toBe(text);
});

test('the structure of the HTML shows a quote in a language without rules', () => {
  const html =
    '<div>Dziękuję <b>bardzo</b>!</div><div class="gmail_quote"><div class="gmail_attr">xyz qwe:</div><blockquote>Hello</blockquote></div>';
  const text = 'Dziękuję *bardzo*!\n\nxyz qwe:\n\nHello\n';
  expect(cutReply({ text, html })).toEqual({ reply: 'Dziękuję *bardzo*!', quote: 'xyz qwe:\n\nHello' });
});

test.each([
  '<div id="divRplyFwdMsg">',
  '<div id="x_divRplyFwdMsg">',
  '<div id="appendonsend">',
  '<blockquote type="cite">',
  '<span id="OLK_SRC_BODY_SECTION">',
  '<div class="yahoo_quoted" id="y1">',
  '<div class="moz-cite-prefix">',
  '<div name="quote">',
  '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt">',
])('the quote begins at %s', (mark) => {
  const html = `<p>${answer}</p>${mark}<p>Aaa bbb</p><p>ccc</p></div>`;
  expect(cutReply({ text: `${answer}\n\nAaa bbb\n\nccc`, html }).reply).toBe(answer);
});

test.each([
  'On '.repeat(30_000),
  '> '.repeat(40_000),
  'From: '.repeat(20_000),
  `${'-'.repeat(60_000)}x`,
  `${' '.repeat(60_000)}:`,
  'a@'.repeat(40_000),
  'On a\n'.repeat(20_000),
  'wrote:\n'.repeat(9000),
  '>\nx\n'.repeat(20_000),
  'On 3 May 2021 a@b.c wrote:\n'.repeat(2000),
  'From: a\n'.repeat(9000),
])('comes to an end with hostile text %#', (text) => {
  const { reply, quote } = cutReply({ text, html: `<div class="${text.slice(0, 50_000)}` });
  expect(reply.length + quote.length).toBeGreaterThan(0);
});
