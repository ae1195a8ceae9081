import { AsyncSeriesBailHook, AsyncSeriesHook, AsyncSeriesWaterfallHook } from 'tapable';
import { errors } from '../errors/errors.js';
import { wordsOf } from '../errors/define-errors.js';
import type { Logger } from '../log/create-log.js';
import type {
  Actor,
  Answer,
  CollectName,
  EventName,
  FilterName,
  FilterPayload,
  Given,
  GuardName,
  HookKind,
  HookKinds,
  Refusal,
} from './catalogue.js';
import { newTapHealth, noteFault, type TapHealth } from './tap-health.js';

// The only file that touches tapable. Its hooks are untyped inside: the catalogue's types hold at the edges below.
type Tap = (payload: unknown) => unknown;
interface Asked {
  payload: unknown;
  answers: { plugin: string; answer: unknown }[];
}
type Series = AsyncSeriesHook<[unknown]>;
type Bail = AsyncSeriesBailHook<[unknown], { plugin: string; refusal: Refusal } | undefined>;
type Waterfall = AsyncSeriesWaterfallHook<[unknown]>;
type Collecting = AsyncSeriesHook<[Asked]>;

export interface BusOptions {
  kinds: HookKinds;
  log: Logger;
  now: () => number;
  /** How long a guard, filter or collect may take, in ms. */
  patienceMs?: number;
  /** How long until a tap is called slow in the log, in ms. */
  slowMs?: number;
  onQuarantine?: (health: TapHealth) => void;
}

export type Bus = ReturnType<typeof createBus>;

/** The hook bus of one composition: taps are timed, attributed and contained by the kind of their hook. */
export function createBus(options: BusOptions) {
  const { kinds, log, now, patienceMs = 5000, slowMs = 250 } = options;
  const hooks = new Map<string, Series | Bail | Waterfall | Collecting>();
  const healths: TapHealth[] = [];

  function hookOf(kind: HookKind, name: string) {
    const known = hooks.get(name);
    if (known) return known;
    const made =
      kind === 'guard'
        ? (new AsyncSeriesBailHook(['payload']) as Bail)
        : kind === 'filter'
          ? (new AsyncSeriesWaterfallHook(['payload']) as Waterfall)
          : (new AsyncSeriesHook(['payload']) as Series);
    hooks.set(name, made);
    return made;
  }

  /** Runs one tap; answers undefined in quarantine. Throws what the tap throws, after noting it. */
  async function run(health: TapHealth, fn: Tap, payload: unknown): Promise<unknown> {
    const begun = performance.now();
    health.runs += 1;
    try {
      return await withPatience(fn(payload), patienceMs);
    } catch (error) {
      if (noteFault(health, wordsOf(error), now())) {
        log.error({ plugin: health.plugin, hook: health.hook }, 'tap quarantined after repeated faults');
        options.onQuarantine?.(health);
      }
      log.warn({ plugin: health.plugin, hook: health.hook, err: error }, 'tap failed');
      throw error;
    } finally {
      const took = performance.now() - begun;
      health.totalMs += took;
      health.slowestMs = Math.max(health.slowestMs, took);
      if (took > slowMs)
        log.warn({ plugin: health.plugin, hook: health.hook, ms: Math.round(took) }, 'slow tap');
    }
  }

  function tap(kind: HookKind, name: string, plugin: string, fn: Tap): void {
    if (kinds[name] !== kind) throw errors.HOOK_UNKNOWN({ plugin, kind, hook: name });
    const health = newTapHealth(plugin, name);
    healths.push(health);
    const skipped = () => health.quarantinedAt !== null;
    const hook = hookOf(kind, name);
    if (kind === 'event')
      (hook as Series).tapPromise(plugin, async (payload) => {
        if (!skipped()) await run(health, fn, payload).catch(() => undefined);
      });
    else if (kind === 'collect')
      (hook as Collecting).tapPromise(plugin, async (asked) => {
        if (skipped()) return;
        const answers = await run(health, fn, asked.payload).catch(() => []);
        if (Array.isArray(answers)) for (const answer of answers) asked.answers.push({ plugin, answer });
      });
    else if (kind === 'guard')
      (hook as Bail).tapPromise(plugin, async (payload) => {
        if (skipped()) return undefined;
        const said = await run(health, fn, payload).catch((error: unknown) => {
          throw errors.HOOK_FAULT({ plugin, hook: name, because: wordsOf(error) });
        });
        return isRefusal(said) ? { plugin, refusal: said } : undefined;
      });
    else
      (hook as Waterfall).tapPromise(plugin, async (payload) => {
        if (skipped()) return payload;
        try {
          const better = await run(health, fn, payload);
          if (better === null || typeof better !== 'object')
            throw new Error('the filter returned no payload');
          return { ...better, actor: actorOf(payload) };
        } catch (error) {
          // A customer's letter is never lost to a broken plugin: it goes on as it was.
          if (name === 'message.incoming') return payload;
          throw errors.HOOK_FAULT({ plugin, hook: name, because: wordsOf(error) });
        }
      });
  }

  return {
    /** Called by the host alone, in the order of plugins. @throws HOOK_UNKNOWN */
    tap,

    /** Says that something happened. Every tap runs, whatever the others do. */
    async emit<N extends EventName>(name: N, payload: Given<N>): Promise<void> {
      await (hooks.get(name) as Series | undefined)?.promise(payload);
    },

    /** Asks every guard. @throws ACTION_REFUSED with the first refusal, HOOK_FAULT when a guard fails. */
    async allow<N extends GuardName>(name: N, payload: Given<N>): Promise<void> {
      const no = await (hooks.get(name) as Bail | undefined)?.promise(payload);
      if (no) throw errors.ACTION_REFUSED({ plugin: no.plugin, because: no.refusal.because });
    },

    /** Passes the payload through every filter. @throws HOOK_FAULT, but for `message.incoming`. */
    async filter<N extends FilterName>(name: N, payload: Given<N>): Promise<FilterPayload<N>> {
      const hook = hooks.get(name) as Waterfall | undefined;
      return (hook ? await hook.promise(payload) : payload) as FilterPayload<N>;
    },

    /** Asks everybody; the answers of taps that fail are left out. */
    async collect<N extends CollectName>(
      name: N,
      payload: Given<N>,
    ): Promise<readonly { plugin: string; answer: Answer<N> }[]> {
      const asked: Asked = { payload, answers: [] };
      await (hooks.get(name) as Collecting | undefined)?.promise(asked);
      return asked.answers as { plugin: string; answer: Answer<N> }[];
    },

    /** Whether anybody listens; spares the caller the making of a payload. */
    listens: (name: string): boolean => hooks.has(name),
    /** How every tap has been doing. */
    health: (): readonly TapHealth[] => healths,
    /** Ends every quarantine of a plugin, after an administrator has looked. */
    release(plugin: string): void {
      for (const health of healths)
        if (health.plugin === plugin) {
          health.quarantinedAt = null;
          health.recentFaults = [];
        }
    },
  };
}

function isRefusal(said: unknown): said is Refusal {
  return typeof said === 'object' && said !== null && 'refused' in said && said.refused === true;
}

function actorOf(payload: unknown): Actor {
  return (payload as { actor: Actor }).actor;
}

async function withPatience(answer: unknown, patienceMs: number): Promise<unknown> {
  if (!(answer instanceof Promise)) return answer;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs / 1000} s`)), patienceMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
