'use strict';
/* Conversations: each turn is judged by those before it. */

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { inspect } = require('node:util');
const care = require('libcare');

const signals = (findings) => findings.map((finding) => finding.signal);

test('a turn is judged by those before it', () => {
  const conversation = new care.Conversation();
  assert.deepEqual(signals(conversation.feed('Anything else?', { role: 'agent' })), []);
  conversation.feed('How was your stay?');
  const [finding] = conversation.feed('It was fine.', { role: 'customer' });
  assert.equal(finding.signal, 'fine.tepid');
  assert.equal(finding.turn, 2);
  assert.equal(conversation.length, 3);
  for (const evidence of finding.evidence) assert.equal(typeof evidence.text, evidence.turn === 2 ? 'string' : 'object');
  conversation.close();
});

test('a preview remembers nothing', () => {
  const conversation = new care.Conversation();
  conversation.feed('How was your stay?');
  const draft = conversation.preview('It was fine.', { role: 'customer' });
  assert.equal(conversation.length, 1);
  assert.deepEqual(conversation.preview('It was fine.', { role: 'customer' }), draft);
  assert.deepEqual(conversation.feed('It was fine.', { role: 'customer' }), draft);
  assert.equal(conversation.length, 2);
});

test('a refused turn is not counted', () => {
  const conversation = new care.Conversation();
  assert.throws(() => conversation.feed('x', { role: 'king' }), care.CareError);
  assert.throws(() => conversation.feed(null), TypeError);
  assert.equal(conversation.length, 0);
});

test('candidates that do not count', () => {
  const conversation = new care.Conversation();
  const candidates = conversation.suppressed('I am not sorry about the wait.');
  assert.ok(candidates.length > 0 && candidates.every((candidate) => candidate.reason));
  assert.equal(conversation.length, 0);
});

test('conversations are apart from each other', () => {
  const analyzer = new care.Analyzer();
  const one = new care.Conversation(analyzer);
  const other = new care.Conversation(analyzer);
  assert.equal(one.analyzer, analyzer);
  one.feed('How was your stay?');
  const judged = one.preview('Fine.', { role: 'customer' });
  assert.equal(judged[0].turn, 1);
  assert.equal(other.length, 0);
});

test('the rest of the runtime’s ways to close', () => {
  const conversation = new care.Conversation();
  if (typeof Symbol.dispose !== 'symbol') return;
  conversation[Symbol.dispose]();
  assert.throws(() => conversation.feed('x'), { code: 'state' });
  for (const Class of [care.Analyzer, care.Pack]) assert.equal(typeof Class.prototype[Symbol.dispose], 'function');
});

test('what a console shows of a conversation, before and after it is closed', () => {
  const conversation = new care.Conversation();
  conversation.feed('Hello.');
  const shown = inspect(conversation, { breakLength: Infinity });
  const { version, fingerprint } = care.Pack.english();
  const pack = `Pack { name: 'en', version: '${version}', fingerprint: '${fingerprint}' }`;
  assert.equal(shown, `Conversation { length: 1, analyzer: Analyzer { pack: ${pack} } }`);
  conversation.close();
  assert.equal(inspect(conversation, { breakLength: Infinity }), shown);
});
