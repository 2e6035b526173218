'use strict';
/* Batches say what single calls say; asynchronous ones leave the event loop free. */

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { inspect } = require('node:util');
const care = require('libcare');

const base = [
  'I am so sorry about the wait.',
  'I understand how frustrating this must be for you.',
  'Your parcel leaves tomorrow.',
  'It was fine.',
  '😀 That is our policy, I am afraid. Désolé.',
  '',
  'I am new here, so I do not know.',
];
const many = (count) => Array.from({ length: count }, (_, i) => `${base[i % base.length]} ${i}`);
const withoutEvidence = (findings, turn) => findings.map((finding) => ({ ...finding, evidence: [], turn }));

test('a batch finds what single calls find', () => {
  const texts = many(10000);
  const result = care.analyzeBatch(texts);
  assert.equal(result.length, texts.length);
  let count = 0;
  let i = 0;
  for (const findings of result) {
    if (i < 100 || i % 97 === 0) assert.deepEqual(findings, withoutEvidence(care.analyze(texts[i]), i));
    assert.deepEqual(findings, result.at(i));
    for (const finding of findings) assert.equal(texts[i].slice(finding.start, finding.end), finding.text);
    count += findings.length;
    i++;
  }
  assert.equal(i, texts.length);
  assert.equal(count, result.findingCount);
});

test('evidence comes when it is asked for', () => {
  const texts = many(5000);
  const result = care.analyzeBatch(texts, { evidence: true });
  for (const i of [0, 1, 2047, 2048, 2049, 4999]) {
    const expected = care.analyze(texts[i]).map((finding) => ({
      ...finding,
      turn: i,
      evidence: finding.evidence.map((one) => ({ ...one, turn: i })),
    }));
    assert.deepEqual(result.at(i), expected);
  }
});

test('at takes negative numbers and nothing beyond the end', () => {
  const result = care.analyzeBatch(['I am so sorry.', 'x', 'I am very sorry.']);
  assert.equal(result.at(-1)[0].turn, 2);
  assert.deepEqual(result.at(-1), result.at(2));
  assert.equal(result.at(3), undefined);
  assert.equal(result.at(-4), undefined);
  assert.deepEqual(result.at(NaN), result.at(0));
  assert.throws(() => result.at('1'), TypeError);
  assert.equal(result.toArray().length, 3);
});

test('columns hold the same as objects', () => {
  const texts = many(6000);
  const result = care.analyzeBatch(texts);
  const columns = result.columns();
  const flat = result.toArray().flat();
  assert.equal(columns.turn.length, flat.length);
  flat.forEach((finding, row) => {
    assert.equal(columns.turn[row], finding.turn);
    assert.equal(columns.signals[columns.signal[row]], finding.signal);
    assert.equal(columns.rules[columns.rule[row]], finding.rule);
    assert.equal(columns.start[row], finding.start);
    assert.equal(columns.end[row], finding.end);
    assert.equal(columns.confidence[row], finding.confidence);
  });
});

test('roles and channels, one for all or one for each', () => {
  const texts = ['I am furious, my order never came.', 'I am so sorry.'];
  const each = care.analyzeBatch(texts, { roles: ['customer', 'agent'], channels: ['chat', 'call'] });
  assert.deepEqual(each.at(0), withoutEvidence(care.analyze(texts[0], { role: 'customer', channel: 'chat' }), 0));
  assert.deepEqual(each.at(1), withoutEvidence(care.analyze(texts[1], { channel: 'call' }), 1));
  const all = care.analyzeBatch(texts, { roles: 'customer', channels: 'chat' });
  assert.deepEqual(all.at(0), each.at(0));
  assert.deepEqual(all.at(1), withoutEvidence(care.analyze(texts[1], { role: 'customer', channel: 'chat' }), 1));
});

test('equal neighbours are one conversation, even a long one', async () => {
  const turns = [];
  for (let i = 0; i < 5000; i++) turns.push(i % 2 ? 'It was fine.' : 'How was your stay?');
  const roles = turns.map((_, i) => (i % 2 ? 'customer' : 'agent'));
  for (const conversations of [turns.map(() => NaN), turns.map((_, i) => `c${i >> 12}`), turns.map((_, i) => i >> 1)]) {
    const options = { roles, conversations, channels: 'survey', evidence: true };
    const result = care.analyzeBatch(turns, options);
    let conversation = new care.Conversation();
    let first = 0;
    turns.forEach((text, i) => {
      if (i && !Object.is(conversations[i], conversations[i - 1])) {
        conversation.close();
        conversation = new care.Conversation();
        first = i;
      }
      const fed = conversation.feed(text, { role: roles[i], channel: 'survey' });
      const bare = ({ evidence, turn, ...rest }) => ({ ...rest, turn, evidence: evidence.map(({ text: _, ...one }) => one) });
      const shifted = (finding) => ({ ...finding, turn: finding.turn + first, evidence: finding.evidence.map((one) => ({ ...one, turn: one.turn + first })) });
      if (i < 20 || i % 101 === 0 || i > 4980) assert.deepEqual(result.at(i).map(bare), fed.map(bare).map(shifted));
    });
    const later = await care.analyzeBatchAsync(turns, options);
    assert.deepEqual(later.at(4999), result.at(4999));
    assert.deepEqual(later.columns(), result.columns());
  }
});

test('any iterable is a batch', () => {
  assert.equal(care.analyzeBatch(new Set(['I am so sorry.', 'x'])).length, 2);
  assert.equal(care.analyzeBatch((function* () { yield 'I am so sorry.'; })()).at(0).length, 1);
});

test('texts that shrink while the options are read are missing texts', async () => {
  for (const conversations of [undefined, ['a', 'a']]) {
    const texts = () => ['I am so sorry.', 'x'];
    const shrinking = (list) => ({ conversations, get roles() { list.length = 0; return 'agent'; } });
    const now = texts();
    assert.throws(() => care.analyzeBatch(now, shrinking(now)), /^TypeError: texts\[0\] must be a string, not undefined/);
    const later = texts();
    assert.equal((await care.analyzeBatchAsync(later, shrinking(later))).findingCount, 1);
  }
});

test('the result keeps the texts as they were', () => {
  const texts = ['I am so sorry.'];
  const result = care.analyzeBatch(texts);
  texts[0] = 'changed';
  assert.equal(result.at(0)[0].text, 'I am so sorry.'.slice(result.at(0)[0].start, result.at(0)[0].end));
});

test('an asynchronous batch finds the same and leaves the event loop free', async () => {
  const texts = many(200000);
  const expected = care.analyzeBatch(texts);
  let ticks = 0;
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    ticks++;
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  const started = last;
  const result = await care.analyzeBatchAsync(texts);
  const took = performance.now() - started;
  clearInterval(timer);
  assert.deepEqual(result.columns(), expected.columns());
  assert.ok(ticks >= 10, `${ticks} ticks`);
  // On a busy machine other programs take the processor too; a loop that is not free would stand still for most of the batch.
  assert.ok(longest < Math.max(100, took / 4), `${longest} of ${took} ms without a tick`);
});

test('several asynchronous batches at once', async () => {
  const analyzer = new care.Analyzer();
  const texts = many(20000);
  const expected = analyzer.analyzeBatch(texts).columns();
  const results = await Promise.all(Array.from({ length: 6 }, () => analyzer.analyzeBatchAsync(texts)));
  for (const result of results) assert.deepEqual(result.columns(), expected);
  analyzer.close();
});

test('an asynchronous batch can be given up', async () => {
  const texts = many(200000);
  await assert.rejects(care.analyzeBatchAsync(texts, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  const controller = new AbortController();
  const started = performance.now();
  const promise = care.analyzeBatchAsync(texts, { signal: controller.signal });
  setTimeout(() => controller.abort(new Error('enough')), 5);
  await assert.rejects(promise, /enough/);
  assert.ok(performance.now() - started < 2000);
  assert.throws(() => care.analyzeBatch.call(null, texts, 3), TypeError);
});

test('what is no signal is refused by its name', async () => {
  for (const signal of ['x', 7, true, {}, new AbortController()]) {
    for (const texts of [[], ['x']]) {
      const refused = { name: 'TypeError', message: /^signal must be an AbortSignal, not / };
      await assert.rejects(care.analyzeBatchAsync(texts, { signal }), refused);
    }
  }
  for (const signal of [undefined, null, new AbortController().signal]) await care.analyzeBatchAsync(['x'], { signal });
});

test('what a console shows of a batch is how much it holds', () => {
  const batch = care.analyzeBatch(['I am so sorry.', 'x', 'I am very sorry.']);
  assert.equal(inspect(batch), 'Batch { length: 3, findingCount: 2 }');
  assert.equal(inspect({ a: { b: { batch } } }), '{ a: { b: { batch: [Batch] } } }');
  assert.equal(inspect([batch], { breakLength: Infinity }), '[ Batch { length: 3, findingCount: 2 } ]');
  assert.equal(JSON.stringify(batch), '{}');
  for (const Class of [care.Batch, care.Pack, care.Analyzer, care.Conversation]) {
    assert.equal(inspect(Object.create(Class.prototype)), `${Class.name} {}`);
    inspect(Class.prototype);
  }
});
