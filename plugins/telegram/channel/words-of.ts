import type { TelegramMessage } from '../api/update.js';

/** What a message says in words; what is no text is put into words that everybody reads. */
export function wordsOf({ text, caption, sticker, contact, location }: TelegramMessage): string {
  if (contact)
    return [contact.first_name, `+${contact.phone_number.replace(/^\+/, '')}`].filter(Boolean).join(' ');
  if (location) {
    const at = `${location.latitude},${location.longitude}`;
    return `https://www.openstreetmap.org/?mlat=${location.latitude}&mlon=${location.longitude} (${at})`;
  }
  return text ?? caption ?? sticker?.emoji ?? '';
}
