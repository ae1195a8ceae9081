/** Markup that the content security policy of the desk would block, with its line. */
export function listMarkupProblems(source: string): MarkupProblem[] {
  // Comments and mustaches hold no markup; blanked so that lines and columns stay.
  const markup = source.replace(/\{\{!--[\s\S]*?--\}\}|\{\{[\s\S]*?\}\}/g, (text) =>
    text.replace(/[^\n]/g, ' '),
  );
  return RULES.flatMap(({ pattern, message }) =>
    [...markup.matchAll(pattern)].map((match) => ({
      code: 'INLINE_CODE' as const,
      line: markup.slice(0, match.index).split('\n').length,
      message,
    })),
  );
}

export interface MarkupProblem {
  readonly code: 'INLINE_CODE';
  readonly line: number;
  readonly message: string;
}

const RULES = [
  { pattern: /<style[\s>]/gi, message: 'A <style> element is blocked; write a stylesheet' },
  { pattern: /<[a-z][^<>]*\sstyle\s*=/gi, message: 'A style attribute is blocked; use a class' },
  { pattern: /<[a-z][^<>]*\son[a-z]+\s*=/gi, message: 'An on… attribute is blocked; write a script file' },
  {
    pattern: /<script(?![^>]*\ssrc\s*=)(?![^>]*type="application\/json")[^>]*>/gi,
    message: 'An inline script is blocked; write a script file',
  },
  { pattern: /(?:href|src|action)\s*=\s*"?\s*javascript:/gi, message: 'A javascript: link is blocked' },
];
