'use strict';
/* A pack at work. */

const os = require('node:os');
const native = require('./native.js');
const { Batch, Chunks } = require('./batch.js');
const { disposable } = require('./dispose.js');
const { wrongType } = require('./error.js');
const { readFindings, readSuppressed } = require('./findings.js');
const { inspectable } = require('./inspect.js');
const { AGENT, CUSTOMER, KEYS, optionsOf, saidBy } = require('./options.js');
const { Pack } = require('./pack.js');

const { analyze_text: analyzeText, ask_text: askText } = native;

/* Bits of the options that every call says. */
const SUPPRESSED = 1 << 1;
const EVIDENCE = 1 << 2;

const APOLOGY = 0;
const EXCUSE = 1;
const EMPATHY = 2;
const TEPID = 3;

function evidenceBit({ evidence }) {
  if (typeof evidence !== 'boolean' && evidence !== undefined && evidence !== null) throw wrongType('evidence', 'a boolean', evidence);
  return evidence ? EVIDENCE : 0;
}

function signalOf({ signal }) {
  if (signal === undefined || signal === null || typeof signal.throwIfAborted === 'function') return signal;
  throw wrongType('signal', 'an AbortSignal', signal);
}

/* How many works the pool of libuv runs at once, and one that waits. */
const lanes = () => Math.min(os.cpus().length || 1, Number(process.env.UV_THREADPOOL_SIZE) || 4) + 1;

class Analyzer {
  #handle;
  #names;
  #pack;

  constructor(pack = Pack.english()) {
    this.#handle = native.analyzers_new(Pack.handleOf(pack, 'pack'));
    this.#names = Pack.namesOf(pack);
    this.#pack = pack;
  }

  static {
    inspectable(Analyzer, (analyzer) => #pack in analyzer && { pack: analyzer.pack });
  }

  /** @internal */
  static partsOf(analyzer, argument) {
    if (typeof analyzer !== 'object' || analyzer === null || !(#handle in analyzer)) throw wrongType(argument, 'an Analyzer', analyzer);
    return { handle: analyzer.#handle, names: analyzer.#names };
  }

  get pack() {
    return this.#pack;
  }

  #ask(call, question, text, options) {
    if (options === undefined) return askText(this.#handle, question | (AGENT << 8), text) !== undefined;
    const { role, previous, channel } = optionsOf(options, call, KEYS.TEXT);
    return askText(this.#handle, question | (saidBy(role, AGENT, channel) << 8), text, previous) !== undefined;
  }

  hasApology(text, options) {
    return this.#ask('hasApology', APOLOGY, text, options);
  }

  hasExcuse(text, options) {
    return this.#ask('hasExcuse', EXCUSE, text, options);
  }

  hasEmpathy(text, options) {
    return this.#ask('hasEmpathy', EMPATHY, text, options);
  }

  isTepid(text, options) {
    const { question, role, channel } = optionsOf(options, 'isTepid', KEYS.TEPID);
    if (typeof question !== 'string' && question !== undefined && question !== null) throw wrongType('question', 'a string', question);
    return askText(this.#handle, TEPID | (saidBy(role, CUSTOMER, channel) << 8), text, question) !== undefined;
  }

  analyze(text, options) {
    if (options === undefined) return readFindings(analyzeText(this.#handle, EVIDENCE | (AGENT << 8), text), this.#names, text, 0);
    const { role, previous, channel } = optionsOf(options, 'analyze', KEYS.TEXT);
    const given = analyzeText(this.#handle, EVIDENCE | (saidBy(role, AGENT, channel) << 8), text, previous);
    return readFindings(given, this.#names, textsOf(text, previous), 0);
  }

  suppressed(text, options) {
    const { role, previous, channel } = optionsOf(options, 'suppressed', KEYS.TEXT);
    const given = analyzeText(this.#handle, EVIDENCE | SUPPRESSED | (saidBy(role, AGENT, channel) << 8), text, previous);
    return readSuppressed(given, this.#names, textsOf(text, previous), 0);
  }

  analyzeBatch(texts, options) {
    const given = optionsOf(options, 'analyzeBatch', KEYS.BATCH);
    const bits = evidenceBit(given);
    const chunks = new Chunks(texts, given, false);
    const found = [];
    for (let chunk; (chunk = chunks.take()); ) {
      const words = native.analyze_batch(this.#handle, bits, chunk.text, chunk.columns);
      found.push({ words, texts: chunk.texts, first: chunk.first });
    }
    return Batch.make(chunks.count, found, this.#names);
  }

  async analyzeBatchAsync(texts, options) {
    const given = optionsOf(options, 'analyzeBatchAsync', KEYS.ASYNC_BATCH);
    const signal = signalOf(given);
    const bits = evidenceBit(given);
    const chunks = new Chunks(texts, given, true);
    const found = [];
    let failed = false;
    const lane = async () => {
      try {
        for (let chunk; !failed && (signal?.throwIfAborted(), (chunk = chunks.take())); ) {
          const entry = { words: null, texts: chunk.texts, first: chunk.first };
          found.push(entry);
          entry.words = await native.analyze_later(this.#handle, bits, chunk.text, chunk.columns);
        }
      } catch (error) {
        failed = true;
        throw error;
      }
    };
    await Promise.all(Array.from({ length: lanes() }, lane));
    return Batch.make(chunks.count, found, this.#names);
  }

  close() {
    native.close(this.#handle);
  }
}
disposable(Analyzer);

const textsOf = (text, previous) => (previous === undefined || previous === null ? text : [previous, text]);

let shared = null;

/* The English analyzer behind the functions of the module. */
function english() {
  shared ??= new Analyzer();
  return shared;
}

module.exports = { Analyzer, EVIDENCE, SUPPRESSED, english };
