import type { Route } from '@helpdesk/core';
import { signInVisitor } from '@helpdesk/core/testing';
import { askPortal, plainly, type Answer } from './ask-portal.js';
import { idsOf, isGuarded, openOf, samples, type Guarded, type Sample } from './samples.js';
import { articleMarks } from './keep-articles.js';
import type { Customer, World } from './two-customers.js';

export const everybody = ['anna', 'colin', 'dora', 'boris'] as const;
export type Name = (typeof everybody)[number];
export type Who = Name | 'nobody';

/** Whose words somebody may read: their own, and a director those of the company. */
const readable: Readonly<Record<Who, readonly Name[]>> = {
  anna: ['anna'],
  colin: ['colin'],
  dora: ['anna', 'colin', 'dora'],
  boris: ['boris'],
  nobody: [],
};

/** What stands in an answer and is not for whom it was given to. */
export function leaksIn(world: World, who: Who, { body, location }: Answer): string[] {
  const others = everybody
    .filter((name) => !readable[who].includes(name))
    .flatMap((name) => world[name].marks);
  const privately = who === 'colin' ? [] : [world.colin.privateMark];
  const articles = who === 'nobody' ? articleMarks.visitors : [];
  return [...others, ...privately, ...articles, ...world.secrets].filter(
    (mark) => body.includes(mark) || location.includes(mark),
  );
}

export const routesOf = ({ desk }: World): Route[] =>
  desk.app.routes().filter(({ surface }) => surface === 'portal');

export const paramsOf = ({ path }: Route): string[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
export const sampleOf = ({ path }: Route): Sample => samples[path] ?? {};

const thingOf = (route: Route, name: string) => sampleOf(route).params?.[name] ?? 'public';

/** What the route's address names that not everybody may read. */
export const thingIn = (route: Route): Guarded | undefined =>
  paramsOf(route)
    .map((name) => thingOf(route, name))
    .find(isGuarded);

/** The route's address, with `value` where it names such a thing. */
export function addressOf(route: Route, value = ''): string {
  return paramsOf(route).reduce((path, name) => {
    const thing = thingOf(route, name);
    return path.replace(`:${name}`, isGuarded(thing) ? value : openOf[thing]);
  }, route.path);
}

/** Asks for a route as somebody would who is signed in now; a form is filled in with ids of `of`. */
export async function crawl(
  world: World,
  route: Route,
  { who, value = '', of, query = '' }: { who: Who; value?: string; of: Customer; query?: string },
): Promise<Answer> {
  const { method, how } = route;
  const cookie = who === 'nobody' ? undefined : await signInVisitor(world.desk, world[who].contactId);
  return askPortal(world, {
    method,
    path: addressOf(route, value) + query,
    ...(cookie ? { cookie } : {}),
    ...(method === 'POST' ? { fields: await fieldsOf(world, route, of) } : {}),
    ...(method === 'POST' && how?.files && who !== 'nobody'
      ? { file: { name: 'note.txt', content: 'typed' } }
      : {}),
  });
}

/** What the route's form sends. */
export async function fieldsOf(world: World, route: Route, of: Customer): Promise<Record<string, string>> {
  return { ...sampleOf(route).fields?.(await idsOf(world, of)) };
}

/** Whether two answers are the same but for the ids that were asked for. */
export const areAlike = (one: [Answer, string], other: [Answer, string]): boolean =>
  plainly(...one) === plainly(...other);
