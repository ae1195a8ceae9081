import markdownIt from 'markdown-it';

/** How one messenger writes what Markdown says. Everything that is not named is written as it stands. */
export interface ChatMarks {
  /** Makes text safe for it. */
  escape(text: string): string;
  readonly strong: readonly [string, string];
  readonly em: readonly [string, string];
  readonly strike: readonly [string, string];
  readonly code: readonly [string, string];
  readonly block: readonly [string, string];
  /** Without it a link is its words and its address in brackets. */
  link?(words: string, href: string): string;
}

const plain = ['', ''] as const;
/** No marks at all. */
export const plainMarks: ChatMarks = {
  escape: (text) => text,
  strong: plain,
  em: plain,
  strike: plain,
  code: plain,
  block: plain,
};

const markdown = markdownIt({ html: false, linkify: false, breaks: true });
type Token = ReturnType<typeof markdown.parse>[number];

/** What an agent wrote in Markdown, in the marks of a messenger: lists as lines with dots, headings as strong lines. */
export function renderChatText(text: string, marks: ChatMarks): string {
  const lists: { ordered: boolean; n: number }[] = [];
  let out = '';
  for (const token of markdown.parse(text, {})) out += block(token);
  return out.replaceAll(/\n{3,}/g, '\n\n').trim();

  function block(token: Token): string {
    switch (token.type) {
      case 'inline':
        return inline(token.children ?? [], marks);
      case 'heading_open':
        return marks.strong[0];
      case 'heading_close':
        return `${marks.strong[1]}\n\n`;
      case 'bullet_list_open':
      case 'ordered_list_open':
        lists.push({ ordered: token.type === 'ordered_list_open', n: Number(token.attrGet('start') ?? 1) });
        return '';
      case 'bullet_list_close':
      case 'ordered_list_close':
        lists.pop();
        return lists.length === 0 ? '\n' : '';
      case 'list_item_open':
        return `${'  '.repeat(Math.max(0, lists.length - 1))}${bullet()}`;
      case 'paragraph_close':
        return lists.length > 0 ? '\n' : '\n\n';
      case 'fence':
      case 'code_block':
        return `${marks.block[0]}${marks.escape(token.content.trimEnd())}${marks.block[1]}\n\n`;
      case 'hr':
        return '———\n\n';
      default:
        return '';
    }
  }

  function bullet(): string {
    const list = lists.at(-1);
    if (!list?.ordered) return '• ';
    list.n += 1;
    return `${list.n - 1}. `;
  }
}

const pairs = { strong: 'strong', em: 'em', s: 'strike' } as const;

function inline(tokens: readonly Token[], marks: ChatMarks): string {
  let out = '';
  const links: { href: string; from: number }[] = [];
  for (const token of tokens) {
    const [, name = '', side] = /^(strong|em|s)_(open|close)$/.exec(token.type) ?? [];
    if (side) out += marks[pairs[name as keyof typeof pairs]][side === 'open' ? 0 : 1];
    else if (token.type === 'text') out += marks.escape(token.content);
    else if (token.type === 'code_inline') out += marks.code[0] + marks.escape(token.content) + marks.code[1];
    else if (token.type === 'softbreak' || token.type === 'hardbreak') out += '\n';
    else if (token.type === 'link_open')
      links.push({ href: String(token.attrGet('href') ?? ''), from: out.length });
    else if (token.type === 'link_close') out = closeLink(out, links.pop(), marks);
    else if (token.type === 'image') out += marks.escape(token.content || String(token.attrGet('src') ?? ''));
  }
  return out;
}

function closeLink(out: string, link: { href: string; from: number } | undefined, marks: ChatMarks): string {
  if (!link) return out;
  const words = out.slice(link.from);
  const before = out.slice(0, link.from);
  if (marks.link) return before + marks.link(words, link.href);
  return words === marks.escape(link.href) ? out : `${out} (${marks.escape(link.href)})`;
}
