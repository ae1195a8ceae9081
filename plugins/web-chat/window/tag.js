// What the script tag says.
const script = document.currentScript;
export const { chat: key, lang, user, sign, theme } = script?.dataset ?? {};
export const door = key && new URL(`../inbound/web-chat/${key}`, script.src).href;

const asked = (lang || document.documentElement.lang || '').slice(0, 2).toLowerCase();

export const language = asked === 'ru' || asked === 'en' ? asked : undefined;
