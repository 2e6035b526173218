'use strict';
/* The types: what they promise (tsd), and a user's modules that import them (tsc). */

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { test } = require('node:test');

const root = path.join(__dirname, '..');
const run = (program, args) => spawnSync(process.execPath, [path.join(root, 'node_modules', program), ...args], { cwd: root, encoding: 'utf8' });

test('tsd', () => {
  const done = run('tsd/dist/cli.js', ['--files', 'test/types/index.test-d.ts']);
  assert.equal(done.status, 0, done.stdout + done.stderr);
});

test('tsc over an ES module and a CommonJS module', () => {
  const done = run('typescript/bin/tsc', ['-p', 'test/types']);
  assert.equal(done.status, 0, done.stdout + done.stderr);
});
