'use strict';
/* The addon itself: it speaks Node-API alone, shows nothing, and is of the library's version. */

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const care = require('libcare');

const addon = path.join(process.env.LIBCARE_PREBUILD, 'build/Release/care.node');
const symbols = execFileSync('nm', ['-D', '-C', addon], { encoding: 'utf8', maxBuffer: 1 << 26 }).split('\n');

test('no symbol of V8 or libuv is imported', () => {
  const imported = symbols.filter((line) => / [Uw] /.test(line)).map((line) => line.trim().slice(2));
  assert.ok(imported.some((name) => name.startsWith('napi_create_external')));
  assert.deepEqual(imported.filter((name) => /\bv8::|\bnode::|^uv_/.test(name)), []);
});

test('nothing but the entry is exported', () => {
  const exported = symbols.filter((line) => / [A-TV-Z] /.test(line)).map((line) => line.split(' ').pop());
  for (const name of exported) assert.match(name, /^(napi_register_module_v1|node_api_module_get_api_version_v1)$/);
});

test('utf8proc and stemmer are inside', () => {
  const needed = execFileSync('readelf', ['-d', addon], { encoding: 'utf8' });
  assert.doesNotMatch(needed, /utf8proc|stemmer|libcare/);
});

test('the version stands in one place', () => {
  const header = fs.readFileSync(path.join(__dirname, '../../../include/care/version.h'), 'utf8');
  const version = ['MAJOR', 'MINOR', 'PATCH'].map((part) => header.match(new RegExp(`CARE_VERSION_${part} (\\d+)`))[1]).join('.');
  const lock = require('../package-lock.json');
  assert.equal(require('libcare/package.json').version, version);
  assert.equal(lock.version, version);
  assert.equal(lock.packages[''].version, version);
  assert.equal(care.version, version);
});
