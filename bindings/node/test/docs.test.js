'use strict';
/* The examples of index.d.ts and README.md run, and give what they say behind the arrows. Every public name has one. */

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const { isDeepStrictEqual } = require('node:util');
const care = require('libcare');
const native = require('../lib/native.js');

const read = (file) => fs.readFileSync(path.join(__dirname, '..', file), 'utf8');
const AsyncFunction = (async () => {}).constructor;

/* Code between ```js fences, with the line it begins at; the stars of comments taken off. */
function examples(file) {
  const found = [];
  let code = null;
  read(file)
    .split('\n')
    .forEach((line, i) => {
      const bare = file.endsWith('.d.ts') ? line.replace(/^\s*\* ?/, '') : line;
      if (/^```js$/.test(bare)) code = { line: i + 1, text: '' };
      else if (/^```$/.test(bare) && code) {
        found.push(code);
        code = null;
      } else if (code) code.text += `${bare}\n`;
    });
  return found;
}

/* `expression; // → value` becomes a check. */
function checked(text) {
  return text
    .replace(/^import (\w+), \{([^}]*)\} from 'libcare';$/m, "const $1 = require('libcare'); const {$2} = $1;")
    .replace(/^import (\w+) from '([\w:]+)';$/gm, "const $1 = require('$2');")
    .replace(/^import \{([^}]*)\} from '([\w:]+)';$/gm, "const {$1} = require('$2');")
    .replace(/^( *(?:for \([^;)]*\) )?)(.*); \/\/ → (.*)$/gm, (_, before, expression, value) => `${before}check((${expression}), (${value}), ${JSON.stringify(expression)});`);
}

for (const file of ['index.d.ts', 'README.md']) {
  for (const { line, text } of examples(file)) {
    test(`${file}:${line}`, async () => {
      let checks = 0;
      const check = (found, expected, expression) => {
        checks++;
        assert.ok(isDeepStrictEqual(found, expected), `${expression} gives ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
      };
      const code = checked(text);
      const quiet = { log() {}, table() {} };
      const own = /\bcare = require/.test(code) ? [] : ['care'];
      await new AsyncFunction('check', 'require', 'console', ...own, `'use strict';\n${code}`)(check, require, quiet, care);
      assert.equal(checks >= (text.match(/→/g) || []).length, true, 'every arrow was checked');
    });
  }
}

test('every public name is documented with an example', () => {
  const types = read('index.d.ts');
  for (const name of Object.keys(care)) {
    const at = types.search(new RegExp(`^export (function|const|class) ${name}\\b`, 'm'));
    assert.ok(at > 0, name);
    const comment = types.slice(types.lastIndexOf('/**', at), at);
    assert.match(comment, /@example/, name);
  }
});

test('the types name the roles and channels that there are', () => {
  const types = read('index.d.ts');
  for (const [type, names] of [['Role', care.roles], ['Channel', care.channels]]) {
    const [, union] = types.match(new RegExp(`export type ${type} = ([^;]*);`));
    assert.deepEqual(union.split('|').map((one) => one.trim().slice(1, -1)), [...names]);
  }
});

test('the types name the members that there are', () => {
  const types = read('index.d.ts');
  for (const name of ['Analyzer', 'Pack', 'Conversation', 'Batch']) {
    const [, body] = types.match(new RegExp(`^export class ${name} .*?\\{\n([^]*?)^\\}`, 'm'));
    const typed = new Set([...body.matchAll(/^  (?:static |readonly )*(\w+)[(:]/gm)].map((match) => match[1]));
    const there = [...Object.getOwnPropertyNames(care[name].prototype), ...Object.getOwnPropertyNames(care[name])].filter(
      (member) => !['constructor', 'length', 'name', 'prototype', 'handleOf', 'namesOf', 'partsOf', 'make'].includes(member),
    );
    for (const member of there) assert.ok(typed.has(member), `${name}.${member}`);
  }
});

test('the types name the reasons that there are', () => {
  const pack = native.pack_english();
  const there = [];
  for (let i = 1, name; i < 16 && (name = native.pack_reason_name(pack, i)); i++) there.push(name);
  const [, comment] = read('index.d.ts').match(/interface Suppressed [^]*?\/\*\*([^]*?)\*\//);
  const [context, ...named] = [...comment.matchAll(/`"(\w+)"`/g)].map((match) => match[1]);
  assert.deepEqual(named, there);
  assert.ok(care.Pack.english().contexts.includes(context));
});

test('the documents install the package that is made', () => {
  const { version } = require('../package.json');
  const tarball = `build/release/bindings/node/package/libcare-${version}.tgz`;
  const examples = '../../examples/node';
  assert.ok(read('README.md').includes(`/${tarball}\n`));
  assert.equal(JSON.parse(read(`${examples}/package.json`)).dependencies.libcare, `file:../../${tarball}`);
  const commands = (file) => read(file).match(/^ {4}(script\/setup|cmake) .*$/gm);
  assert.equal(commands('README.md').length, 3);
  assert.deepEqual(commands(`${examples}/README.md`), commands('README.md'));
});
