/** The files of a new plugin by path: a permission, a page, a panel, an event tap, words, and a test of all of it. */
export function pluginFiles({
  name,
  core,
}: {
  name: string;
  core: string;
}): Readonly<Record<string, string>> {
  const camel = name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const names = { name, camel, core };
  return {
    'package.json': manifest(names),
    'tsconfig.json': settings,
    'index.ts': source(names),
    'index.test.ts': test(names),
    'views/page.hbs': page(names),
    'views/panel.hbs': panel(names),
    'locales/en.json': words(names, {
      title: 'Counter',
      read: 'See the counter',
      count: 'Tickets opened since the start:',
    }),
    'locales/ru.json': words(names, {
      title: 'Счётчик',
      read: 'Видеть счётчик',
      count: 'Обращений с момента запуска:',
    }),
    'README.md': readme(names),
  };
}

interface Names {
  readonly name: string;
  readonly camel: string;
  readonly core: string;
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const manifest = ({ name, core }: Names) =>
  json({
    name: `@helpdesk/plugin-${name}`,
    version: '1.0.0',
    description: 'Counts the tickets that were opened',
    license: 'MIT',
    type: 'module',
    engines: { node: '>=20.19' },
    exports: {
      '.': { '@helpdesk/source': './index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    files: ['dist', 'views', 'locales'],
    peerDependencies: { '@helpdesk/core': core },
  });

const settings = json({
  extends: '../../tsconfig.base.json',
  compilerOptions: { rootDir: '.', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' },
  include: ['**/*.ts'],
  exclude: ['dist', '**/*.test.ts'],
  references: [{ path: '../../core' }],
});

const source = ({ name, camel }: Names) => `import { definePlugin } from '@helpdesk/core';

/** Counts the tickets that were opened since the desk was started. */
export const ${camel} = definePlugin(import.meta, {
  permissions: { '${name}.read': '${name}.read' },
  register({ on, desk, panel, nav }) {
    let opened = 0;
    on('ticket.opened', () => {
      opened += 1;
    });
    nav({
      place: 'main',
      key: '${name}',
      label: '${name}.title',
      icon: 'chart',
      href: '/desk/${name}',
      permission: '${name}.read',
    });
    desk.get('/', { permission: '${name}.read' }, (ctx) => ctx.render('${name}/page', { opened }));
    panel('ticket.sidebar', {
      title: '${name}.title',
      permission: '${name}.read',
      view: '${name}/panel',
      load: () => ({ opened }),
    });
  },
});
`;

const page = ({ name }: Names) => `{{#> layout/agent title=(t "${name}.title")}}
<h1>{{t "${name}.title"}}</h1>
<p>{{t "${name}.count"}} {{opened}}</p>
{{/layout/agent}}
`;

const panel = ({ name }: Names) => `<p>{{t "${name}.count"}} {{opened}}</p>
`;

const words = ({ name }: Names, { title, read, count }: { title: string; read: string; count: string }) =>
  json({ [`${name}.title`]: title, [`${name}.read`]: read, [`${name}.count`]: count });

const test = ({ name, camel }: Names) => `import { afterEach, beforeEach, expect, it } from 'vitest';
import { createContact, openTicket, signIn } from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { ${camel} } from './index.js';

let desk: TestDesk;
beforeEach(async () => {
  desk = await startTestDesk({ config: { plugins: [${camel}({}, { enabled: true })] } });
});
afterEach(() => desk.close());

async function open(path: string): Promise<Response> {
  const { email, password } = desk.owner;
  const session = await signIn(desk.app, { email, password, ip: '127.0.0.1', device: 'test' });
  if (!session.ok) throw new Error(session.because);
  return fetch(desk.url + path, { headers: { cookie: \`hd=\${session.token}\` } });
}

it('counts the tickets that are opened', async () => {
  const actor = { kind: 'agent', id: desk.owner.id } as const;
  const contactId = await createContact(desk.app, { name: 'Ann', identities: [], actor });
  await openTicket(desk.app, {
    contactId,
    lineId: 1,
    subject: 'The boiler is cold',
    text: 'Help!',
    agentId: desk.owner.id,
    first: { kind: 'heard', channel: 'phone' },
    actor,
  });
  await desk.drain();

  const page = await open('/desk/${name}');
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('since the start: 1');
});

it('asks strangers to sign in', async () => {
  const page = await fetch(\`\${desk.url}/desk/${name}\`, { redirect: 'manual' });
  expect(page.status).toBe(303);
});
`;

const readme = ({ name, camel }: Names) => `# ${name}

Counts the tickets that were opened. Replace it with what you need.

\`\`\`ts
// helpdesk.config.ts
import { ${camel} } from '@helpdesk/plugin-${name}';

export default defineConfig({ plugins: [desk(), email(), ${camel}()] });
\`\`\`

- \`index.ts\`: what the plugin adds: a permission, a page, a panel beside each ticket, a tap of an event
- \`views/\`: the page and the panel; \`locales/\`: its words
- \`index.test.ts\`: a whole desk with this plugin; run it with \`npx vitest run plugins/${name}\`
`;
