'use strict';
/* The data that C, Python and Node share: turns in, findings out. Each line is asked in every way that it fits. */

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const care = require('libcare');

const tests = path.join(__dirname, '../../../tests');
const folder = path.join(tests, 'conformance');
const cases = fs
  .readdirSync(folder)
  .filter((file) => file.endsWith('.jsonl'))
  .flatMap((file) => fs.readFileSync(path.join(folder, file), 'utf8').split('\n').filter(Boolean))
  .map((line) => JSON.parse(line));

const analyzers = new Map();

function analyzerOf(pack) {
  const key = String(pack);
  if (!analyzers.has(key)) {
    let made = null;
    if (pack === 'english') made = care.Pack.english();
    else for (const file of pack) made = care.Pack.compile([{ file, text: fs.readFileSync(path.join(tests, 'packs', file), 'utf8') }], { base: made });
    analyzers.set(key, new care.Analyzer(made));
  }
  return analyzers.get(key);
}

const textOf = (turn) => turn.text ?? String.fromCharCode(...turn.utf16);

/* A finding as the data has it, and as the binding gives it, in the same shape. */
const place = ({ start, end }) => [start.utf16 ?? start, end.utf16 ?? end];
const shape = ({ turn, signal, rule, confidence, degree, slots, evidence, ...rest }) => ({
  turn,
  signal,
  rule,
  confidence,
  degree,
  place: place(rest),
  slots: slots.map((slot) => ({ slot: slot.slot, place: place(slot) })),
  evidence: evidence.map((one) => ({ rule: one.rule, turn: one.turn, weight: one.weight, place: place(one) })),
});

function checkTexts(findings, texts) {
  for (const { turn, start, end, text, slots, evidence } of findings) {
    assert.equal(text, texts[turn].slice(start, end));
    for (const slot of slots) assert.equal(slot.text, texts[turn].slice(slot.start, slot.end));
    for (const one of evidence) if (one.text !== null) assert.equal(one.text, texts[one.turn].slice(one.start, one.end));
  }
}

assert.ok(cases.length > 30, 'the data is there');

for (const { name, pack, turns, findings } of cases) {
  const expected = findings.map(shape);
  const texts = turns.map(textOf);
  const analyzer = analyzerOf(pack);

  test(`${name}: as a conversation`, () => {
    const conversation = new care.Conversation(analyzer);
    const found = turns.flatMap((turn, i) => {
      const options = { role: turn.role, channel: turn.channel };
      const draft = conversation.preview(texts[i], options);
      const fed = conversation.feed(texts[i], options);
      assert.deepEqual(draft, fed);
      assert.equal(conversation.length, i + 1);
      return fed;
    });
    assert.deepEqual(found.map(shape), expected);
    checkTexts(found, texts);
    conversation.close();
  });

  test(`${name}: as a batch`, async () => {
    const options = {
      roles: turns.map((turn) => turn.role),
      channels: turns.map((turn) => turn.channel),
      conversations: turns.map(() => name),
      evidence: true,
    };
    const found = analyzer.analyzeBatch(texts, options).toArray().flat();
    assert.deepEqual(found.map(shape), expected);
    checkTexts(found, texts);
    assert.deepEqual((await analyzer.analyzeBatchAsync(texts, options)).toArray().flat(), found);
  });

  const [first, second] = turns;
  if (turns.length === 1) {
    test(`${name}: as one text`, () => {
      const found = analyzer.analyze(texts[0], { role: first.role, channel: first.channel });
      assert.deepEqual(found.map(shape), expected);
      checkTexts(found, texts);
    });
  }
  const otherSide = second && (second.role === 'customer' ? 'agent' : 'customer');
  if (turns.length === 2 && first.role === otherSide && first.channel === second.channel) {
    test(`${name}: as one text and the one before`, () => {
      const found = analyzer.analyze(texts[1], { role: second.role, channel: second.channel, previous: texts[0] });
      assert.deepEqual(found.map(shape), expected.filter((finding) => finding.turn === 1));
      checkTexts(found, texts);
    });
  }
}
