import { expect, it } from 'vitest';
import {
  fillPlaceholders,
  PLACEHOLDERS,
  unknownPlaceholders,
  type Placeholder,
} from './fill-placeholders.js';

const none = Object.fromEntries(PLACEHOLDERS.map((name) => [name, ''])) as Record<Placeholder, string>;

it('puts texts in once, and looks into none of them', () => {
  const values = { ...none, 'customer.name': '{{agent.name}}', 'agent.name': 'Anna' };
  expect(fillPlaceholders('{{customer.name}}, {{ agent.name }}', values)).toBe('{{agent.name}}, Anna');
});

it('takes the comma in front of what is empty along', () => {
  expect(fillPlaceholders('Hello, {{customer.name}}!', none)).toBe('Hello!');
  expect(fillPlaceholders('Hello, {{customer.name}}!', { ...none, 'customer.name': 'Carla' })).toBe(
    'Hello, Carla!',
  );
  expect(fillPlaceholders('No. {{ticket.number}}', none)).toBe('No. ');
});

it.each([
  '{{constructor.name}}',
  '{{__proto__.x}}',
  '{{customer.password}}',
  '{{#if a}}',
  '{{x',
  '{{ }}',
  '{{a.b.c}}',
])('knows no %s', (template) => {
  expect(unknownPlaceholders(`Hello ${template}`)).toHaveLength(1);
  expect(fillPlaceholders(`Hello ${template}`, none)).not.toMatch(/function|Object/);
});

it('knows those of its list, each named once', () => {
  expect(unknownPlaceholders(PLACEHOLDERS.map((name) => `{{ ${name} }}`).join(' '))).toEqual([]);
  expect(unknownPlaceholders('{{a.b}} {{a.b}} {{c.d}}')).toEqual(['{{a.b}}', '{{c.d}}']);
});
