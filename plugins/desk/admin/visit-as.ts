import type { Server } from 'node:http';
import { addAgent, signIn, type HostApp } from '@helpdesk/core';
import request, { type Test } from 'supertest';

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** A signed-in browser, for tests. */
export interface Visitor {
  readonly agentId: number;
  get(path: string): Test;
  post(path: string, fields?: Fields): Test;
}

/**
 * Signs in with an account of a role, which is added when it is not the owner's.
 * @param lineIds the only lines that it sees; all when left out
 */
export async function visitAs(
  { app, server, owner }: { app: HostApp; server: Server; owner: { email: string; password: string } },
  role = 'owner',
  lineIds?: readonly number[],
): Promise<Visitor> {
  const name = lineIds ? `${role}-of-${lineIds.join('-')}` : role;
  const person =
    role === 'owner' ? owner : { email: `${name}@helpdesk.example`, password: 'correct horse battery' };
  if (role !== 'owner')
    await addAgent(app, {
      ...person,
      name: `Some ${role}`,
      role,
      ...(lineIds ? { sees: 'lines', lineIds: [...lineIds] } : {}),
      actor: { kind: 'system', id: 'test', door: 'test' },
    });
  const answer = await signIn(app, { ...person, ip: '127.0.0.1', device: 'test' });
  if (!answer.ok) throw new Error(answer.because);
  const cookie = `hd=${answer.token}`;
  return {
    agentId: answer.agent.id,
    get: (path) => request(server).get(path).set('Cookie', cookie).set('Accept', 'text/html'),
    post: (path, fields = {}) =>
      request(server)
        .post(path)
        .set('Cookie', cookie)
        .set('Accept', 'text/html')
        .set('Sec-Fetch-Site', 'same-origin')
        .type('form')
        .send(fields),
  };
}
