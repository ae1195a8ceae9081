import type { Said } from '../api/payload.js';

/** What a message says in words; what is no text is put into words that everybody reads. */
export function wordsOf(said: Said): string {
  const { text, button, interactive, system, location, contacts, order } = said;
  if (text) return text.body;
  if (button) return button.text;
  if (interactive) return pressed(interactive.button_reply ?? interactive.list_reply);
  if (location) return lines(location.name, location.address, mapOf(location));
  if (contacts)
    return lines(
      ...contacts.map(({ name, phones, emails }) =>
        [name?.formatted_name, ...phones.map(({ phone }) => phone), ...emails.map(({ email }) => email)]
          .filter(Boolean)
          .join(' '),
      ),
    );
  if (order)
    return lines(
      order.text,
      ...order.product_items.map(({ product_retailer_id: id, quantity }) => `${id} × ${quantity}`),
    );
  return system?.body ?? captionOf(said);
}

const captionOf = ({ image, video, document }: Said): string =>
  image?.caption ?? video?.caption ?? document?.caption ?? '';

const lines = (...given: readonly (string | undefined)[]): string => given.filter(Boolean).join('\n');

const mapOf = ({ latitude, longitude }: { latitude: number; longitude: number }) =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude} (${latitude},${longitude})`;

/** A label that was too long for its button goes along in full as the button's id. */
function pressed(reply: { id: string; title: string } | undefined): string {
  if (!reply) return '';
  const { id, title } = reply;
  return title.endsWith('…') && id.startsWith(title.slice(0, -1)) ? id : title;
}
