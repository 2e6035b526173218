'use strict';
/* Dropped objects give their memory back. */

const assert = require('node:assert/strict');
const { test } = require('node:test');
const care = require('libcare');

const settle = async () => {
  for (let i = 0; i < 5; i++) {
    global.gc();
    await new Promise(setImmediate);
  }
};

const megabytes = () => process.memoryUsage().rss / 1e6;

async function grows(rounds, step) {
  await step();
  await settle();
  const before = megabytes();
  for (let i = 0; i < rounds; i++) await step();
  await settle();
  return megabytes() - before;
}

test('the collector knows what handles hold, and hurries', async () => {
  const bytes = care.Pack.english().toBytes();
  await settle();
  const before = megabytes();
  let most = 0;
  for (let i = 0; i < 150; i++) {
    care.Pack.load(bytes);
    await new Promise(setImmediate);
    most = Math.max(most, megabytes() - before);
  }
  assert.ok(most < (75 * bytes.length) / 1e6, `${most} MB at once, for packs of ${bytes.length} bytes`);
});

test('100,000 conversations opened and dropped', async () => {
  const analyzer = new care.Analyzer();
  const step = async () => {
    for (let i = 0; i < 10000; i++) new care.Conversation(analyzer).feed('I am so sorry about the wait.');
    await new Promise(setImmediate);
  };
  const growth = await grows(10, step);
  assert.ok(growth < 60, `${growth} MB more`);
});

test('100,000 conversations opened and closed', async () => {
  const analyzer = new care.Analyzer();
  const step = async () => {
    for (let i = 0; i < 10000; i++) {
      const conversation = new care.Conversation(analyzer);
      conversation.feed('I am so sorry about the wait.');
      conversation.close();
    }
    await new Promise(setImmediate);
  };
  const growth = await grows(10, step);
  assert.ok(growth < 60, `${growth} MB more`);
});

test('packs and analyzers dropped', async () => {
  const bytes = care.Pack.english().toBytes();
  const step = async () => {
    for (let i = 0; i < 10; i++) new care.Analyzer(care.Pack.load(bytes)).analyze('I am so sorry about the wait.');
    await settle();
  };
  const growth = await grows(10, step);
  assert.ok(growth < 100, `${growth} MB more`);
});

test('batches dropped', async () => {
  const texts = Array.from({ length: 20000 }, (_, i) => `I am so sorry about the wait ${i}.`);
  const growth = await grows(20, async () => {
    care.analyzeBatch(texts, { evidence: true });
    await care.analyzeBatchAsync(texts, { evidence: true });
  });
  assert.ok(growth < 100, `${growth} MB more`);
});

test('errors keep nothing', async () => {
  const conversation = new care.Conversation();
  const growth = await grows(5, async () => {
    for (let i = 0; i < 20000; i++) {
      assert.throws(() => care.analyze(null), TypeError);
      assert.throws(() => conversation.feed(7), TypeError);
    }
  });
  assert.ok(growth < 60, `${growth} MB more`);
});
