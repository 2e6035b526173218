'use strict';
/* Batches: texts cross joined, a chunk at a time, with two words a text (native/batch.h); what was found stays as words until
 * somebody looks. */

const { constants } = require('node:buffer');
const { CareError, wrongType } = require('./error.js');
const { FINDING, FINDINGS, HEAD, readFinding } = require('./findings.js');
const { inspectable } = require('./inspect.js');
const { channelsNumber, listedRole, rolesNumber } = require('./options.js');

const GOES_ON = 1 << 16;

/* What a chunk has at most: so much that what it costs by itself is nothing, and so little that its joined text, even of two bytes a
 * unit, is below the 128 KiB from which on V8 gives a string memory pages of its own, at several times the cost. */
const TEXTS = 2048;
const UNITS = 1 << 16;

function listOf(values, argument, copied) {
  if (Array.isArray(values)) return copied ? values.slice() : values;
  if (typeof values === 'object' && values !== null && typeof values[Symbol.iterator] === 'function') return Array.from(values);
  throw wrongType(argument, 'an array or another iterable object', values);
}

/* A list with an entry for each text, or null. */
function listForTexts(values, argument, count, copied) {
  if (values === undefined || values === null) return null;
  const list = listOf(values, argument, copied);
  if (list.length === count) return list;
  throw new CareError(`${argument} has ${list.length} entries for ${count} texts`, { code: 'argument' });
}

/* One name for all texts, or such a list. */
function listOrOne(values, argument, count, copied) {
  if (typeof values === 'string') return { list: null, one: values };
  return { list: listForTexts(values, argument, count, copied), one: undefined };
}

/* Cuts a batch into chunks, never within a conversation. What is cut while others run must be `copied` before; each chunk has its
 * texts anyway, in an array small enough that the collector does not go through all of a batch's at once. */
class Chunks {
  constructor(texts, options, copied) {
    this.texts = listOf(texts, 'texts', copied);
    const count = this.texts.length;
    this.count = count;
    this.roles = listOrOne(options.roles, 'roles', count, copied);
    this.channels = listOrOne(options.channels, 'channels', count, copied);
    this.conversations = listForTexts(options.conversations, 'conversations', count, copied);
    this.said = rolesNumber(this.roles.one) | (channelsNumber(this.channels.one) << 8);
    this.plain = !this.roles.list && !this.channels.list && !this.conversations;
    this.next = 0;
    this.columns = new Int32Array(2 * Math.min(TEXTS, Math.max(count, 1)));
  }

  wordOf(i) {
    let word = this.said;
    if (this.roles.list) word = (word & ~0xff) | listedRole(this.roles.list, i);
    if (this.channels.list) word = (word & ~0xff00) | (channelsNumber(this.channels.list[i], i) << 8);
    if (this.conversations && i && Object.is(this.conversations[i], this.conversations[i - 1])) word |= GOES_ON;
    return word;
  }

  grow() {
    const larger = new Int32Array(2 * this.columns.length);
    larger.set(this.columns);
    this.columns = larger;
  }

  /* The next chunk as { text, columns, texts, first }, or null. The columns are good until the next call. */
  take() {
    if (this.next >= this.count) return null;
    return this.plain ? this.takePlain() : this.takeSaid();
  }

  /* A loop of its own for texts that all stand by themselves: this is where a batch spends what it spends. */
  takePlain() {
    const { columns, said, next: first } = this;
    const most = Math.min(this.count - first, TEXTS);
    const texts = this.texts.slice(first, first + most);
    let joined = '';
    let units = 0;
    let i = 0;
    for (; i < most; i++) {
      const text = texts[i];
      if (typeof text !== 'string') throw wrongType(`texts[${first + i}]`, 'a string', text);
      const { length } = text;
      units += length;
      if (units > UNITS && i) break;
      columns[2 * i] = length;
      columns[2 * i + 1] = said;
      joined += text;
    }
    texts.length = i;
    return this.chunk(joined, texts);
  }

  takeSaid() {
    const { texts, next: first } = this;
    let joined = '';
    let units = 0;
    let i = first;
    for (let at = 0; i < this.count; i++, at += 2) {
      const text = texts[i];
      if (typeof text !== 'string') throw wrongType(`texts[${i}]`, 'a string', text);
      const word = this.wordOf(i);
      units += text.length;
      const full = i - first >= TEXTS || (units > UNITS && i > first);
      if (full && !(word & GOES_ON)) break;
      if (units > constants.MAX_STRING_LENGTH) {
        const most = constants.MAX_STRING_LENGTH;
        const message = `the texts up to texts[${i}] are one conversation, larger than the ${most} units of a string`;
        throw new CareError(message, { code: 'limit' });
      }
      if (at === this.columns.length) this.grow();
      this.columns[at] = text.length;
      this.columns[at + 1] = word;
      joined += text;
    }
    return this.chunk(joined, texts.slice(first, i));
  }

  chunk(text, texts) {
    const first = this.next;
    this.next += texts.length;
    return { text, columns: this.columns.subarray(0, 2 * texts.length), texts, first };
  }
}

const KEY = Symbol('made by analyzeBatch');

class Batch {
  #length;
  #chunks; /* { words, texts, first } */
  #names;
  #ends = null;

  constructor(key, length, chunks, names) {
    if (key !== KEY) throw new TypeError('a Batch is made by analyzeBatch');
    this.#length = length;
    this.#chunks = chunks;
    this.#names = names;
  }

  static {
    inspectable(Batch, (batch) => #length in batch && { length: batch.length, findingCount: batch.findingCount });
  }

  /** @internal */
  static make(length, chunks, names) {
    return new Batch(KEY, length, chunks, names);
  }

  get length() {
    return this.#length;
  }

  get findingCount() {
    return this.#chunks.reduce((sum, { words }) => sum + words[FINDINGS], 0);
  }

  counts() {
    const counts = {};
    const numbers = new Uint32Array(this.#names.signals.length);
    for (const { words } of this.#chunks) {
      for (let i = 0, at = HEAD + 4; i < words[FINDINGS]; i++, at += FINDING) numbers[words[at] & 0xffff]++;
    }
    numbers.forEach((count, signal) => {
      if (count) counts[this.#names.signals[signal]] = count;
    });
    return counts;
  }

  /* For each text the number of findings in it and in those before it; built when first asked for. */
  #index() {
    if (this.#ends) return this.#ends;
    const ends = new Uint32Array(this.#length);
    for (const { words, first } of this.#chunks) {
      for (let i = 0, at = HEAD + 2; i < words[FINDINGS]; i++, at += FINDING) ends[first + words[at]]++;
    }
    for (let i = 1; i < ends.length; i++) ends[i] += ends[i - 1];
    this.#ends = ends;
    return ends;
  }

  /* The chunk that holds text `index`. */
  #chunkOf(index) {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#chunks[middle].first <= index) low = middle;
      else high = middle - 1;
    }
    return this.#chunks[low];
  }

  at(index) {
    if (typeof index !== 'number') throw wrongType('index', 'a number', index);
    index = Math.trunc(index) || 0;
    if (index < 0) index += this.#length;
    if (index < 0 || index >= this.#length) return undefined;
    const ends = this.#index();
    const begin = index ? ends[index - 1] : 0;
    const count = ends[index] - begin;
    const findings = [];
    if (!count) return findings;
    const { words, texts, first } = this.#chunkOf(index);
    let at = HEAD + FINDING * (begin - (first ? ends[first - 1] : 0));
    for (let i = 0; i < count; i++, at += FINDING) findings.push(readFinding(words, at, this.#names, texts, first, first));
    return findings;
  }

  *[Symbol.iterator]() {
    for (let i = 0; i < this.#length; i++) yield this.at(i);
  }

  toArray() {
    return Array.from(this);
  }

  columns() {
    const count = this.findingCount;
    const columns = {
      turn: new Uint32Array(count),
      signal: new Uint16Array(count),
      start: new Uint32Array(count),
      end: new Uint32Array(count),
      confidence: new Uint8Array(count),
      rule: new Uint32Array(count),
      signals: this.#names.signals.slice(),
      rules: this.#names.rules.slice(),
    };
    let row = 0;
    for (const { words, first } of this.#chunks) {
      for (let i = 0, at = HEAD; i < words[FINDINGS]; i++, at += FINDING, row++) {
        columns.start[row] = words[at];
        columns.end[row] = words[at + 1];
        columns.turn[row] = words[at + 2] + first;
        columns.rule[row] = words[at + 3];
        columns.signal[row] = words[at + 4];
        columns.confidence[row] = words[at + 5];
      }
    }
    return columns;
  }
}

module.exports = { Batch, Chunks };
