import Handlebars from 'handlebars';

/** HTML that a template prints as it is. Made by `safeHtml` alone. */
export type SafeHtml = Handlebars.SafeString;

/**
 * The one place that marks text as HTML. Everything else that a template prints is escaped,
 * so a hole in the pages can only be a call of this function: `grep safeHtml` lists them all.
 */
export function safeHtml(html: string): SafeHtml {
  return new Handlebars.SafeString(html);
}

/** Escape text for HTML, in an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return Handlebars.escapeExpression(text);
}
