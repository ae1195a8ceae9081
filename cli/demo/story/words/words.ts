/**
 * One way a request of a topic goes: `steps` alternate agent, customer, agent … and end with an agent.
 * A step that begins with `@` tells of a visit that has taken place.
 */
export interface Scenario {
  readonly subjects: readonly string[];
  readonly asks: readonly string[];
  readonly steps: readonly (readonly string[])[];
}

export interface TopicWords {
  readonly scenarios: readonly Scenario[];
}

export const topicKeys = [
  'delivery',
  'order-change',
  'choosing',
  'boiler-error',
  'no-heat',
  'thermostat',
  'firmware',
  'installation',
  'warranty',
  'return',
  'complaint',
  'documents',
  'quote',
  'parts',
  'payment',
] as const;

export type TopicKey = (typeof topicKeys)[number];
export type Topics = Readonly<Record<TopicKey, TopicWords>>;

/** Texts that fit any topic. Templates: see `template.ts`. */
export interface SmallTalk {
  readonly greetings: readonly string[];
  readonly agentGreetings: readonly string[];
  readonly closings: readonly string[];
  readonly privateSignatures: readonly string[];
  readonly businessSignatures: readonly string[];
  readonly agentSignatures: readonly string[];
  readonly nudges: readonly string[];
  readonly angryNudges: readonly string[];
  readonly apologies: readonly string[];
  readonly thanks: readonly string[];
  readonly again: readonly string[];
  readonly againAnswers: readonly string[];
  readonly againDone: readonly string[];
  readonly reopenNotes: readonly string[];
  readonly notes: readonly string[];
  readonly transferNotes: readonly string[];
  readonly escalationNotes: readonly string[];
  readonly waitNotes: readonly string[];
  readonly urgentPrefixes: readonly string[];
  readonly noSubject: string;
  readonly autoReplies: readonly string[];
  readonly autoReplySubject: string;
  readonly bounce: string;
  readonly bounceSubject: string;
  readonly spam: readonly { subject: string; text: string; sender: string; from: string }[];
  readonly rare: string;
  readonly images: readonly string[];
  readonly papers: readonly string[];
}
