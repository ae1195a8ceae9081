import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { analyseTemplate, type SlotUse } from '../../core/views/analyse-template.js';
import { listTemplates } from '../../core/views/find-templates.js';
import { cell, page } from './page.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where each slot is seen. A slot without words here, or words without a slot, stops the page. */
const SEEN: Readonly<Record<string, string>> = {
  'admin.nav': 'last in the sections of the settings',
  'composer.tools': 'below the text of an answer, beside "attach"',
  'contact.sidebar': 'the side column of a contact',
  'inbox.bulk': 'the actions on the rows that are chosen',
  'inbox.filters': 'behind the filters of a list',
  'nav.main': 'last in the sidebar',
  'organization.sidebar': 'the side column of an organization',
  'portal.home': "below a customer's requests on the portal's start page; also before signing in",
  'portal.request': "one request on the customer's page of it",
  'portal.request.fields': 'the form of a new request of the portal',
  popup: 'at the end of every page of the desk',
  'ticket.props': 'below the properties of a ticket',
  'ticket.sidebar': 'the side column of a ticket',
  'user.menu': 'the menu of the one who is signed in, above "sign out"',
};

export interface SlotInView extends SlotUse {
  /** The template that offers it: `desk/ticket`, `layout/agent`. */
  readonly template: string;
}

/** The slots of the shipped theme and plugins, read from their templates, by name. */
export function slotsInViews(): SlotInView[] {
  const plugins = readdirSync(join(root, 'plugins'));
  const folders = [
    { dir: 'themes/default/partials', prefix: '' },
    { dir: 'core/views/pages', prefix: 'core/' },
    ...plugins.map((id) => ({ dir: `plugins/${id}/views`, prefix: `${id}/` })),
  ];
  return folders
    .flatMap(({ dir, prefix }) =>
      listTemplates(join(root, dir)).flatMap((name) => {
        const file = join(root, dir, `${name}.hbs`);
        const template = prefix + name.replace(/^partials\//, '');
        return analyseTemplate(readFileSync(file, 'utf8'), file).slots.map((slot) => ({ ...slot, template }));
      }),
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The names that compile in `panel(name, …)` with what their `load` is given, as core and the contracts of plugins declare them. */
export function panelPlaces(): ReadonlyMap<string, readonly string[]> {
  const plugins = readdirSync(join(root, 'plugins')).map((id) => `plugins/${id}/contract.ts`);
  const files = ['core/plugins/toolbox.ts', ...plugins].map((file) => join(root, file)).filter(existsSync);
  const places = files.flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    const [, body = ''] = /interface PanelPlaces \{\n([\s\S]*?)\n *\}/.exec(source) ?? [];
    return [...body.matchAll(/^ +'?([\w.]+)'?: (.*);$/gm)];
  });
  return new Map(
    places.map(([, name = '', shape = '']) => [
      name,
      [...shape.matchAll(/(\w+):/g)].map(([, field = '']) => field),
    ]),
  );
}

export function slotsPage(): string {
  const slots = slotsInViews();
  const places = panelPlaces();
  checkWords(slots);
  const rows = slots.map(({ name, args, template, wrap }) => {
    const fields = args.map((arg) => `\`${arg.name}\``).join(' ');
    return `| \`${name}\` | ${fields} | ${cell(SEEN[name] ?? '')} | \`${template}\` | ${wrap ? `\`${wrap}\`` : ''} |`;
  });
  const offered = new Set(slots.map(({ name }) => name));
  const untyped = [...offered].filter((name) => !places.has(name));
  const nowhere = [...places.keys()].filter((name) => !offered.has(name));
  return page(
    'Slots',
    'Places in the shipped pages for the panels of plugins: `panel(name, { title, view, load })`. `load` is given the parameters, `app` and `viewer`. What a wrap is and how a plugin offers a slot of its own: [Pages and views](../build/pages-and-views.md).',
    [
      '| slot | parameters | where it is seen | template | wrapped in |',
      '|---|---|---|---|---|',
      ...new Set(rows),
      ...note(
        'Not in `PanelPlaces` of core or of a contract, so a plugin that uses one merges its type there first',
        untyped,
      ),
      ...note('In `PanelPlaces` already, and in no page yet: a panel there is not shown', nowhere),
    ],
  );
}

const note = (words: string, names: readonly string[]) =>
  names.length > 0 ? ['', `${words}: ${names.map((name) => `\`${name}\``).join(', ')}.`] : [];

function checkWords(slots: readonly SlotInView[]): void {
  const names = new Set(slots.map(({ name }) => name));
  const wrong = [...names, ...Object.keys(SEEN)].filter((name) => !names.has(name) || !(name in SEEN));
  if (wrong.length > 0) throw new Error(`SEEN and the templates differ about ${wrong.join(', ')}`);
}
