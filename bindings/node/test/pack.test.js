'use strict';
/* Packs: made, read, layered. */

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const care = require('libcare');

const packs = path.join(__dirname, '../../../tests/packs');
const source = (file) => ({ file, text: fs.readFileSync(path.join(packs, file), 'utf8') });

const shop = `pack shop 1
family shop  by agent  counts for
signal shop.greeting  "a welcome to the shop"
    say 80  welcome to [our] shop
    yes     Welcome to our shop!
`;

test('English says what it is', () => {
  const pack = care.Pack.english();
  assert.equal(pack.name, 'en');
  assert.equal(typeof pack.version, 'string');
  assert.match(pack.fingerprint, /^[0-9a-f]{16}$/);
  assert.equal(pack.info.signalCount, pack.signals.length);
  assert.equal(pack.info.ruleCount, pack.rules.length);
  assert.equal(pack.info.contextCount, pack.contexts.length);
  assert.deepEqual(pack.notes, []);
  const regret = pack.signals.find((signal) => signal.id === 'apology.regret');
  assert.deepEqual(Object.keys(regret), ['id', 'meaning', 'pillar', 'polarity', 'threshold', 'roles', 'drops', 'draft', 'conversation']);
  assert.ok(regret.roles.includes('agent') && !regret.roles.includes('customer'));
  assert.equal(regret.polarity, 1);
  const rule = pack.rules.find((one) => one.signal === 'apology.regret');
  assert.deepEqual(Object.keys(rule), ['name', 'signal', 'weight', 'text', 'file', 'line']);
  assert.ok(rule.line > 0 && rule.file.endsWith('.care') && rule.text.length > 0);
});

test('bytes and back', () => {
  const toy = care.Pack.compile([source('toy_en.care')]);
  const bytes = toy.toBytes();
  assert.ok(bytes instanceof Buffer);
  const arrayBuffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  for (const form of [bytes, new Uint8Array(bytes), arrayBuffer, new DataView(arrayBuffer)]) {
    const again = care.Pack.load(form);
    assert.equal(again.fingerprint, toy.fingerprint);
    assert.deepEqual(again.signals, toy.signals);
  }
  bytes.fill(0);
  assert.notDeepEqual(toy.toBytes(), bytes, 'the bytes are a copy');
});

test('a layer on top, compiled or composed', () => {
  const base = care.Pack.compile([source('toy_en.care')]);
  const layered = care.Pack.compile([source('toy_layer.care')], { base });
  assert.equal(layered.name, 'toy-layer');
  assert.equal(layered.info.layerCount, 2);
  assert.equal(care.Pack.compose(base, layered).fingerprint, layered.fingerprint);
  assert.equal(care.Pack.compose(base), base);
  const english = care.Pack.compile(shop, { base: care.Pack.english(), file: 'shop.care' });
  const finding = new care.Analyzer(english).analyze('Hello and welcome to our shop!').find((one) => one.signal === 'shop.greeting');
  assert.equal(english.rules.find((rule) => rule.name === finding.rule).file, 'shop.care');
});

test('every problem of a text is told', () => {
  const text = 'pack broken 1\nnonsense here\nmore nonsense\n';
  const check = (file) => (error) => {
    assert.ok(error instanceof care.CareError);
    assert.equal(error.code, 'syntax');
    assert.equal(error.file, file);
    assert.equal(error.line, 2);
    assert.equal(error.column, 1);
    assert.ok(error.message.startsWith(`${file}:2:1: `));
    assert.ok(error.problems.length >= 2);
    assert.deepEqual(Object.keys(error.problems[0]), ['severity', 'code', 'file', 'line', 'column', 'message']);
    assert.equal(error.problems[0].severity, 'error');
    assert.equal(error.problems[0].code, 'syntax');
    return true;
  };
  assert.throws(() => care.Pack.compile(text), check('pack.care'));
  assert.throws(() => care.Pack.compile(text, { file: 'mine.care' }), check('mine.care'));
  assert.throws(() => care.Pack.compile([{ file: 'a.care', text }]), check('a.care'));
});

test('an example that does not hold', () => {
  assert.throws(() => care.Pack.compile(shop.replace('Welcome to our shop!', 'Good bye!'), { base: care.Pack.english() }), { code: 'example', line: 5 });
});

test('notes come with a pack that compiles', () => {
  const noted = care.Pack.compile(`${shop}    no      Good bye!\n`, { base: care.Pack.english() });
  for (const note of noted.notes) assert.equal(note.severity, 'note');
  assert.ok(Object.isFrozen(noted.notes));
});

test('wrong arguments', () => {
  for (const value of [undefined, null, 7, {}]) assert.throws(() => care.Pack.compile(value), TypeError);
  assert.throws(() => care.Pack.compile([7]), /^TypeError: sources\[0\] must be an object/);
  assert.throws(() => care.Pack.compile([{ text: 'x' }]), /^TypeError: sources\[0\]\.file must be a string/);
  assert.throws(() => care.Pack.compile([{ file: 'x' }]), /^TypeError: sources\[0\]\.text must be a string/);
  assert.throws(() => care.Pack.compile([]), { code: 'argument' });
  assert.throws(() => care.Pack.compile('', { base: 7 }), /^TypeError: base must be a Pack/);
  assert.throws(() => new care.Pack(), TypeError);
  assert.throws(() => new care.Batch(), TypeError);
});
