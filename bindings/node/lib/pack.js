'use strict';
/* Packs: what the signals are, as data. */

const native = require('./native.js');
const { readProblems, wrongType } = require('./error.js');
const { inspectable } = require('./inspect.js');
const { optionsOf, roles } = require('./options.js');
const { disposable } = require('./dispose.js');

const SIGNALS = 0;
const RULES = 1;
const CONTEXTS = 2;
const SLOTS = 3;
const FIRST_CONTEXT_REASON = 16;

/* The options of Pack.compile. */
const COMPILE = ['base', 'file'];

/* All names that findings can hold, by their numbers. */
function readNames(handle) {
  const contexts = native.pack_names(handle, CONTEXTS);
  const reasons = [];
  for (let i = 0; i < FIRST_CONTEXT_REASON + contexts.length; i++) reasons.push(native.pack_reason_name(handle, i));
  return {
    signals: native.pack_names(handle, SIGNALS),
    rules: native.pack_names(handle, RULES),
    contexts,
    slots: native.pack_names(handle, SLOTS),
    reasons,
  };
}

function bytesOf(bytes) {
  if (bytes instanceof Uint8Array) return bytes;
  if (ArrayBuffer.isView(bytes)) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes instanceof ArrayBuffer) return new Uint8Array(bytes);
  throw wrongType('bytes', 'a Buffer, a typed array or an ArrayBuffer', bytes);
}

/* Names and texts by turns, as the addon takes them. */
function flatten(sources, file) {
  if (typeof sources === 'string') return [file, sources];
  if (!Array.isArray(sources)) throw wrongType('sources', 'a string or an array of { file, text }', sources);
  const flat = [];
  sources.forEach((source, i) => {
    if (typeof source !== 'object' || source === null) throw wrongType(`sources[${i}]`, 'an object { file, text }', source);
    if (typeof source.file !== 'string') throw wrongType(`sources[${i}].file`, 'a string', source.file);
    if (typeof source.text !== 'string') throw wrongType(`sources[${i}].text`, 'a string', source.text);
    flat.push(source.file, source.text);
  });
  return flat;
}

const KEY = Symbol('made by Pack.english, load, compile or compose');

class Pack {
  static #english = null;

  #handle;
  #info;
  #names = null;

  #notes;

  constructor(key, handle, notes = []) {
    if (key !== KEY) throw new TypeError('a Pack is made by Pack.english, Pack.load, Pack.compile or Pack.compose');
    this.#handle = handle;
    this.#notes = Object.freeze(notes);
    this.#info = Object.freeze(native.pack_get_info(handle));
  }

  static {
    inspectable(Pack, (pack) => #info in pack && { name: pack.name, version: pack.version, fingerprint: pack.fingerprint });
  }

  /* One for all: checking its bytes takes milliseconds. */
  static english() {
    Pack.#english ??= new Pack(KEY, native.pack_english());
    return Pack.#english;
  }

  static load(bytes) {
    return new Pack(KEY, native.pack_load(bytesOf(bytes)));
  }

  static compile(sources, options) {
    const { base, file = 'pack.care' } = optionsOf(options, 'Pack.compile', COMPILE);
    if (typeof file !== 'string') throw wrongType('file', 'a string', file);
    const under = base === undefined || base === null ? null : Pack.handleOf(base, 'base');
    return Pack.#made(native.pack_compile(flatten(sources, file), under));
  }

  static compose(base, ...overlays) {
    let made = base;
    Pack.handleOf(base, 'base');
    overlays.forEach((overlay, i) => {
      const composed = native.pack_compose(Pack.handleOf(made, 'base'), Pack.handleOf(overlay, `overlays[${i}]`));
      if (made !== base) made.close();
      made = Pack.#made(composed);
    });
    return made;
  }

  static #made({ pack, notes }) {
    return new Pack(KEY, pack, readProblems(notes));
  }

  /** @internal */
  static handleOf(pack, argument) {
    if (typeof pack !== 'object' || pack === null || !(#handle in pack)) throw wrongType(argument, 'a Pack', pack);
    return pack.#handle;
  }

  /** @internal */
  static namesOf(pack) {
    pack.#names ??= readNames(pack.#handle);
    return pack.#names;
  }

  get name() {
    return this.#info.name;
  }

  get version() {
    return this.#info.version;
  }

  get fingerprint() {
    return this.#info.fingerprint;
  }

  get info() {
    return this.#info;
  }

  get notes() {
    return this.#notes;
  }

  get contexts() {
    return Pack.namesOf(this).contexts.slice();
  }

  get signals() {
    const { contexts } = Pack.namesOf(this);
    return Array.from({ length: this.#info.signalCount }, (_, i) => {
      const { id, meaning, pillar, polarity, threshold, roles: by, drops, flags } = native.pack_signal(this.#handle, i);
      return {
        id,
        meaning,
        pillar,
        polarity,
        threshold,
        roles: roles.filter((_, role) => (by >>> role) & 1),
        drops: contexts.filter((_, context) => (drops >>> context) & 1),
        draft: (flags & 1) !== 0,
        conversation: (flags & 2) !== 0,
      };
    });
  }

  get rules() {
    const { signals } = Pack.namesOf(this);
    return Array.from({ length: this.#info.ruleCount }, (_, i) => {
      const { name, file, line, text, weight, signal } = native.pack_rule(this.#handle, i);
      return { name, signal: signal < 0 ? null : signals[signal], weight, text, file, line };
    });
  }

  toBytes() {
    return native.pack_bytes(this.#handle);
  }

  close() {
    if (this !== Pack.#english) native.close(this.#handle);
  }
}
disposable(Pack);

module.exports = { Pack };
