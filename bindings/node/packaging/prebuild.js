'use strict';
/* Builds the addon of a staged package from source, as prebuilds/<platform>-<machine>/libcare.<libc>.node, and packs it:
 *
 *     node prebuild.js FOLDER
 *
 * Stripped, with utf8proc and libstemmer inside. Prints the tarball's name. */

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const folder = path.resolve(process.argv[2]);
const tools = path.join(__dirname, '../node_modules/.bin');
const prefix = path.dirname(path.dirname(fs.realpathSync(process.execPath)));
const nodedir = process.env.npm_config_nodedir || [prefix, '/usr'].find((one) => fs.existsSync(path.join(one, 'include/node/node_api.h')));

function run(program, args, env = {}) {
  const done = spawnSync(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', env: { ...process.env, ...env } });
  if (done.status === 0) return done.stdout.trim();
  console.error(done.stdout);
  throw new Error(`${program} ${args.join(' ')} failed`);
}

fs.rmSync(path.join(folder, 'prebuilds'), { recursive: true, force: true });
run(path.join(tools, 'prebuildify'), ['--napi', '--strip', '--tag-libc', '-t', process.version], {
  PATH: `${tools}${path.delimiter}${process.env.PATH}`,
  npm_config_nodedir: nodedir,
});
fs.rmSync(path.join(folder, 'build'), { recursive: true, force: true });
console.log(path.join(folder, run('npm', ['pack', '--silent']).split('\n').pop()));
