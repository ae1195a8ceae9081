const ONE_CLICK = 'List-Unsubscribe=One-Click';

/** What a notice may say in its headers, and in which form: nothing that begins another line or another header. */
const allowed: Readonly<Record<string, (value: string) => boolean>> = {
  'list-unsubscribe': (value) => /^<(https?|mailto):[!-;=?-~]{1,900}>$/.test(value),
  'list-unsubscribe-post': (value) => value === ONE_CLICK,
};

/** @throws Error what no notice may carry; whoever wrote the mail has to mend it */
export function checkNoticeHeaders(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) {
    const isRight = Object.hasOwn(allowed, name.toLowerCase()) ? allowed[name.toLowerCase()] : undefined;
    if (!isRight) throw new Error(`the header ${JSON.stringify(name)} may not be set on a notice`);
    if (!isRight(value)) throw new Error(`the header ${JSON.stringify(name)} has a value that is none of it`);
  }
  return { ...headers };
}
