'use strict';
/* Bad input has a stated answer, and never a crash. */

const assert = require('node:assert/strict');
const { fork } = require('node:child_process');
const { test } = require('node:test');
const care = require('libcare');
const native = require('../lib/native.js');

const careError = (code, pattern) => (error) => {
  assert.ok(error instanceof care.CareError, `${error.name}: ${error.message}`);
  assert.ok(error instanceof Error);
  assert.equal(error.name, 'CareError');
  assert.equal(error.code, code);
  if (pattern) assert.match(error.message, pattern);
  return true;
};
const typeError = (pattern) => (error) => {
  assert.ok(error instanceof TypeError && !(error instanceof care.CareError), `${error.name}: ${error.message}`);
  assert.match(error.message, pattern);
  return true;
};

const notTexts = [undefined, null, NaN, 0, 7, true, 10n, Symbol('text'), {}, [], ['Sorry'], () => 'Sorry', new String('Sorry'), Buffer.from('Sorry')];

test('what is no string is a TypeError that names the argument', () => {
  const conversation = new care.Conversation();
  for (const value of notTexts) {
    for (const ask of [care.hasApology, care.hasExcuse, care.hasEmpathy, care.isTepid, care.analyze, care.suppressed]) {
      assert.throws(() => ask(value), typeError(/^text must be a string, not /));
      assert.throws(() => ask(value, {}), typeError(/^text must be a string, not /));
    }
    for (const method of ['feed', 'preview', 'suppressed']) {
      assert.throws(() => conversation[method](value), typeError(/^text must be a string, not /));
    }
    if (value !== undefined && value !== null) {
      assert.throws(() => care.analyze('Fine.', { previous: value }), typeError(/^previous must be a string, not /));
      assert.throws(() => care.isTepid('Fine.', { question: value }), typeError(/^question must be a string, not /));
    }
    assert.throws(() => care.analyzeBatch(['Fine.', value]), typeError(/^texts\[1\] must be a string, not /));
  }
  assert.equal(conversation.length, 0);
  assert.throws(() => care.analyze(null), /not null$/);
  assert.throws(() => care.analyze(NaN), /not NaN$/);
  assert.throws(() => care.analyze(undefined), /not undefined$/);
  assert.throws(() => care.analyze(), /not undefined$/);
});

test('a list or bytes in place of a text are called so', () => {
  const kinds = [[['x'], 'an array'], [Buffer.from('x'), 'a Buffer'], [new Uint8Array(1), 'a typed array'], [{}, 'an object']];
  for (const [value, kind] of kinds) {
    const pattern = (argument) => typeError(new RegExp(`^${argument} must be a string, not ${kind}$`));
    assert.throws(() => care.analyze(value), pattern('text'));
    assert.throws(() => care.analyze('x', { previous: value }), pattern('previous'));
    assert.throws(() => care.isTepid('x', { question: value }), pattern('question'));
    assert.throws(() => new care.Conversation().feed(value), pattern('text'));
    assert.throws(() => care.analyzeBatch([value]), pattern('texts\\[0\\]'));
  }
});

test('a batch that is no list is a TypeError', async () => {
  for (const value of [undefined, null, NaN, 7, 'Sorry', {}, () => []]) {
    assert.throws(() => care.analyzeBatch(value), typeError(/^texts must be an array or another iterable object, not /));
    await assert.rejects(care.analyzeBatchAsync(value), typeError(/^texts must be/));
  }
  await assert.rejects(care.analyzeBatchAsync(['a', null]), typeError(/^texts\[1\] must be a string, not null$/));
  assert.throws(() => care.analyzeBatch(['a', , 'b']), typeError(/^texts\[1\] must be a string, not undefined$/));
});

test('roles and channels that there are not, and options that are none', () => {
  assert.throws(() => care.analyze('x', { role: 'king' }), careError('argument', /'king'.*agent, customer, bot/));
  assert.throws(() => care.analyze('x', { channel: 'pigeon' }), careError('argument', /'pigeon'.*unknown, call, chat/));
  assert.throws(() => care.analyze('x', { role: 3 }), typeError(/^role must be a string, not a number$/));
  assert.throws(() => care.analyze('x', 'customer'), typeError(/^options must be an object, not a string$/));
  assert.throws(() => care.analyze('x', null), typeError(/^options must be an object, not null$/));
  assert.throws(() => care.analyzeBatch(['x', 'y'], { roles: ['agent', 'king'] }), careError('argument', /'king'/));
  assert.throws(() => care.analyzeBatch(['x'], { roles: 3 }), typeError(/^roles must be/));
});

test('a role or channel of a batch that is none is told with its place', async () => {
  const texts = new Array(5000).fill('x');
  const at = (usual, value) => texts.map((_, i) => (i === 4711 ? value : usual));
  for (const batch of [async (...given) => care.analyzeBatch(...given), care.analyzeBatchAsync]) {
    const refuses = (options, pattern) => assert.rejects(batch(texts, options), pattern);
    await refuses({ roles: at('agent', 'manager') }, careError('argument', /^roles\[4711\]: 'manager' is no role; there are agent, /));
    await refuses({ channels: at('chat', 'pigeon') }, careError('argument', /^channels\[4711\]: 'pigeon' is no channel; there are /));
    await refuses({ roles: 'manager' }, careError('argument', /^roles: 'manager' is no role; there are agent/));
    await refuses({ channels: 'pigeon' }, careError('argument', /^channels: 'pigeon' is no channel; there are unknown/));
    await refuses({ roles: at('agent', 7) }, typeError(/^roles\[4711\] must be a string, not a number$/));
    await refuses({ channels: at('chat', 7) }, typeError(/^channels\[4711\] must be a string, not a number$/));
    await refuses({ roles: at('agent', null) }, typeError(/^roles\[4711\] must be a string, not null$/));
    await refuses({ roles: at('agent', undefined) }, typeError(/^roles\[4711\] must be a string, not undefined$/));
    assert.equal((await batch(texts, { roles: null, channels: at('chat', null) })).length, 5000);
  }
  assert.throws(() => care.analyze('x', { role: 'king' }), careError('argument', /^role: 'king' is no role; there are agent/));
});

test('an option that a call has not is refused by name', async () => {
  const conversation = new care.Conversation();
  const analyzer = new care.Analyzer();
  const { Pack } = care;
  const turn = 'role, channel';
  const text = `${turn}, previous`;
  const batch = 'roles, channels, conversations, evidence';
  const calls = [
    ...['hasApology', 'hasExcuse', 'hasEmpathy', 'analyze', 'suppressed'].map((name) => [name, text, care[name]]),
    ['isTepid', `${turn}, question`, care.isTepid],
    ['analyzeBatch', batch, (_, options) => care.analyzeBatch(['x'], options)],
    ['analyzeBatch', batch, (_, options) => analyzer.analyzeBatch([], options)],
    ...['feed', 'preview', 'suppressed'].map((name) => [name, turn, (...given) => conversation[name](...given)]),
    ['Pack.compile', 'base, file', (_, options) => Pack.compile('pack x 1', options)],
  ];
  for (const [name, keys, call] of calls) {
    for (const key of ['rol', 'Role', '0', '', 'toString', '__proto__', 'constructor']) {
      const options = JSON.parse(`{"${key}": null}`);
      const message = `${name} has no option '${key}'; it has ${keys}`;
      assert.throws(() => call('x', options), (error) => careError('argument')(error) && error.message === message, message);
    }
    assert.throws(() => call('x', ['customer']), typeError(/^options must be an object, not an array$/));
    call('x', {});
    call('x', Object.create({ inherited: 1 }));
    call('x', undefined);
  }
  assert.equal(conversation.length, 3);
  assert.throws(() => care.analyzeBatch(['x'], { role: 'customer' }), careError('argument', /^analyzeBatch has no option 'role'; it has roles, /));
  assert.throws(() => care.analyzeBatch(['x'], { signal: null }), careError('argument', /'signal'/));
  assert.throws(() => care.isTepid('Fine.', { previous: 'How was it?' }), careError('argument', /^isTepid has no option 'previous'; .*question$/));
  assert.throws(() => care.analyze('Fine.', { question: 'How was it?' }), careError('argument', /^analyze has no option 'question'; .*previous$/));
  const refused = careError('argument', /^analyzeBatchAsync has no option 'role'; it has roles, channels, conversations, evidence, signal$/);
  await assert.rejects(care.analyzeBatchAsync(['x'], { role: 'customer' }), refused);
});

test('options of a batch that are of another type', async () => {
  for (const batch of [async (...given) => care.analyzeBatch(...given), care.analyzeBatchAsync]) {
    for (const evidence of ['no', 0, 1, {}]) await assert.rejects(batch(['x'], { evidence }), typeError(/^evidence must be a boolean, not /));
    for (const evidence of [true, false, undefined, null]) await batch(['x'], { evidence });
    await assert.rejects(batch(['x', 'y'], { conversations: 'ab' }), typeError(/^conversations must be an array or .*, not a string$/));
    await assert.rejects(batch(['x', 'y'], { conversations: 7 }), typeError(/^conversations must be an array or .*, not a number$/));
  }
});

test('lengths that do not match are told, both', async () => {
  for (const name of ['roles', 'channels', 'conversations']) {
    const pattern = new RegExp(`^${name} has 1 entries for 3 texts$`);
    assert.throws(() => care.analyzeBatch(['a', 'b', 'c'], { [name]: ['agent'] }), careError('argument', pattern));
    await assert.rejects(care.analyzeBatchAsync(['a', 'b', 'c'], { [name]: ['agent'] }), careError('argument', pattern));
  }
});

test('a million empty strings', () => {
  const result = care.analyzeBatch(new Array(1e6).fill(''));
  assert.equal(result.length, 1e6);
  assert.equal(result.findingCount, 0);
  assert.deepEqual(result.at(999999), []);
  assert.deepEqual(care.analyze(''), []);
  assert.equal(care.hasApology(''), false);
  assert.equal(care.analyzeBatch([]).length, 0);
});

test('strings of 10 MB', () => {
  const filler = 'The parcel leaves the house tomorrow at nine. ';
  for (const letter of ['', 'é', '😀']) {
    const text = `${letter}${filler.repeat(Math.ceil(1e7 / filler.length))}I am so sorry about the wait.`;
    const findings = care.analyze(text).filter((finding) => finding.signal === 'apology.regret');
    assert.equal(findings.length, 1);
    assert.equal(text.slice(findings[0].start, findings[0].end), findings[0].text);
    assert.deepEqual(care.analyzeBatch([text, 'I am so sorry about the wait.']).at(1).length, 1);
  }
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 3; i++) care.analyze('x '.repeat(5e6));
  assert.ok(process.memoryUsage().rss < before + 300e6);
});

test('lone surrogates separate words', () => {
  for (const surrogate of ['\ud800', '\udc00', '\udc00\ud800']) {
    const text = `${surrogate} I am so sorry about the wait${surrogate}`;
    const [finding] = care.analyze(text);
    assert.equal(text.slice(finding.start, finding.end), finding.text);
    assert.equal(care.hasApology(`I am so sor${surrogate}ry.`), false);
    assert.deepEqual(care.analyzeBatch([surrogate, text, '\udc00']).at(1)[0].start, finding.start);
  }
  assert.equal(care.analyzeBatch(['sorry \ud83d', '\ude00 sorry']).length, 2);
});

test('a pack from elsewhere', () => {
  const other = care.Pack.english();
  for (const value of [undefined, null, 7, 'english', {}, care.Pack, Object.create(care.Pack.prototype), new care.Analyzer()]) {
    if (value !== undefined) assert.throws(() => new care.Analyzer(value), typeError(/^pack must be a Pack, not /));
    assert.throws(() => care.Pack.compose(value, other), typeError(/^base must be a Pack, not /));
  }
  for (const value of [null, 7, care.Pack.english()]) assert.throws(() => new care.Conversation(value), typeError(/^analyzer must be an Analyzer, not /));
  for (const bytes of [Buffer.alloc(0), Buffer.from('no pack'), Buffer.alloc(4096), care.Pack.english().toBytes().subarray(0, 100000)]) {
    assert.throws(() => care.Pack.load(bytes), careError('corrupt'));
  }
  const altered = Buffer.from(care.Pack.english().toBytes());
  altered[altered.length >> 1] ^= 1;
  assert.throws(() => care.Pack.load(altered), careError('corrupt'));
  for (const value of [undefined, null, 'pack', 7, {}]) assert.throws(() => care.Pack.load(value), typeError(/^bytes must be/));
});

test('use after close', () => {
  const pack = care.Pack.load(care.Pack.english().toBytes());
  const analyzer = new care.Analyzer(pack);
  const conversation = new care.Conversation(analyzer);
  conversation.feed('Hello.');
  pack.close();
  pack.close();
  assert.throws(() => new care.Analyzer(pack), careError('state', /^this Pack was closed$/));
  assert.throws(() => pack.toBytes(), careError('state'));
  assert.throws(() => pack.signals, careError('state'));
  assert.equal(pack.name, 'en');
  assert.equal(analyzer.hasApology('I am so sorry.'), true, 'an analyzer outlives its pack');
  new care.Conversation(analyzer).close();
  care.Pack.english().close();
  assert.ok(care.Pack.english().signals.length, 'the English pack is the library’s and stays');
  analyzer.close();
  analyzer.close();
  assert.throws(() => analyzer.analyze('x'), careError('state', /^this Analyzer was closed$/));
  assert.throws(() => analyzer.hasApology('x'), careError('state'));
  assert.throws(() => analyzer.analyzeBatch(['x']), careError('state'));
  assert.throws(() => conversation.feed('x'), careError('state', /^this Analyzer was closed$/));
  conversation.close();
  conversation.close();
  const open = new care.Conversation();
  open.close();
  assert.throws(() => open.feed('x'), careError('state', /^this Conversation was closed$/));
  assert.throws(() => open.preview('x'), careError('state', /^this Conversation was closed$/));
});

test('closing while works run ends them well', async () => {
  const analyzer = new care.Analyzer();
  const promise = analyzer.analyzeBatchAsync(new Array(100000).fill('I am so sorry about the wait.'));
  analyzer.close();
  await assert.rejects(promise, careError('state'));
});

test('handles of another kind, and closed ones, are no crash in the addon either', () => {
  const pack = native.pack_english();
  const analyzer = native.analyzers_new(pack);
  const conversation = native.conversation_new(analyzer);
  for (const wrong of [pack, conversation, {}, null, 7, undefined]) {
    assert.throws(() => native.analyze_text(wrong, 0, 'x'), typeError(/^analyzer must be an Analyzer/));
    assert.throws(() => native.analyze_later(wrong, 0, 'x', new Int32Array(2)), typeError(/^analyzer must be an Analyzer/));
  }
  for (const wrong of [conversation, {}, null, 7]) assert.throws(() => native.pack_get_info(wrong), typeError(/^pack must be a Pack/));
  assert.throws(() => native.close({}), typeError(/^handle must be/));
  assert.throws(() => native.analyze_text(analyzer, null, 'x'), typeError(/^how must be a number, not null/));
  assert.throws(() => native.analyze_text(analyzer, 77 << 8, 'x'), careError('argument'));
  assert.throws(() => native.analyze_batch(analyzer, 0, 'abc', new Int32Array([2, 0])), careError('argument'));
  assert.throws(() => native.analyze_batch(analyzer, 0, 'abc', new Int32Array([2, 0, -1, 0])), careError('argument'));
  assert.throws(() => native.analyze_batch(analyzer, 0, 'abc', new Int32Array([3])), typeError(/^columns must be/));
  assert.throws(() => native.analyze_batch(analyzer, 0, 'abc', [3, 0]), typeError(/^columns must be/));
  assert.throws(() => native.analyze_later(analyzer, 0, 'abc', new Int32Array([2, 0])), careError('argument'));
});

test('a process forked after the addon was loaded', async () => {
  assert.equal(care.hasApology('I am so sorry.'), true);
  const child = fork(__filename, ['child'], { execArgv: [] });
  const answer = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`exit ${code}`)));
  });
  assert.equal(answer, true);
});

if (process.argv[2] === 'child') {
  process.send(care.hasApology('I am so sorry.'), () => process.exit(0));
}
