import type { Event, HookKinds } from '../hooks/catalogue.js';

declare module '../hooks/catalogue.js' {
  interface HookCatalogue {
    'agent.added': Event<{ agentId: number; role: string }>;
    'agent.changed': Event<{ agentId: number; fields: readonly string[] }>;
    'agent.disabled': Event<{ agentId: number }>;
    'agent.enabled': Event<{ agentId: number }>;
    'agent.signedIn': Event<{ agentId: number }>;
    'agent.signedOut': Event<{ agentId: number }>;
    'agent.signInFailed': Event<{ agentId: number | null }>;
    'agent.passwordChanged': Event<{ agentId: number; by: 'self' | 'reset' | 'invite' | 'administrator' }>;
    'role.changed': Event<{ role: string }>;
    'team.created': Event<{ teamId: number }>;
    'team.changed': Event<{ teamId: number }>;
    'line.created': Event<{ lineId: number }>;
    'line.changed': Event<{ lineId: number }>;
  }
}

export const agentHooks = {
  'agent.added': 'event',
  'agent.changed': 'event',
  'agent.disabled': 'event',
  'agent.enabled': 'event',
  'agent.signedIn': 'event',
  'agent.signedOut': 'event',
  'agent.signInFailed': 'event',
  'agent.passwordChanged': 'event',
  'role.changed': 'event',
  'team.created': 'event',
  'team.changed': 'event',
  'line.created': 'event',
  'line.changed': 'event',
} as const satisfies HookKinds;
