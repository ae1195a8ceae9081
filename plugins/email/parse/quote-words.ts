/** The words by which mail programs introduce a quote. Every pattern is tried on one short line at a time. */

const end = '(?=$|[^\\p{L}\\p{M}])';

/** "wrote" as it stands at the end of an attribution line. */
export const WROTE = new RegExp(
  '(?:^|[^\\p{L}])(?:wrote|writes|said|schrieb|schreibt|napisał(?:\\(a\\)|a)?|pisze|a écrit|écrit|escribió|escribi[oó]|ha scritto|scrisse|' +
    'scritto|escreveu|schreef|geschreven|skrev|skriver|kirjoitti|написал(?:\\(а\\)|а)?|написав(?:\\(ла\\)|ла)?|написала|' +
    'писал(?:\\(а\\)|а|и)?|пишет|пише|писав|писала|yazdı|yazmış|napsal(?:\\(a\\)|a)?|píše|a scris|írta|έγραψε|написа|' +
    'viết|menulis|escriu|skrifaði|kirjutas|rakstīja|rašė)' +
    end +
    '|写道|寫道|写到|さんは書きました|のメッセージ|님이 작성|כתב|كتب',
  'iu',
);

/** Ways an attribution begins; needed where it is wrapped over several lines. */
export const ATTRIBUTION_START = new RegExp(
  '^[\\s*]*(?:on|am|le|el|il|em|no dia|op|den|w dniu|dnia|dne|pe|la data|στις|ngày|pada|vào|' +
    'mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|' +
    'пн|вт|ср|чт|пт|сб|вс|нд|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|понеділок|вівторок|середа|' +
    "четвер|п'ятниця|субота|неділя|pon|wt|śr|czw|pt|sob|niedz|ma|ti|ke|to|pe|la|su|вы писали|you wrote|" +
    '\\d{1,4}[-./年]\\d{1,2}|\\d{1,2}\\.?\\s\\p{L}{3,}|\\p{L}{3,9}\\s\\d{1,2},)' +
    end,
  'iu',
);

/** "-----Original Message-----" and its translations. */
export const ORIGINAL_MESSAGE = new RegExp(
  '^[\\s*_]*[-_=~*–—]{2,}\\s*(?:original[ -]?(?:message|mail|nachricht|meddelande|melding)?|reply message|ursprüngliche (?:nachricht|e-?mail)|' +
    "(?:courriel|message|e-?mail) d['’ ]?origine?|message original|mensaje original|messaggio original[ei]|mensagem original|" +
    'oorspronkelijk bericht|исходн(?:ое|ый) (?:сообщение|письмо|текст)|оригинальное (?:сообщение|письмо)|вихідне повідомлення|' +
    'ursprungligt meddelande|originalmeddelande|oprindelig (?:meddelelse|besked|mail)|opprinnelig melding|(?:wiadomość oryginalna|oryginalna wiadomość)|' +
    'alkuperäinen viesti|(?:özgün|orijinal) (?:ileti|mesaj)|původní (?:zpráva|e-mail)|eredeti üzenet|原始邮件|原始郵件|原邮件|元のメッセージ|' +
    'original message|원본 (?:메시지|메일))[\\s\\p{L}]{0,20}[-_=~*–—:]{2,}',
  'iu',
);

const FROM =
  'from|von|de|da|от(?: кого)?|отправитель|від|van|från|fra|od|lähettäjä|kimden|gönderen|expéditeur|mittente|remetente|feladó|发件人|寄件者|寄件人|差出人|送信者|보낸 ?사람|发自';
const SENT =
  'sent|date|gesendet|datum|envoyé(?: le)?|enviado(?: el| em)?|enviada(?: em)?|fecha|inviato|data|отправлено|дата|отправлен|' +
  'надіслано|відправлено|verzonden|skickat|sendt|sendt den|dato|wysłano|wysłane|lähetetty|päivämäärä|päiväys|gönderildi|gönderilen|gönderme tarihi|tarih|odesláno|' +
  '发送时间|發送時間|日期|寄件日期|送信日時|日時|보낸 ?날짜';
const TO =
  'to|an|à|pour|a|para|кому|получатель|aan|till|til|do|vastaanottaja|kime|komu|destinataire|destinatario|收件人|宛先|받는 ?사람';
const SUBJECT =
  'subject|betreff|objet|asunto|oggetto|assunto|тема|onderwerp|ämne|emne|temat|aihe|konu|předmět|主题|主旨|主題|件名|제목';
const OTHER =
  'cc|kopie|copie|копия|копія|dw|bcc|reply-to|antwort an|importance|priority|wichtigkeit|важность|抄送|副本|ответить|kopia|kopi';

const label = (words: string) => new RegExp(`^[\\s*_>]{0,6}(?:${words})\\*?\\s?[:：]\\*?(?:\\s|$|\\S)`, 'iu');

/** The lines of the header block that Outlook and others put above a quote. */
export const HEADER_LABELS = {
  from: label(FROM),
  sent: label(SENT),
  to: label(TO),
  subject: label(SUBJECT),
  other: label(OTHER),
};

/** What stands above a forwarded mail. */
export const FORWARD_MARK = new RegExp(
  '^[\\s*]*(?:[-_=]{2,}\\s*)?(?:(?:begin )?forwarded (?:message|email|by)|(?:anfang der )?weitergeleitete[n]? (?:nachricht|e-?mail)|' +
    '(?:начало )?(?:пере(?:сылаемо|сланно|адресованно|направленно)(?:е|го)) (?:сообщени[ея]|письм[оа])|(?:початок )?(?:пересланого|переслане) (?:повідомлення|листа?)|' +
    '(?:début du )?message (?:transféré|réexpédié)|(?:inicio del )?mensaje reenviado|(?:inizio )?messaggio inoltrato|(?:início da )?mensagem (?:encaminhada|reencaminhada)|' +
    '(?:begin )?doorgestuurd bericht|(?:przesłana dalej|przekazana|początek przekazywanej) wiadomoś|wiadomość przekazana|vidarebefordrat (?:meddelande|brev)|(?:videresendt|videresend) (?:meddelelse|melding|besked)|' +
    'välitetty viesti|(?:yönlendirilen|iletilmiş|iletilen) (?:ileti|mesaj)|přeposlaná zpráva|转发(?:的)?邮件|轉寄郵件|転送(?:された)?メッセージ|전달된 메(?:시지|일))',
  'iu',
);

export const FORWARD_SUBJECT =
  /^\s*(?:\[[^\]]{0,40}\]\s*)?(?:fwd?|wg|tr|rv|enc|i|пересл|переслано|fs|vb|vl|vs fwd|doorst|pd|ilt|转发|轉寄|転送)\s*[:：]/iu;

/** "Please type your reply above this line." */
export const REPLY_ABOVE =
  /^[\s#*=\-–—_]*(?:please |bitte |пожалуйста,? )?(?:(?:type|write|enter|add|reply)\b.{0,40}\babove this line|(?:reply|respond) above|antwort(?:en)? (?:sie )?(?:bitte )?oberhalb dieser|.{0,40}выше этой (?:линии|строки)|répondre au-dessus|responda acima|escriba .{0,30}encima de esta línea)/iu;

/** Lines that a phone or a program adds on its own. */
export const PROGRAM_SIGNATURE = new RegExp(
  '^[\\s*_<[({-]{0,4}(?:sent (?:from|using|via|with|on) (?:my |the |a )?\\S|get outlook for|downloaded from|yahoo mail(?:[:,]| for| -)|' +
    'отправлено (?:с |со |из |от |через )|отправлено мобильной|отправлено из|послано с|написано с|надіслано (?:з|із|від)|відправлено (?:з|із)|' +
    'von meine[mr] .{1,40}gesendet|gesendet (?:von|mit|aus|über|vom)|diese nachricht wurde von meinem|holen sie sich outlook|outlook für (?:ios|android)|' +
    'envoyé (?:de|depuis|à partir|avec|via)|obtenez outlook|télécharge[rz] outlook|enviado (?:desde|do|de|a partir|via|por|pelo|com)|obtener outlook|obter o? ?outlook|' +
    'inviato (?:da|dal|con|tramite)|ottieni outlook|verstuurd (?:vanaf|vanuit|met|via)|verzonden (?:vanaf|vanuit|met)|outlook voor|' +
    'skickat från|skickades från|sendt fra|sendt via|få outlook|hämta outlook|hent outlook|wysłan[eo] z|pobierz outlook|lähetetty |hanki outlook|' +
    'i?phone.{0,10}gönderildi|.{0,25}(?:dan|den|umdan) gönderildi|odesláno z|poslané z|trimis de pe|küldve |发自我的|發自我的|從我的 ?\\S+ ?傳送|從我的|发自|' +
    '\\S{1,12}から送信|나의 \\S+에서 보냄)',
  'iu',
);
/** The line that ends the text (RFC 3676, section 4.3), also as some clients spoil it. */
export const SIGNATURE_LINE = /^\s{0,3}(?:--\s{0,3}|—|––|\u2013)\s*$/u;
/** Rules that stand above signatures, quotes and footers and mean nothing by themselves. */
export const RULE_LINE = /^\s*[-_=*~─━—–]{3,}\s*$/u;
