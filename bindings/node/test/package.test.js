'use strict';
/* The package as npm gets it, installed in an empty project: built from source, and with the prebuilt addon where there is no
 * compiler. Neither has SWIG or a network. */

const assert = require('node:assert/strict');
const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');

const packaging = path.join(__dirname, '../packaging');
const built = process.env.LIBCARE_PREBUILD;
const scratch = path.join(built, 'package-test');
const staged = path.join(scratch, 'libcare');

const prefix = path.dirname(path.dirname(fs.realpathSync(process.execPath)));
const nodedir = [prefix, '/usr'].find((one) => fs.existsSync(path.join(one, 'include/node/node_api.h')));

/* Without what CTest set for the other tests, and where no registry answers. */
const environment = { ...process.env, npm_config_registry: 'http://127.0.0.1:9/', npm_config_offline: 'true', npm_config_nodedir: nodedir, JOBS: '2' };
for (const name of ['LIBCARE_PREBUILD', 'npm_config_build_from_source']) delete environment[name];

const run = (program, args, options) => execFileSync(program, args, { encoding: 'utf8', env: environment, maxBuffer: 1 << 26, ...options });

/* A folder of programs to be had, for PATH. */
function programs(name, list) {
  const folder = path.join(scratch, name);
  fs.mkdirSync(folder, { recursive: true });
  for (const program of list) fs.symlinkSync(run('sh', ['-c', `command -v ${program}`]).trim(), path.join(folder, program));
  return folder;
}

function project(name, tarball, options) {
  const folder = path.join(scratch, name);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), '{"name": "empty", "private": true}\n');
  run('npm', ['install', '--foreground-scripts', tarball], { cwd: folder, stdio: 'pipe', ...options });
  return folder;
}

function checkProject(folder) {
  const program = "const ok = care.hasApology('I am so sorry about the wait.') && care.analyze('x').length === 0; console.log(ok, care.version);";
  const expected = `true ${require('../package.json').version}\n`;
  assert.equal(run('node', ['-e', `const care = require('libcare'); ${program}`], { cwd: folder }), expected);
  assert.equal(run('node', ['--input-type=module', '-e', `import care, { analyze } from 'libcare'; analyze('x'); ${program}`], { cwd: folder }), expected);
}

test('the package is staged and packed', () => {
  fs.rmSync(scratch, { recursive: true, force: true });
  fs.mkdirSync(scratch, { recursive: true });
  run('node', [path.join(packaging, 'stage.js'), staged, path.join(built, 'generated/care_wrap.cpp'), path.join(built, 'build/Release/care.node')]);
  const list = JSON.parse(run('npm', ['pack', '--dry-run', '--json'], { cwd: staged }));
  const [{ files }] = Array.isArray(list) ? list : Object.values(list);
  const names = files.map((file) => file.path);
  for (const name of ['index.js', 'index.mjs', 'index.d.ts', 'index.d.mts', 'README.md', 'LICENSE', 'LICENSES.txt', 'generated/care_wrap.cpp', 'core/include/care/care.h']) {
    assert.ok(names.includes(name), name);
  }
  assert.deepEqual(names.filter((name) => /\.(i|map|test\.js|o)$/.test(name) && name !== 'native/exports.map'), []);
  const wrapper = fs.readFileSync(path.join(staged, 'generated/care_wrap.cpp'), 'utf8');
  assert.ok(!wrapper.includes(path.join(__dirname, '../../..')), 'no path of this machine');
});

test('installed in an empty project, it builds itself from source', () => {
  const tarball = path.join(staged, run('npm', ['pack', '--silent'], { cwd: staged }).trim().split('\n').pop());
  const folder = project('from-source', tarball, { env: { ...environment, npm_config_build_from_source: 'true' } });
  assert.ok(fs.existsSync(path.join(folder, 'node_modules/libcare/build/Release/care.node')));
  checkProject(folder);
});

test('installed in an empty project, it takes the prebuilt addon, without a compiler', () => {
  const tarball = run('node', [path.join(packaging, 'prebuild.js'), staged]).trim();
  const path_ = programs('bin', ['node', 'npm', 'sh']);
  const folder = project('prebuilt', tarball, { env: { ...environment, PATH: path_ } });
  assert.ok(!fs.existsSync(path.join(folder, 'node_modules/libcare/build')));
  checkProject(folder);
  const [prebuilt] = fs.readdirSync(path.join(staged, 'prebuilds', `${process.platform}-${process.arch}`));
  const symbols = run('nm', ['-D', path.join(staged, 'prebuilds', `${process.platform}-${process.arch}`, prebuilt)]);
  assert.doesNotMatch(symbols, /utf8proc|sb_stemmer|_ZN2v8/);
  assert.ok(fs.statSync(tarball).size < 24e6); // the English pack is in it twice: to build from, and in the addon
});

test('what is missing is said', () => {
  const asked = (cc) => spawnSync('node', ['dependencies.js', 'libraries'], { cwd: staged, encoding: 'utf8', env: { ...environment, CC: cc } });
  assert.match(asked('no-such-compiler').stderr, /compiler no-such-compiler cannot be run/);
  const poor = asked('gcc -nostdinc');
  assert.equal(poor.status, 1);
  assert.match(poor.stderr, /^libcare: utf8proc is missing.*apt install libutf8proc-dev/);
});
