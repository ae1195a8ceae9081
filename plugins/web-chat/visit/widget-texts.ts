/** Keys of what the window says by itself. */
const KEYS = [
  'open',
  'close',
  'news',
  'log',
  'message',
  'send',
  'name',
  'email',
  'emailWrong',
  'first',
  'you',
  'team',
  'sending',
  'waiting',
  'busy',
  'refused',
  'late',
  'lateNoMail',
  'mailHint',
  'mailKnown',
  'leaveMail',
  'save',
  'saved',
  'awaySent',
  'tooLong',
] as const;

/** The window brings no words of its own, so that it speaks as the desk does. */
export const widgetTexts = (t: (key: string) => string): Readonly<Record<string, string>> =>
  Object.fromEntries(KEYS.map((key) => [key, t(key)]));
