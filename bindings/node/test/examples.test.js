'use strict';
/* The examples run, and do what they are there to show. */

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');

/* A copy beside which the package stands, as npm would put it. */
const scratch = path.join(process.env.LIBCARE_PREBUILD, 'examples');
fs.rmSync(scratch, { recursive: true, force: true });
fs.cpSync(path.join(__dirname, '../../../examples/node'), scratch, { recursive: true });
fs.mkdirSync(path.join(scratch, 'node_modules'), { recursive: true });
fs.symlinkSync(path.join(__dirname, '..'), path.join(scratch, 'node_modules/libcare'));

const chat = (args, input) => spawnSync(process.execPath, ['chat-bot.js', ...args], { cwd: scratch, input, encoding: 'utf8', timeout: 30000 });

test('the bot does not send what it should not', () => {
  const { status, stdout, stderr } = chat([]);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /not sent: That is our policy/);
  assert.match(stdout, /is excuse\.policy/);
  assert.match(stdout, /^bot {7}I am so sorry that it arrived broken/m);
  assert.match(stdout, /^bot {7}I understand how frustrating/m);
  assert.match(stdout, /^bot {7}Thank you for telling me/m);
});

test('it answers what is written to it', () => {
  const { status, stdout } = chat(['--chat'], 'Hello\nWhere is my parcel?\n');
  assert.equal(status, 0);
  assert.equal(stdout.match(/^bot /gm).length, 2);
});
