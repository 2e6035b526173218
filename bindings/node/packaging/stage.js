'use strict';
/* Gathers the package as npm gets it:   node stage.js FOLDER WRAPPER.cpp ADDON.node
 *
 * The generated wrapper, the C library's sources and the compiled English pack are in it, so that a build needs neither SWIG nor
 * the rest of the repository. */

const fs = require('node:fs');
const path = require('node:path');

const [, , folder, wrapper, addon] = process.argv;
const here = path.join(__dirname, '..');
const root = path.join(here, '../..');

const copy = (from, to) => fs.cpSync(from, path.join(folder, to), { recursive: true, dereference: true });

fs.rmSync(folder, { recursive: true, force: true });
fs.mkdirSync(folder, { recursive: true });
for (const name of ['index.js', 'index.mjs', 'index.d.ts', 'index.d.mts', 'README.md', 'lib', 'native']) copy(path.join(here, name), name);
for (const name of ['binding.gyp', 'dependencies.js', 'english.js', 'install.js']) copy(path.join(__dirname, name), name);
for (const name of ['analyzers.h', 'calls.h']) copy(path.join(root, 'bindings/swig', name), `swig/${name}`);
copy(path.join(root, 'LICENSE'), 'LICENSE');
copy(path.join(root, 'bindings/python/LICENSES.txt'), 'LICENSES.txt'); // the addon carries the same libraries
copy(path.join(root, 'include'), 'core/include');
copy(path.join(root, 'src'), 'core/src');
fs.rmSync(path.join(folder, 'core/src/english_none.c'));
copy(wrapper, 'generated/care_wrap.cpp');

const native = { exports: {} };
process.dlopen(native, path.resolve(addon));
fs.writeFileSync(path.join(folder, 'generated/english.pack'), native.exports.pack_bytes(native.exports.pack_english()));

const manifest = JSON.parse(fs.readFileSync(path.join(here, 'package.json'), 'utf8'));
for (const name of manifest.bundleDependencies) copy(path.join(here, 'node_modules', name), `node_modules/${name}`);
delete manifest.devDependencies;
delete manifest.tsd;
delete manifest.private;
manifest.scripts = { install: 'node install.js' };
fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
