import { jsonOrNone } from '@helpdesk/core';

/**
 * JSON in which the numbers of messages stay as they are: they have 19 digits, more than a number of JavaScript holds, so
 * they become text. A quote inside a text is escaped, so no words are taken for a number. @returns undefined for what is no JSON
 */
export function parseExact(text: string): unknown {
  return jsonOrNone(text.replaceAll(/"message_token"\s*:\s*(\d+)/g, '"message_token":"$1"'));
}
