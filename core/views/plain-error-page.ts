import { escapeHtml } from './safe-html.js';

interface PlainError {
  status: number;
  language: string;
  reference?: string;
  title?: string;
  text?: string;
  home?: string;
}

/** An error page that needs no theme, no texts and no template: what is left when those are what failed. */
export function printPlainErrorPage({
  status,
  language,
  reference,
  title,
  text,
  home = '/',
}: PlainError): string {
  const russian = language.startsWith('ru');
  const words = russian ? RUSSIAN : ENGLISH;
  const heading = escapeHtml(
    title ?? (status === 404 ? words.missing : status >= 500 ? words.fault : words.refused),
  );
  const code = reference === undefined ? '' : `<p>${words.code}: <code>${escapeHtml(reference)}</code></p>`;
  return `<!doctype html>
<html lang="${russian ? 'ru' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${heading}</title></head>
<body><main><h1>${heading}</h1>${text === undefined ? '' : `<p>${escapeHtml(text)}</p>`}${code}<p><a href="${escapeHtml(home)}">${words.back}</a></p></main></body>
</html>
`;
}

const ENGLISH = {
  missing: 'No such page',
  fault: 'Something failed on our side',
  refused: 'This did not work',
  code: 'Error code',
  back: 'To the home page',
};

const RUSSIAN = {
  missing: 'Такой страницы нет',
  fault: 'Ошибка на нашей стороне',
  refused: 'Не получилось',
  code: 'Код ошибки',
  back: 'На главную',
};
