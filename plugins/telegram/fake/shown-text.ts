const TAGS = ['b', 'strong', 'i', 'em', 'u', 's', 'code', 'pre', 'a', 'blockquote'];
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };

/**
 * Words as a reader sees them. Telegram refuses tags that it does not know and such that are not closed.
 * https://core.telegram.org/bots/api#html-style @returns undefined when it would refuse
 */
export function shownText(text: string, isHtml: boolean): string | undefined {
  if (!isHtml) return text;
  const open: string[] = [];
  let isWrong = false;
  const bare = text.replaceAll(/<(\/?)([\w-]+)([^>]*)>/g, (_, slash: string, name: string, rest: string) => {
    if (!TAGS.includes(name) || (rest.trim() !== '' && name !== 'a')) isWrong = true;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) isWrong = true;
    return '';
  });
  if (isWrong || open.length > 0 || bare.includes('<')) return undefined;
  return bare.replaceAll(/&(lt|gt|amp|quot|#39);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}
