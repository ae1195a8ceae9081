import {
  channelSource,
  indexSource,
  readSource,
  sendSource,
  setupSource,
  webhookSource,
} from './channel-sources.js';
import { driverSource, fakeSource, kitSource } from './channel-tests.js';

/** The files of a new channel by path: an account, calls in, answers out, its provider as a stand-in, and the kit on it. */
export function channelFiles({
  name,
  core,
}: {
  name: string;
  core: string;
}): Readonly<Record<string, string>> {
  const camel = name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const names = { name, camel, pascal: camel.charAt(0).toUpperCase() + camel.slice(1) };
  return {
    'package.json': json({
      name: `@helpdesk/plugin-${name}`,
      version: '1.0.0',
      description: `${names.pascal} as a channel`,
      license: 'MIT',
      type: 'module',
      engines: { node: '>=20.19' },
      exports: {
        '.': { '@helpdesk/source': './index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
        './package.json': './package.json',
      },
      files: ['dist', 'locales'],
      dependencies: { zod: '^4.6.7' },
      peerDependencies: { '@helpdesk/core': core },
    }),
    'tsconfig.json': json({
      extends: '../../tsconfig.base.json',
      compilerOptions: { rootDir: '.', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' },
      include: ['**/*.ts'],
      exclude: ['dist', '**/*.test.ts'],
      references: [{ path: '../../core' }],
    }),
    'index.ts': indexSource(names),
    'channel.ts': channelSource(names),
    'setup.ts': setupSource(names),
    'webhook.ts': webhookSource(names),
    'read-message.ts': readSource(names),
    'send-message.ts': sendSource(),
    'fake/start-fake.ts': fakeSource(names),
    'fake/drive.ts': driverSource(names),
    'index.test.ts': kitSource(names),
    'locales/en.json': words(names, {
      channel: names.pascal,
      intro: 'Paste the token of your account and the secret of its webhook.',
      token: 'Token',
      secret: 'Secret of the webhook',
      wrong: 'The token is not known there.',
      unreachable: 'The provider does not answer. Try again in a minute.',
      after: 'Let the provider call {{url}}.',
    }),
    'locales/ru.json': words(names, {
      channel: names.pascal,
      intro: 'Вставьте токен аккаунта и секрет его вебхука.',
      token: 'Токен',
      secret: 'Секрет вебхука',
      wrong: 'Такого токена там не знают.',
      unreachable: 'Провайдер не отвечает. Повторите через минуту.',
      after: 'Укажите провайдеру адрес {{url}}.',
    }),
    'README.md': readme(names),
  };
}

export interface ChannelNames {
  readonly name: string;
  readonly camel: string;
  readonly pascal: string;
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const words = ({ name }: ChannelNames, texts: Readonly<Record<string, string>>) =>
  json(Object.fromEntries(Object.entries(texts).map(([key, text]) => [`${name}.${key}`, text])));

const readme = ({ name, camel }: ChannelNames) => `# ${name}

A channel for an invented provider. Make it yours from the provider's documentation, file by file:

- \`fake/start-fake.ts\`: the provider's side, as its documentation describes it. It checks what it is sent.
- \`webhook.ts\`: how a call proves that it is the provider's, and under which name and number a message is kept
- \`read-message.ts\`: what a message says; \`send-message.ts\`: how an answer leaves, and what its errors mean
- \`channel.ts\`: what the channel can carry; \`setup.ts\`: what an administrator pastes, and how it is checked
- \`index.test.ts\`: the kit, which tries all of it; run it with \`npx vitest run plugins/${name}\`

\`\`\`ts
// helpdesk.config.ts
import { ${camel} } from '@helpdesk/plugin-${name}';

export default defineConfig({ plugins: [desk(), email(), ${camel}()] });
\`\`\`
`;
