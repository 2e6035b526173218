'use strict';
/* Worker threads: each has its own of everything; one that is terminated in the middle of a call takes nothing with it. */

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
const care = require('libcare');

const texts = ['I am so sorry about the wait.', 'I understand how frustrating this is.', 'It was fine. 😀', 'Your parcel leaves tomorrow.'];

/* What a worker does for ever, until it is terminated. */
async function work(kind) {
  const many = Array.from({ length: 500 }, (_, i) => texts[i % texts.length]);
  for (;;) {
    if (kind === 'single') for (const text of many) care.analyze(text);
    if (kind === 'batch') care.analyzeBatch(many, { evidence: true }).toArray();
    if (kind === 'later') await Promise.all([care.analyzeBatchAsync(many), care.analyzeBatchAsync(many)]);
    if (kind === 'objects') {
      for (let i = 0; i < 50; i++) {
        const conversation = new care.Conversation(new care.Analyzer(care.Pack.english()));
        conversation.feed(texts[i % texts.length]);
        try {
          care.analyze(null);
        } catch (error) {
          if (!(error instanceof TypeError)) throw error;
        }
      }
    }
    parentPort.postMessage('round');
    await new Promise(setImmediate);
  }
}

if (!isMainThread) {
  if (workerData === 'once') parentPort.postMessage(texts.map((text) => care.analyze(text)));
  else work(workerData);
} else {
  const start = (kind) => new Worker(__filename, { workerData: kind });
  const event = (worker, name) =>
    new Promise((resolve, reject) => {
      worker.once(name, resolve);
      worker.once('error', reject);
    });

  test('workers find what the main thread finds', async () => {
    const expected = texts.map((text) => care.analyze(text));
    const workers = Array.from({ length: 8 }, () => start('once'));
    for (const found of await Promise.all(workers.map((worker) => event(worker, 'message')))) assert.deepEqual(found, expected);
    await Promise.all(workers.map((worker) => worker.terminate()));
  });

  const rounds = Number(process.env.LIBCARE_ROUNDS) || 200;

  test(`${rounds} rounds of workers terminated in the middle of a call`, async () => {
    const kinds = ['single', 'batch', 'later', 'objects'];
    for (let round = 0; round < rounds; round++) {
      const workers = [start(kinds[round % 4]), start(kinds[(round + 1) % 4])];
      await Promise.all(workers.map((worker) => event(worker, 'message')));
      await new Promise((resolve) => setTimeout(resolve, round % 5));
      await Promise.all(workers.map((worker) => worker.terminate()));
      assert.equal(care.hasApology(texts[0]), true);
    }
  });

  test('workers terminated while they load', async () => {
    for (let round = 0; round < 20; round++) {
      const worker = start('single');
      await new Promise((resolve) => setTimeout(resolve, round));
      await worker.terminate();
    }
    assert.equal(care.hasApology(texts[0]), true);
  });
}
