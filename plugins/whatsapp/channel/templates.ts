import type { ChannelTemplate } from '@helpdesk/core';
import { z } from 'zod';
import type { Part } from './parts-of.js';

// https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates

const Component = z.looseObject({
  type: z.string(),
  format: z.string().optional(),
  text: z.string().optional(),
  buttons: z.array(z.looseObject({ type: z.string(), url: z.string().optional() })).optional(),
});
export const Listed = z.object({
  name: z.string(),
  status: z.string(),
  language: z.string(),
  parameter_format: z.string().optional(),
  components: z.array(Component).default([]),
});
type Listed = z.infer<typeof Listed>;

/** A template with the names of its places, in the order of our {1}, {2}…; those of the header come first. */
export interface WhatsAppTemplate extends ChannelTemplate {
  readonly header: readonly string[];
  readonly body: readonly string[];
  readonly isNamed: boolean;
}

/** Buttons that need nothing from us. */
const SIMPLE = ['QUICK_REPLY', 'PHONE_NUMBER', 'URL', 'REQUEST_CONTACT_INFO'];

/** As the desk shows it; undefined when an agent cannot fill it with words alone: a picture above, a code below. */
export function readTemplate(listed: Listed): WhatsAppTemplate | undefined {
  const { name, status, language, components } = listed;
  const of = (type: string) => components.find((one) => one.type === type);
  const [head, body, foot] = [of('HEADER'), of('BODY'), of('FOOTER')];
  const buttons = of('BUTTONS')?.buttons ?? [];
  const isSimple = buttons.every(({ type, url = '' }) => SIMPLE.includes(type) && !url.includes('{{'));
  const hasOther = components.some(({ type }) => !['HEADER', 'BODY', 'FOOTER', 'BUTTONS'].includes(type));
  const hasPicture = head?.format !== undefined && head.format !== 'TEXT';
  if (status !== 'APPROVED' || !body?.text || !isSimple || hasOther || hasPicture) return undefined;
  const isNamed = listed.parameter_format === 'NAMED';
  const places = { header: placesIn(head?.text ?? '', isNamed), body: placesIn(body.text, isNamed) };
  const texts = [
    ...(head?.text ? [numbered(head.text, places.header, 0)] : []),
    numbered(body.text, places.body, places.header.length),
    ...(foot?.text ? [foot.text] : []),
  ];
  return {
    key: name,
    title: name.replaceAll('_', ' '),
    language,
    text: texts.join('\n\n'),
    values: places.header.length + places.body.length,
    ...places,
    isNamed,
  };
}

const PLACE = /\{\{\s*(\w+)\s*\}\}/g;

/** Numbers in their order, names as they come; one that stands twice takes one value. */
function placesIn(text: string, isNamed: boolean): string[] {
  const found = [...new Set([...text.matchAll(PLACE)].map(([, name = '']) => name))];
  return isNamed ? found : found.toSorted((a, b) => Number(a) - Number(b));
}

const numbered = (text: string, places: readonly string[], before: number): string =>
  text.replaceAll(PLACE, (_, name: string) => `{${before + places.indexOf(name) + 1}}`);

/** What is sent of it. Values stand on one line: WhatsApp refuses others. */
export function templatePart(
  { key, language, header, body, isNamed }: WhatsAppTemplate,
  values: readonly string[],
): Part {
  const parameters = (names: readonly string[], from: number) =>
    names.map((name, i) => ({
      type: 'text',
      ...(isNamed ? { parameter_name: name } : {}),
      text: (values[from + i] ?? '').replaceAll(/\s+/g, ' ').trim(),
    }));
  const components = [
    { type: 'header', parameters: parameters(header, 0) },
    { type: 'body', parameters: parameters(body, header.length) },
  ].filter((component) => component.parameters.length > 0);
  return {
    type: 'template',
    template: {
      name: key,
      language: { code: language },
      ...(components.length > 0 ? { components } : {}),
    },
  };
}
