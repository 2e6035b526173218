/// <reference lib="esnext.disposable" />

/**
 * libcare hears how people treat each other in customer conversations: apologies, excuses, empathy, tepid answers, each with the
 * words that show it.
 *
 * Offsets count UTF-16 units, as JavaScript does: `text.slice(finding.start, finding.end)` is the evidence. A text is any string;
 * a lone surrogate in it separates words. What is no string is a `TypeError` that names the argument. What libcare refuses is a
 * {@link CareError} with a stable `code`: also an option that the call has not, which would say nothing otherwise.
 *
 * @packageDocumentation
 */

/** Who says a text. A bot is judged as an agent; what the system says is never judged. */
export type Role = 'agent' | 'customer' | 'bot' | 'system' | 'leader' | 'staff';

/** Through what a text comes. */
export type Channel = 'unknown' | 'call' | 'chat' | 'email' | 'social' | 'survey' | 'review';

/**
 * Every {@link Role}, in the library's order.
 *
 * @example
 * ```js
 * care.roles.includes('customer'); // → true
 * ```
 */
export const roles: readonly Role[];

/**
 * Every {@link Channel}, in the library's order.
 *
 * @example
 * ```js
 * care.channels[0]; // → 'unknown'
 * ```
 */
export const channels: readonly Channel[];

/**
 * The library's version.
 *
 * @example
 * ```js
 * /^\d+\.\d+\.\d+$/.test(care.version); // → true
 * ```
 */
export const version: string;

/** A part of a finding that has a name of its own, such as an amount or an organisation. */
export interface Slot {
  /** Its name in the pack, such as `"amount"`. */
  slot: string;
  /** The first UTF-16 unit of its text. */
  start: number;
  /** The unit after its last. */
  end: number;
  /** `text.slice(start, end)`. */
  text: string;
}

/** A phrase that speaks for a finding. */
export interface Evidence {
  /** The rule that matched. */
  rule: string;
  /** The first UTF-16 unit, in the text of turn `turn`. */
  start: number;
  /** The unit after the last; the same as `start` for a condition without a phrase. */
  end: number;
  /** The turn that it stands in, counted as {@link Finding.turn}. */
  turn: number;
  /** What it adds to the confidence, 0 to 100. */
  weight: number;
  /** The words; `null` where they stand in an earlier turn of a {@link Conversation}, which keeps no texts. */
  text: string | null;
}

/**
 * Something that a careful listener would notice, and where.
 *
 * @example
 * ```js
 * const text = 'I am so sorry about the wait.';
 * const [finding] = care.analyze(text);
 * finding.signal; // → 'apology.regret'
 * text.slice(finding.start, finding.end) === finding.text; // → true
 * ```
 */
export interface Finding {
  /** What was found: the id of a {@link Signal}, such as `"apology.regret"`. */
  signal: string;
  /** The first UTF-16 unit of its text. */
  start: number;
  /** The unit after its last. */
  end: number;
  /** `text.slice(start, end)`. */
  text: string;
  /** How sure, 0 to 100. */
  confidence: number;
  /** The name of the rule with the most weight in it; {@link Pack.rules} tells its text. */
  rule: string;
  /** Its parts that have names; mostly none. */
  slots: readonly Slot[];
  /** What speaks for it. Empty in batches, unless `evidence` was asked for. */
  evidence: readonly Evidence[];
  /** 1 to 3; 0 where the signal has no degrees. */
  degree: number;
  /** The contexts that it stands in and that do not suppress it, such as `"quoted"`. */
  contexts: readonly string[];
  /** The turn that it stands in: of one text 0, or 1 behind a `previous`; in a batch the index of the text; in a conversation the
   * number of turns fed before it. */
  turn: number;
}

/** A candidate that does not count. */
export interface Suppressed extends Finding {
  /** Why: the name of a context that it stands in, such as `"negated"`; or `"speaker"` (another role says it), `"needs"` (something is
   * missing), `"unless"` (something is there), `"not"` (a look-alike: part of a phrase that only looks like it), `"yields"` (to another
   * finding), `"threshold"` (too little speaks for it), `"duplicate"`. */
  reason: string;
}

/** How a text is to be read. */
export interface TurnOptions {
  /** Who says it. Not said, it is the `"agent"`, in {@link isTepid} the `"customer"`. */
  role?: Role | null;
  /** Through what it comes; `"unknown"` if not said. */
  channel?: Channel | null;
}

/** How a text that stands by itself is to be read. */
export interface TextOptions extends TurnOptions {
  /** What the other side said before it; read for what follows, not judged. */
  previous?: string | null;
}

/** How an answer is to be read. */
export interface TepidOptions extends TurnOptions {
  /** The question that it answers. */
  question?: string | null;
}

/** How a batch is to be read. A list has one entry for each text. */
export interface BatchOptions {
  /** Who says the texts: one for all, or a list, in which each text has its role. `"agent"` if not said. */
  roles?: Role | Iterable<Role> | null;
  /** Through what they come: one for all, or a list. `"unknown"` if not said. */
  channels?: Channel | Iterable<Channel | null | undefined> | null;
  /** Values of any kind; equal neighbours are one conversation, in which each text is judged by those before it. So the turns of one
   * conversation must stand together, in order: a value that returns later begins a new conversation. Not said, each text stands by
   * itself. */
  conversations?: Iterable<unknown> | null;
  /** Whether findings tell their evidence. */
  evidence?: boolean | null;
}

/** The same, for a batch that can be given up. */
export interface AsyncBatchOptions extends BatchOptions {
  /** Rejects the promise with its reason, within milliseconds, when it is aborted. */
  signal?: AbortSignal | null;
}

/**
 * Whether somebody apologises. A non-apology ("sorry you feel that way") is none.
 *
 * @param text - What is said.
 * @param options - The role is agent, if not said.
 * @throws TypeError, CareError "argument" for an unknown role or channel.
 * @example
 * ```js
 * care.hasApology('I am so sorry about the wait.'); // → true
 * care.hasApology('Your parcel leaves tomorrow.'); // → false
 * ```
 */
export function hasApology(text: string, options?: TextOptions): boolean;

/**
 * Whether somebody makes an excuse.
 *
 * @param text - What is said.
 * @param options - The role is agent, if not said.
 * @throws TypeError, CareError "argument" for an unknown role or channel.
 * @example
 * ```js
 * care.hasExcuse('I only started here last week.'); // → true
 * ```
 */
export function hasExcuse(text: string, options?: TextOptions): boolean;

/**
 * Whether somebody shows empathy.
 *
 * @param text - What is said.
 * @param options - The role is agent, if not said.
 * @throws TypeError, CareError "argument" for an unknown role or channel.
 * @example
 * ```js
 * care.hasEmpathy('I understand how frustrating this must be.'); // → true
 * ```
 */
export function hasEmpathy(text: string, options?: TextOptions): boolean;

/**
 * Whether an answer is tepid: "fine", where more could have been said.
 *
 * @param text - The answer.
 * @param options - The question helps. The role is customer, if not said.
 * @throws TypeError, CareError "argument" for an unknown role or channel.
 * @example
 * ```js
 * care.isTepid('It was fine.', { question: 'How was your stay?' }); // → true
 * care.isTepid('It was wonderful!', { question: 'How was your stay?' }); // → false
 * ```
 */
export function isTepid(text: string, options?: TepidOptions): boolean;

/**
 * Everything that is found in one text.
 *
 * @param text - What is said.
 * @param options - The role is agent, if not said.
 * @returns The findings by their place; none is an empty array.
 * @throws TypeError, CareError "argument" for an unknown role or channel.
 * @example
 * ```js
 * const options = { role: 'customer', previous: 'How was everything?', channel: 'survey' };
 * care.analyze('Fine.', options).map((finding) => finding.signal); // → ['fine.tepid']
 * ```
 */
export function analyze(text: string, options?: TextOptions): Finding[];

/**
 * What was considered in one text and does not count, each with the reason. For those who wonder why nothing was found.
 *
 * @param text - What is said.
 * @param options - The role is agent, if not said.
 * @throws TypeError, CareError "argument" for an unknown role or channel.
 * @example
 * ```js
 * care.suppressed('I am not sorry.').some((candidate) => candidate.reason === 'not'); // → true
 * ```
 */
export function suppressed(text: string, options?: TextOptions): Suppressed[];

/**
 * Everything that is found in many texts, in one call; many times faster than a call for each.
 *
 * @param texts - An array, or another iterable object, of strings.
 * @param options - Roles, channels, conversations; whether to tell evidence.
 * @throws TypeError for what is no string, naming its index. CareError "argument" for a list of another length, or an unknown
 * role or channel, naming its index; "limit" for one conversation of more than 2^29 units.
 * @example
 * ```js
 * const batch = care.analyzeBatch(['I am so sorry.', 'It is on the shelf.', 'Fine.'], { roles: ['agent', 'agent', 'customer'] });
 * batch.length; // → 3
 * batch.at(0)[0].signal; // → 'apology.regret'
 * batch.at(1); // → []
 * ```
 */
export function analyzeBatch(texts: Iterable<string>, options?: BatchOptions): Batch;

/**
 * The same on other threads: the event loop stays free, and all cores serve. The threads are those of libuv's pool; the environment
 * variable UV_THREADPOOL_SIZE (4 if not set) says how many there are.
 *
 * @param texts - An array, or another iterable object, of strings. A copy of the array is taken at once.
 * @param options - Those of {@link analyzeBatch}, and a signal to give up.
 * @returns A promise, rejected with what {@link analyzeBatch} throws.
 * @example
 * ```js
 * const batch = await care.analyzeBatchAsync(['I am so sorry.', 'It is on the shelf.']);
 * batch.counts(); // → { 'apology.regret': 1 }
 * ```
 */
export function analyzeBatchAsync(texts: Iterable<string>, options?: AsyncBatchOptions): Promise<Batch>;

/** Findings as typed arrays, a row each, by turn and place. */
export interface Columns {
  /** The index of the text. */
  turn: Uint32Array;
  /** The number of the signal: an index into `signals`. */
  signal: Uint16Array;
  /** The first UTF-16 unit. */
  start: Uint32Array;
  /** The unit after the last. */
  end: Uint32Array;
  /** How sure, 0 to 100. */
  confidence: Uint8Array;
  /** The number of the rule: an index into `rules`. */
  rule: Uint32Array;
  /** The ids of signals, by number. */
  signals: string[];
  /** The names of rules, by number. */
  rules: string[];
}

/**
 * What was found in a batch. It holds the findings in packed form and makes objects of them when they are asked for, anew each time.
 *
 * @example
 * ```js
 * const texts = ['I am so sorry.', 'It is on the shelf.'];
 * for (const findings of care.analyzeBatch(texts)) {
 *   for (const finding of findings) texts[finding.turn].slice(finding.start, finding.end) === finding.text; // → true
 * }
 * ```
 */
export class Batch implements Iterable<Finding[]> {
  private constructor();
  /** The number of texts. */
  readonly length: number;
  /** The number of findings in all of them. */
  readonly findingCount: number;
  /**
   * The findings of the text with this index, counted from the end if it is negative; undefined beyond.
   *
   * @example
   * ```js
   * care.analyzeBatch(['Hello.', 'I am so sorry.']).at(-1)[0].turn; // → 1
   * ```
   */
  at(index: number): Finding[] | undefined;
  /** The findings of each text, in order. */
  [Symbol.iterator](): IterableIterator<Finding[]>;
  /**
   * An array of the findings of each text.
   *
   * @example
   * ```js
   * care.analyzeBatch(['Hello.', 'I am so sorry.']).toArray().map((findings) => findings.length); // → [0, 1]
   * ```
   */
  toArray(): Finding[][];
  /**
   * How many findings there are of each signal; signals without any are left out. These are not numbers of texts: one text can have
   * several findings of a signal. For texts, look at each one's findings or at `turn` of {@link columns}.
   *
   * @example
   * ```js
   * care.analyzeBatch(['I am so sorry.', 'I am so sorry.']).counts(); // → { 'apology.regret': 2 }
   * care.analyzeBatch(['I am so sorry for the wait. I am so sorry about your bag.']).counts(); // → { 'apology.regret': 2 }
   * ```
   */
  counts(): Record<string, number>;
  /**
   * The findings as typed arrays, for those who count millions.
   *
   * @example
   * ```js
   * const { turn, signal, signals } = care.analyzeBatch(['Hello.', 'I am so sorry.']).columns();
   * turn.length; // → 1
   * signals[signal[0]]; // → 'apology.regret'
   * ```
   */
  columns(): Columns;
}

/** What is wrong in pack text, or worth a note. */
export interface Problem {
  /** A note does not keep the pack from being compiled. */
  severity: 'error' | 'note';
  /** As {@link CareError.code}; a note has `"ok"`. */
  code: CareErrorCode | 'ok';
  /** The file's name, as it was given. */
  file: string;
  /** Counted from 1. */
  line: number;
  /** Counted from 1, in bytes of UTF-8. */
  column: number;
  /** What is wrong, and the mend. */
  message: string;
}

/** What kind of thing went wrong: `memory` (there is none), `argument`, `utf8`, `limit` (too large), `syntax` and `example` (of pack
 * text), `corrupt` and `version` (of a compiled pack), `pack` (two objects of different packs), `state` (used after it was closed),
 * `unsupported`. */
export type CareErrorCode =
  | 'memory'
  | 'argument'
  | 'utf8'
  | 'limit'
  | 'syntax'
  | 'example'
  | 'corrupt'
  | 'version'
  | 'pack'
  | 'state'
  | 'unsupported';

/**
 * What libcare refuses.
 *
 * @example
 * ```js
 * try {
 *   care.Pack.compile('nonsense', { file: 'mine.care' });
 * } catch (error) {
 *   error instanceof care.CareError; // → true
 *   error.code; // → 'syntax'
 *   error.line; // → 1
 * }
 * ```
 */
export class CareError extends Error {
  constructor(message: string, details?: Partial<Pick<CareError, 'code' | 'file' | 'line' | 'column' | 'offset' | 'problems'>>);
  readonly name: 'CareError';
  /** What kind of thing went wrong. Stable; messages are not. */
  code: CareErrorCode;
  /** The file of pack text, or null. */
  file: string | null;
  /** Its line, counted from 1, or null. */
  line: number | null;
  /** Its column, counted from 1, in bytes of UTF-8, or null. */
  column: number | null;
  /** Bytes from the start of what was read, or null. */
  offset: number | null;
  /** Everything that is wrong in pack text; empty for other errors. */
  problems: Problem[];
}

/** What a pack can find. */
export interface Signal {
  /** `"apology.regret"` ... */
  id: string;
  /** In one sentence. */
  meaning: string;
  /** The pillar of care that it belongs to, or `""`. */
  pillar: string;
  /** 1 if it counts for the speaker's care, -1 if against it, else 0. */
  polarity: -1 | 0 | 1;
  /** The weight that its hints must add up to, 0 to 100. */
  threshold: number;
  /** Who may say it. */
  roles: Role[];
  /** The contexts in which it does not count. */
  drops: string[];
  /** Whether its author does not call it done. */
  draft: boolean;
  /** Whether a rule on the course of a conversation finds it. */
  conversation: boolean;
}

/** A rule as it stands in pack text. */
export interface Rule {
  /** `"excuse.newness/2"` ... */
  name: string;
  /** The id of the signal that it serves; null for a cue. */
  signal: string | null;
  /** 0 to 100. */
  weight: number;
  /** As written. */
  text: string;
  /** Where it stands. */
  file: string;
  /** Counted from 1. */
  line: number;
}

/** A pack in numbers. */
export interface PackInfo {
  readonly name: string;
  readonly version: string;
  readonly fingerprint: string;
  /** Snowball's algorithm and version. */
  readonly stemmer: string;
  /** Unicode's version. */
  readonly unicode: string;
  /** The version of the compiled form. */
  readonly format: number;
  readonly layerCount: number;
  readonly signalCount: number;
  readonly ruleCount: number;
  readonly phraseCount: number;
  readonly formCount: number;
  readonly contextCount: number;
}

/** A file of pack text. */
export interface Source {
  /** Its name, for messages. */
  file: string;
  text: string;
}

/** What pack text is compiled on. */
export interface CompileOptions {
  /** The pack that the text extends; not said, the text is a language of its own. */
  base?: Pack | null;
  /** What messages call a text that was given as a string; `"pack.care"` if not said. */
  file?: string;
}

/**
 * What the signals are, as data. It does not change, and serves any number of analyzers.
 *
 * @example
 * ```js
 * const pack = care.Pack.english();
 * pack.name; // → 'en'
 * pack.signals.some((signal) => signal.id === 'apology.regret'); // → true
 * ```
 */
export class Pack {
  private constructor();
  /**
   * The English pack that the library carries: one object for all, which `close` leaves as it is.
   *
   * @example
   * ```js
   * care.Pack.english() === care.Pack.english(); // → true
   * ```
   */
  static english(): Pack;
  /**
   * A compiled pack, from its bytes, which are copied and checked in full.
   *
   * @throws TypeError, CareError "corrupt" or "version".
   * @example
   * ```js
   * const pack = care.Pack.load(care.Pack.english().toBytes());
   * pack.fingerprint === care.Pack.english().fingerprint; // → true
   * pack.close();
   * ```
   */
  static load(bytes: ArrayBuffer | ArrayBufferView): Pack;
  /**
   * Compiles pack text, one or several files in order. Its own examples are run: one that fails is an error.
   *
   * @throws TypeError, CareError "syntax", "example" or "limit", with all `problems`.
   * @example
   * ```js
   * const pack = care.Pack.compile(
   *   `pack shop 1
   * family shop  by agent  counts for
   * signal shop.welcome  "a welcome to the shop"
   *     say 80  welcome to [our] shop
   *     yes     Welcome to our shop!
   * `,
   *   { base: care.Pack.english(), file: 'shop.care' },
   * );
   * new care.Analyzer(pack).analyze('Welcome to our shop!').some((finding) => finding.signal === 'shop.welcome'); // → true
   * ```
   */
  static compile(sources: string | Source[], options?: CompileOptions): Pack;
  /**
   * Links the topmost layer of each overlay onto `base`, in order, as if its text had been compiled there.
   *
   * @throws TypeError, CareError "syntax" or "example".
   * @example
   * ```js
   * const base = care.Pack.english();
   * const layer = care.Pack.compile('pack mine 1\nfiller erm\n', { base });
   * care.Pack.compose(base, layer).name; // → 'mine'
   * ```
   */
  static compose(base: Pack, ...overlays: Pack[]): Pack;
  /** The name of the topmost layer. */
  readonly name: string;
  /** The version of the topmost layer. */
  readonly version: string;
  /** 16 hexadecimal digits that stand for the rules: the same text gives the same ones everywhere. */
  readonly fingerprint: string;
  /** The pack in numbers. */
  readonly info: PackInfo;
  /** What the compiler noted about text that it did compile. */
  readonly notes: readonly Problem[];
  /** What it can find, made anew each time. CareError "state" after close, like the next two. */
  readonly signals: Signal[];
  /** The rules that findings name, made anew each time. */
  readonly rules: Rule[];
  /** The names of its contexts. */
  readonly contexts: string[];
  /**
   * The compiled form, to store or send; a copy.
   *
   * @throws CareError "state" after close.
   * @example
   * ```js
   * care.Pack.english().toBytes() instanceof Uint8Array; // → true
   * ```
   */
  toBytes(): Uint8Array;
  /** Gives its memory back now, unless analyzers use it; a dropped pack does so later, by itself. Again is no harm. */
  close(): void;
  /** `close`, for `using`; there where the runtime has Symbol.dispose. */
  [Symbol.dispose](): void;
}

/**
 * A pack at work. The functions of the module are the methods of one analyzer of English; make one for a pack of your own.
 *
 * @example
 * ```js
 * const analyzer = new care.Analyzer(care.Pack.english());
 * analyzer.hasApology('I am so sorry.'); // → true
 * analyzer.close();
 * ```
 */
export class Analyzer {
  /** @param pack - English, if not said. */
  constructor(pack?: Pack);
  /** Its pack. */
  readonly pack: Pack;
  /** As {@link hasApology}. All methods: CareError "state" after close. */
  hasApology(text: string, options?: TextOptions): boolean;
  /** As {@link hasExcuse}. */
  hasExcuse(text: string, options?: TextOptions): boolean;
  /** As {@link hasEmpathy}. */
  hasEmpathy(text: string, options?: TextOptions): boolean;
  /** As {@link isTepid}. */
  isTepid(text: string, options?: TepidOptions): boolean;
  /** As {@link analyze}. */
  analyze(text: string, options?: TextOptions): Finding[];
  /** As {@link suppressed}. */
  suppressed(text: string, options?: TextOptions): Suppressed[];
  /** As {@link analyzeBatch}. */
  analyzeBatch(texts: Iterable<string>, options?: BatchOptions): Batch;
  /** As {@link analyzeBatchAsync}. */
  analyzeBatchAsync(texts: Iterable<string>, options?: AsyncBatchOptions): Promise<Batch>;
  /** Gives its memory back now; a dropped analyzer does so later, by itself. What runs on other threads ends first. Again is no harm. */
  close(): void;
  /** `close`, for `using`; there where the runtime has Symbol.dispose. */
  [Symbol.dispose](): void;
}

/**
 * A conversation as it goes on: each turn is judged by those before it. It is small, and keeps no texts.
 *
 * @example
 * ```js
 * const conversation = new care.Conversation();
 * conversation.feed('How was your stay?');
 * const [finding] = conversation.feed('It was fine.', { role: 'customer' });
 * finding.signal; // → 'fine.tepid'
 * finding.turn; // → 1
 * conversation.length; // → 2
 * conversation.close();
 * ```
 */
export class Conversation {
  /** @param analyzer - What reads it; that of the module's functions, if not said. */
  constructor(analyzer?: Analyzer);
  /** What reads it. */
  readonly analyzer: Analyzer;
  /** The number of turns fed. */
  readonly length: number;
  /**
   * Reads the next turn and remembers what later turns need of it.
   *
   * @returns The findings of this turn, those on the course of the conversation among them.
   * @throws TypeError, CareError "argument", or "state" after close. The turn is then not counted.
   * @example
   * ```js
   * new care.Conversation().feed('I am so sorry.')[0].signal; // → 'apology.regret'
   * ```
   */
  feed(text: string, options?: TurnOptions): Finding[];
  /**
   * The same without remembering: for a draft, a half-typed reply, a speech recogniser's partial result.
   *
   * @example
   * ```js
   * const conversation = new care.Conversation();
   * conversation.preview('We are very bus').length; // → 0
   * conversation.length; // → 0
   * ```
   */
  preview(text: string, options?: TurnOptions): Finding[];
  /**
   * What would be considered in `text`, were it the next turn, and not count.
   *
   * @example
   * ```js
   * new care.Conversation().suppressed('I am not sorry.').length > 0; // → true
   * ```
   */
  suppressed(text: string, options?: TurnOptions): Suppressed[];
  /** Gives its memory back now; a dropped conversation does so later, by itself. Again is no harm. */
  close(): void;
  /** `close`, for `using`; there where the runtime has Symbol.dispose. */
  [Symbol.dispose](): void;
}
