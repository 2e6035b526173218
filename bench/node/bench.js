'use strict';
/* What the crossing between JavaScript and C costs, beside an empty SWIG call with the same arguments and the library's own time, all
 * in one run; then the rate beside wink-nlp's.     bench/run-node builds what this needs. */

const fs = require('node:fs');
const path = require('node:path');
const care = require('../../bindings/node');
const native = require('../../bindings/node/lib/native.js');
const { Chunks } = require('../../bindings/node/lib/batch.js');
const { failures, measure, median, nanoseconds, table } = require('./figures.js');

const ROUNDS = Number(process.argv[2]) || 41;
const CALLS = 5000;
const EVIDENCE = 1 << 2;

const handle = native.analyzers_new(native.pack_english());

/* As many findings as there are, each with its evidence, of nothing: what plain objects cost where nothing is read or cut. */
const NOTHING = Object.freeze([]);

function constant(count, text) {
  const findings = new Array(count);
  for (let i = 0; i < count; i++) {
    findings[i] = {
      signal: 'a.b',
      start: 0,
      end: 9,
      text,
      confidence: 90,
      rule: 'a.b/c',
      slots: NOTHING,
      evidence: [{ rule: 'a.b/c', start: 0, end: 9, turn: 0, weight: 90, text }],
      degree: 0,
      contexts: NOTHING,
      turn: 0,
    };
  }
  return findings;
}

/* ---- One text ---- */

/* What calls cost beyond the library's own time in those same calls, in nanoseconds a text; `own` takes that time. The clock is asked
 * twice in each, and half of that falls into what it measures. */
const clock = native.clock_cost();

function beyond(calls, run, own, texts = 1) {
  native.timed(1);
  const whole = nanoseconds(calls, run);
  own.library = (native.timed(0) / calls - clock) / texts;
  return (whole - 2 * clock) / texts - own.library;
}

function single(text) {
  const empty = () => native.empty_text(handle, EVIDENCE, text, 0, 0, undefined);
  const again = () => native.again(handle, EVIDENCE, text.length);
  const own = {};
  const { length } = care.analyze(text);
  const found = measure(ROUNDS, {
    empty: () => nanoseconds(CALLS, empty),
    fewer: () => nanoseconds(CALLS, () => native.empty_how(handle, EVIDENCE, text)),
    cold: () => nanoseconds(CALLS, () => { again(); empty(); }) - nanoseconds(CALLS, again),
    packed: () => beyond(CALLS, () => native.analyze_text(handle, EVIDENCE, text), own),
    library: () => own.library,
    constants: () => beyond(CALLS, () => native.analyze_text(handle, EVIDENCE, text) && constant(length, text), own),
    objects: () => beyond(CALLS, () => care.analyze(text), own),
    question: () => beyond(CALLS, () => care.hasApology(text), own),
    swig: () => nanoseconds(CALLS, () => native.swig_text(handle, EVIDENCE, text, 0, 0, undefined)),
  });
  const row = (label, ns, limit) => [label, ns, 'ns', ns / found.empty, limit];
  table(`One text of ${text.length} units, ${length} findings: ${JSON.stringify(text.slice(0, 60))}`, [
    ['an empty SWIG call with the same arguments', found.empty, 'ns'],
    row('the same, role, channel and options in one number', found.fewer),
    row('the first, each after an analysis of the text in C', found.cold),
    ['the library itself', found.library, 'ns'],
    row('beyond it, by the empty call: packed words', found.packed, 1.2),
    row('beyond it, by the empty call: objects (care.analyze)', found.objects, 2),
    row('  packed words, then as many objects of constants', found.constants),
    row('beyond it, by the empty call: yes or no (hasApology)', found.question),
    row('beyond it, by the empty call: packed, by SWIG', found.swig - found.library),
    ['packed, by the empty call after an analysis', found.packed, 'ns', found.packed / found.cold],
    ['objects, by the empty call after an analysis', found.objects, 'ns', found.objects / found.cold],
  ]);
}

/* ---- Batches ---- */

const sentences = [
  'I am so sorry about the wait.',
  'Your parcel leaves the house tomorrow.',
  'Let me look that up for you.',
  'It was fine.',
  'We have moved to another system.',
  'ok thanks',
  'Can you give me the number of the order?',
  'It arrived on Tuesday and the box was open.',
];
const short = (count) => Array.from({ length: count }, (_, i) => Buffer.from(`${sentences[i % sentences.length]} ${i}`).toString());

function* chunksOf(texts) {
  const chunks = new Chunks(texts, {}, false);
  for (let chunk; (chunk = chunks.take()); ) yield chunk;
}

function batch(count) {
  const texts = short(count);
  const each = (run) => nanoseconds(1, run) / count;
  const own = {};
  const rounds = Math.max(11, ROUNDS >> 1);
  const found = measure(rounds, {
    empty: () => each(() => { for (const { text, columns } of chunksOf(texts)) native.empty_joined(handle, 0, text, columns); }),
    batch: () => beyond(1, () => care.analyzeBatch(texts), own, count),
    library: () => own.library,
  });
  /* By themselves: what so many objects leave to the collector would be billed to whatever comes after. */
  const objects = measure(rounds, {
    arrays: () => beyond(1, () => care.analyzeBatch(texts).toArray(), own, count),
    singles: () => each(() => { for (const text of texts) care.analyze(text); }),
  });
  table(`A batch of ${count} short texts, for each text`, [
    ['an empty SWIG call with the same arguments', found.empty, 'ns'],
    ['the library itself', found.library, 'ns'],
    ['beyond it: analyzeBatch', found.batch, 'ns', found.batch, 20],
    ['beyond it: analyzeBatch, every finding made an object', objects.arrays, 'ns'],
    ['a call of analyze for each text', objects.singles, 'ns'],
  ]);
}

async function later(count) {
  const texts = short(count);
  const rates = { now: [], later: [] };
  for (let round = 0; round < 7; round++) {
    rates.now.push(nanoseconds(1, () => care.analyzeBatch(texts)) / count);
    const begin = process.hrtime.bigint();
    await care.analyzeBatchAsync(texts);
    rates.later.push(Number(process.hrtime.bigint() - begin) / count);
  }
  const [now, then] = [rates.now, rates.later].map((values) => values.sort((a, b) => a - b)[3]);
  table(`A batch of ${count} short texts, on ${require('node:os').cpus().length} cores, for each text`, [
    ['analyzeBatch', now, 'ns'],
    ['analyzeBatchAsync', then, 'ns', now / then],
  ]);
}

/* ---- wink-nlp ---- */

/* As in bench/python: one turn in five is of examples/conversations, where every second has something to find, the others are of
 * ordinary words. That makes about as many findings a megabyte as there are in real turns of customers and agents. */
function turns(count) {
  const folder = path.join(__dirname, '../../examples/conversations');
  const said = fs
    .readdirSync(folder)
    .flatMap((file) => fs.readFileSync(path.join(folder, file), 'utf8').split('\n'))
    .filter((line) => /^(Agent|Customer): /.test(line))
    .map((line) => ({ role: line.startsWith('Customer') ? 'customer' : 'agent', text: line.replace(/^\w+: /, '') }));
  const ordinary = fs.readFileSync(path.join(__dirname, '../python/ordinary.txt'), 'utf8').trim().split(/\s+/);
  let state = 2;
  const below = (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const plain = () => {
    const text = Array.from({ length: 3 + below(11) }, () => ordinary[below(ordinary.length)]).join(' ');
    return { role: below(2) ? 'customer' : 'agent', text: `${text[0].toUpperCase()}${text.slice(1)}${'.?!,'[below(4)]}` };
  };
  return Array.from({ length: count }, () => (below(5) === 0 ? said[below(said.length)] : plain()));
}

async function wink() {
  const said = turns(4000);
  const texts = said.map(({ text }) => text);
  const roles = said.map(({ role }) => role);
  const each = (run) => nanoseconds(1, run) / texts.length;
  /* By itself, before what wink-nlp leaves to the collector. */
  const many = Array.from({ length: 10 }, () => texts).flat();
  const roles10 = Array.from({ length: 10 }, () => roles).flat();
  const later = [];
  for (let round = 0; round < 15; round++) {
    const begin = process.hrtime.bigint();
    await care.analyzeBatchAsync(many, { roles: roles10 });
    later.push(Number(process.hrtime.bigint() - begin) / many.length);
  }
  const winkNLP = require('../../bindings/node/node_modules/wink-nlp');
  const model = require('../../bindings/node/node_modules/wink-eng-lite-web-model');
  const feelings = winkNLP(model, ['sbd', 'negation', 'sentiment']);
  const all = winkNLP(model);
  const found = measure(9, {
    feelings: () => each(() => { for (const text of texts) feelings.readDoc(text).out(feelings.its.sentiment); }),
    all: () => each(() => { for (const text of texts) all.readDoc(text).out(all.its.sentiment); }),
    singles: () => each(() => { for (const { text, role } of said) care.analyze(text, { role }); }),
    batch: () => each(() => care.analyzeBatch(texts, { roles }).toArray()),
  });
  found.later = median(later);
  const units = texts.join('').length;
  const count = care.analyzeBatch(texts, { roles }).findingCount;
  const size = `${(units / texts.length).toFixed(0)} units on average, ${((count / units) * 1e6).toFixed(0)} findings in a million,`;
  table(`Turns a second, of ${size} beside wink-nlp (sentences, negation, sentiment)`, [
    ['wink-nlp, those three pipes', 1e9 / found.feelings, '/s'],
    ['wink-nlp, all its pipes', 1e9 / found.all, '/s'],
    ['care.analyze', 1e9 / found.singles, '/s', found.feelings / found.singles, 20, true],
    ['care.analyzeBatch, every finding made an object', 1e9 / found.batch, '/s', found.feelings / found.batch, 20, true],
    ['care.analyzeBatchAsync, all cores', 1e9 / found.later, '/s', found.feelings / found.later, 20, true],
    ['  care.analyzeBatch by wink-nlp with all its pipes', 1e9 / found.batch, '/s', found.all / found.batch],
  ]);
}

async function main() {
  single('Your parcel leaves now');
  single('Sorry about the wait.');
  single('I am so sorry about the wait. I understand how frustrating this must be for you. '.repeat(4));
  batch(10000);
  batch(200000);
  await later(200000);
  await wink();
  console.log(`\n${failures() ? `${failures()} above or below what they should be` : 'all as they should be'}`);
  process.exitCode = failures() ? 1 : 0;
}

main();
