'use strict';
/* Turns in order, fed one at a time. */

const native = require('./native.js');
const { Analyzer, EVIDENCE, SUPPRESSED, english } = require('./analyzer.js');
const { disposable } = require('./dispose.js');
const { readFindings, readSuppressed } = require('./findings.js');
const { inspectable } = require('./inspect.js');
const { AGENT, KEYS, channelNumber, optionsOf, roleNumber } = require('./options.js');

class Conversation {
  #handle;
  #analyzer;
  #handleOfAnalyzer;
  #names;
  #length = 0;

  constructor(analyzer = english()) {
    const { handle, names } = Analyzer.partsOf(analyzer, 'analyzer');
    this.#handle = native.conversation_new(handle);
    this.#analyzer = analyzer;
    this.#handleOfAnalyzer = handle;
    this.#names = names;
  }

  static {
    inspectable(Conversation, (one) => #handle in one && { length: one.length, analyzer: one.analyzer });
  }

  get analyzer() {
    return this.#analyzer;
  }

  get length() {
    return this.#length;
  }

  feed(text, options) {
    const { role, channel } = optionsOf(options, 'feed', KEYS.TURN);
    const given = native.feed_text(this.#handle, this.#handleOfAnalyzer, EVIDENCE, text, roleNumber(role, AGENT), channelNumber(channel));
    const findings = readFindings(given, this.#names, text, this.#length);
    this.#length++;
    return findings;
  }

  #preview(call, bits, text, options) {
    const { role, channel } = optionsOf(options, call, KEYS.TURN);
    return native.preview_text(this.#handle, this.#handleOfAnalyzer, bits, text, roleNumber(role, AGENT), channelNumber(channel));
  }

  preview(text, options) {
    return readFindings(this.#preview('preview', EVIDENCE, text, options), this.#names, text, this.#length);
  }

  suppressed(text, options) {
    return readSuppressed(this.#preview('suppressed', EVIDENCE | SUPPRESSED, text, options), this.#names, text, this.#length);
  }

  close() {
    native.close(this.#handle);
  }
}
disposable(Conversation);

module.exports = { Conversation };
