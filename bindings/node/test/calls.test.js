'use strict';
/* The calls of one text: what they answer, and where. */

const assert = require('node:assert/strict');
const { test } = require('node:test');
const care = require('libcare');

const signals = (findings) => findings.map((finding) => finding.signal);

test('the simple questions are answered', () => {
  assert.equal(care.hasApology('I am so sorry about the wait.'), true);
  assert.equal(care.hasApology('Your parcel leaves tomorrow.'), false);
  assert.equal(care.hasExcuse('I cannot help it, I only started here last week.'), true);
  assert.equal(care.hasExcuse('It leaves tomorrow.'), false);
  assert.equal(care.hasEmpathy('I understand how frustrating this must be.'), true);
  assert.equal(care.hasEmpathy('It leaves tomorrow.'), false);
  assert.equal(care.isTepid('It was fine.', { question: 'How was your stay?' }), true);
  assert.equal(care.isTepid('It was wonderful, thank you!', { question: 'How was your stay?' }), false);
});

test('a finding has all its fields', () => {
  const [finding] = care.analyze('I am sorry about the wait.');
  assert.deepEqual(Object.keys(finding), ['signal', 'start', 'end', 'text', 'confidence', 'rule', 'slots', 'evidence', 'degree', 'contexts', 'turn']);
  assert.equal(finding.signal, 'apology.regret');
  assert.equal(finding.turn, 0);
  assert.ok(finding.rule.startsWith('apology.regret/'));
  assert.ok(finding.confidence > 0 && finding.confidence <= 100);
  assert.deepEqual(Object.keys(finding.evidence[0]), ['rule', 'start', 'end', 'turn', 'weight', 'text']);
  assert.equal(finding.evidence[0].text, 'I am sorry about the wait.'.slice(finding.evidence[0].start, finding.evidence[0].end));
});

test('findings are plain objects, whatever is analysed after them', () => {
  const text = 'I am so sorry about the wait. I understand how frustrating this must be for you. ';
  const findings = care.analyze(text);
  const written = JSON.stringify(findings);
  assert.ok(Array.isArray(findings) && findings.length > 1);
  assert.ok(care.analyze(text.repeat(1000)).length > 1000); /* more than the array holds in which findings cross */
  care.analyze('Sorry about that.');
  assert.equal(JSON.stringify(findings), written);
  assert.deepEqual(findings, JSON.parse(written));
  assert.deepEqual(structuredClone(findings), findings);
  assert.deepEqual(findings.map((finding) => ({ ...finding })), findings);
  assert.deepEqual(care.analyze(text), findings);
  assert.match(require('node:util').inspect(findings, { depth: 3 }), /rule: 'apology\.regret[^]*weight: \d+/);
});

test('offsets count UTF-16 units, so that slice gives the evidence', () => {
  for (const before of ['', 'é ', '日本語 ', '👩‍👩‍👧 ', '\ud800 ', '\udc00\ud800 ', 'a\u0000b ', 'x'.repeat(5000) + '. ']) {
    const text = `${before}I am very sorry about that. 😀 I understand how upsetting this is.`;
    const findings = care.analyze(text);
    assert.ok(signals(findings).includes('apology.regret'), JSON.stringify(before));
    for (const finding of findings) {
      assert.equal(text.slice(finding.start, finding.end), finding.text);
      for (const evidence of finding.evidence) assert.equal(text.slice(evidence.start, evidence.end), evidence.text);
    }
    assert.ok(/^(I am very )?sorry about that$|sorry/.test(findings[0].text), findings[0].text);
  }
});

test('role, channel and the text before matter', () => {
  assert.deepEqual(signals(care.analyze('I am furious, my order never came.')), []);
  assert.ok(signals(care.analyze('I am furious, my order never came.', { role: 'customer' })).includes('customer.frustration'));
  const options = { role: 'customer', previous: 'How was everything?', channel: 'survey' };
  const [finding] = care.analyze('Fine.', options);
  assert.equal(finding.signal, 'fine.tepid');
  assert.equal(finding.turn, 1);
  for (const evidence of finding.evidence) {
    assert.equal(evidence.text, [options.previous, 'Fine.'][evidence.turn].slice(evidence.start, evidence.end));
  }
  assert.deepEqual(care.analyze('Sorry about that.', {}), care.analyze('Sorry about that.'));
  assert.deepEqual(care.analyze('Sorry about that.', { role: null, previous: null, channel: undefined }), care.analyze('Sorry about that.'));
});

test('a role is judged as itself', () => {
  assert.equal(care.hasApology('So sorry about that!', { role: 'bot' }), true);
  assert.equal(care.hasApology('So sorry about that!', { role: 'system' }), false);
});

test('what does not count is told with the reason', () => {
  const text = 'I am not sorry about the wait.';
  assert.equal(care.hasApology(text), false);
  const candidates = care.suppressed(text);
  assert.ok(candidates.length);
  for (const candidate of candidates) {
    assert.equal(typeof candidate.reason, 'string');
    assert.equal(text.slice(candidate.start, candidate.end), candidate.text);
  }
  assert.deepEqual(care.suppressed('Hello.'), []);
});

test('results are the caller’s own and do not change with the next call', () => {
  const first = care.analyze('I am so sorry about the wait.');
  const copy = structuredClone(first);
  care.analyze('I understand how upsetting this is. '.repeat(50));
  assert.deepEqual(first, copy);
});

test('many findings make the array grow', () => {
  const text = 'I am so sorry about the wait. '.repeat(3000);
  const findings = care.analyze(text);
  assert.equal(findings.length, 3000);
  for (const finding of findings) assert.equal(text.slice(finding.start, finding.end), finding.text);
  assert.equal(care.analyze('I am so sorry about the wait.').length, 1);
});

test('the names of roles and channels are there', () => {
  assert.deepEqual(care.roles, ['agent', 'customer', 'bot', 'system', 'leader', 'staff']);
  assert.deepEqual(care.channels, ['unknown', 'call', 'chat', 'email', 'social', 'survey', 'review']);
  assert.throws(() => care.roles.push('king'), TypeError);
});

test('ES modules import the same names', async () => {
  const module = await import('libcare');
  for (const name of Object.keys(care)) assert.equal(module[name], care[name], name);
  assert.deepEqual(Object.keys(module).filter((name) => name !== 'default').sort(), Object.keys(care).sort());
  assert.equal(module.default, care);
});
