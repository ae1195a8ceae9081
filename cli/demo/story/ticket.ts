import type { Agent } from './cast.js';
import {
  composeAttachment,
  composeFollowUp,
  composeReply,
  composeRequest,
  mentionsFile,
  mentionsPicture,
  toHtml,
} from './compose.js';
import type { Contact } from './contacts.js';
import type { IncomingEvent, NoteEvent, ReplyEvent, TicketEvent } from './events.js';
import { Facts } from './facts.js';
import { Random } from './random.js';
import { fill } from './template.js';
import { topics } from './topics.js';
import type { Topic } from './topics.js';
import type { Scenario, TopicKey } from './words/words.js';
import { afterWork } from './working-hours.js';
import type { World } from './world.js';
import { hourMs } from './zone.js';

/** Who asks what, and when. */
export interface Request {
  readonly index: number;
  readonly at: number;
  readonly contact: Contact;
  readonly topic: TopicKey;
  /** A sentence to add to the first message. */
  readonly extra?: string;
}

type Bare<T> = T extends unknown ? Omit<T, 'at' | 'ticket'> : never;

/** One ticket while it is told: its clock, its facts, who answers, which message came last. */
export class Ticket {
  readonly world: World;
  readonly request: Request;
  readonly key: string;
  readonly random: Random;
  readonly topic: Topic;
  readonly scenario: Scenario;
  readonly facts: Facts;
  now: number;
  agent: Agent;
  team: string;
  readonly #subject: string;
  readonly #line: string;
  #messages = 0;
  #lastMessage: string | undefined;
  #lastIncoming = '';

  constructor(world: World, request: Request) {
    const { index, at, contact, topic } = request;
    this.world = world;
    this.request = request;
    this.key = `ticket-${index}`;
    this.random = new Random(world.seed, index);
    this.topic = topics[topic];
    this.facts = new Facts(world, topic, contact, this.random, at);
    this.scenario = this.random.pick(world.topics[topic].scenarios);
    this.now = at;
    this.#line = this.random.chance(0.6) ? this.topic.line : 'general';
    this.team = this.#line === 'general' ? 'support' : this.topic.team;
    this.#subject = this.#composeSubject();
    this.agent = this.agentOf(this.topic.team);
  }

  /** Let working time pass. */
  work(ms: number): void {
    this.now = afterWork(this.world.zone, this.now, ms, this.agent.key === 'quick');
  }

  /** Let time pass as customers spend it: they write in the evening, but seldom at night. */
  pass(ms: number): void {
    this.now += Math.floor(ms);
    const hour = new Date(this.world.zone.toLocal(this.now)).getUTCHours();
    if (hour < 7) this.now += (7 - hour) * hourMs + Math.floor(this.random.next() * 3 * hourMs);
  }

  /** Somebody of the team who is there now. */
  agentOf(team: string): Agent {
    const there = this.world.agents.filter(
      ({ teams, joinedAt, leftAt }) => teams.includes(team) && joinedAt <= this.now && this.now < leftAt,
    );
    return this.random.pick(there);
  }

  get lead(): Agent {
    return this.world.agents.find(({ role }) => role === 'supervisor') ?? this.agent;
  }

  say(template: string): string {
    return fill(template, this.facts, this.random);
  }

  sayOne(templates: readonly string[]): string {
    return this.say(this.random.pick(templates));
  }

  ask(): IncomingEvent {
    const { contact, extra } = this.request;
    const body = [this.sayOne(this.scenario.asks), extra ? this.say(extra) : ''].filter(Boolean).join(' ');
    const text = composeRequest(this.#letter(), body, contact);
    const colleague = contact.organizations[0];
    const cc = colleague && this.random.chance(0.15) ? [`office@${colleague.domain}`] : [];
    return this.#incoming(text, this.#subject, { withFile: this.random.chance(this.topic.files), cc });
  }

  followUp(template: string): IncomingEvent {
    return this.#incoming(composeFollowUp(this.#letter(), this.say(template)), `Re: ${this.#subject}`, {});
  }

  automatic(auto: 'auto-reply' | 'bounce'): IncomingEvent {
    const { talk } = this.world;
    const isBounce = auto === 'bounce';
    const subject = isBounce
      ? talk.bounceSubject
      : talk.autoReplySubject.replace('{subject}', () => this.#subject);
    const text = isBounce ? talk.bounce : this.sayOne(talk.autoReplies);
    const event = this.#incoming(text, subject, { auto });
    const domain = event.from.split('@')[1] ?? 'mail.example';
    return isBounce ? { ...event, from: `mailer-daemon@${domain}` } : event;
  }

  reply(template: string, then: ReplyEvent['then'], apology = false): ReplyEvent {
    this.facts.letAgentSpeak(this.agent, this.now);
    const body = this.say(template.replace(/^@/, ''));
    const text = composeReply(this.#letter(), body, apology);
    const attachments =
      mentionsFile(body) && !body.includes('?')
        ? [composeAttachment(this.#letter(), this.world.talk.papers)]
        : [];
    const messageKey = this.#nextKey();
    this.#lastMessage = messageKey;
    const inReplyTo = this.#lastIncoming;
    return {
      ...this.#base('reply'),
      agent: this.agent.key,
      text,
      messageKey,
      inReplyTo,
      ...(attachments.length ? { attachments } : {}),
      // Never callable, so an await takes no notice of it.
      // oxlint-disable-next-line unicorn/no-thenable
      then,
    };
  }

  note(template: string, mentions: readonly string[] = []): NoteEvent {
    return { ...this.#base('note'), agent: this.agent.key, text: this.say(template), mentions };
  }

  assign(by: string): TicketEvent {
    return { ...this.#base('assign'), agent: this.agent.key, by };
  }

  /** Whatever needs nothing but its own fields. */
  event<T extends Bare<TicketEvent>>(event: T): T & { at: Date; ticket: string } {
    return { ...event, at: new Date(this.now), ticket: this.key };
  }

  #base<Kind extends string>(kind: Kind): { kind: Kind; at: Date; ticket: string } {
    return { kind, at: new Date(this.now), ticket: this.key };
  }

  #letter() {
    return { talk: this.world.talk, facts: this.facts, random: this.random };
  }

  #nextKey(): string {
    this.#messages += 1;
    return `${this.key}-${this.#messages}`;
  }

  #incoming(
    text: string,
    subject: string,
    {
      withFile = mentionsFile(text),
      cc = [],
      auto,
    }: { withFile?: boolean; cc?: string[]; auto?: 'auto-reply' | 'bounce' },
  ): IncomingEvent {
    const { contact } = this.request;
    const { random, world } = this;
    const file =
      contact.organizations.length && !mentionsPicture(text) ? world.talk.papers : world.talk.images;
    const inReplyTo = this.#lastMessage;
    const messageKey = this.#nextKey();
    this.#lastMessage = messageKey;
    if (!auto) this.#lastIncoming = messageKey;
    return {
      ...this.#base('incoming'),
      contact: contact.key,
      from: random.chance(0.9) ? contact.emails[0] : random.pick(contact.emails),
      line: this.#line,
      subject,
      text,
      ...(random.chance(0.35) && !auto ? { html: toHtml(text) } : {}),
      ...((withFile || mentionsFile(text)) && !auto
        ? { attachments: [composeAttachment(this.#letter(), file)] }
        : {}),
      ...(cc.length ? { cc } : {}),
      messageKey,
      ...(inReplyTo ? { inReplyTo } : {}),
      ...(auto ? { auto } : {}),
    };
  }

  #composeSubject(): string {
    const { talk } = this.world;
    const { random } = this;
    if (random.chance(0.01)) return talk.noSubject;
    const subject = this.sayOne(this.scenario.subjects);
    if (this.topic.priority === 'high' && random.chance(0.08))
      return random.pick(talk.urgentPrefixes) + subject;
    return random.chance(0.05) ? subject.slice(0, 1).toLowerCase() + subject.slice(1) : subject;
  }
}
