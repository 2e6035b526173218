'use strict';
/* Run by npm when the package is installed: takes the prebuilt addon if there is one for this platform, else builds it. Nothing is
 * downloaded: the headers of Node.js are those beside the node that runs, or where npm_config_nodedir says. */

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

function fail(message) {
  console.error(`libcare: ${message}`);
  process.exit(1);
}

function prebuilt() {
  try {
    require('node-gyp-build')(__dirname);
    return true;
  } catch {
    return false;
  }
}

const NO_HEADERS = `there is no prebuilt addon for this platform, and the headers of Node.js are not there to build one.
Debian, Ubuntu: apt install libnode-dev
Elsewhere: npm_config_nodedir=<folder that holds include/node> npm install libcare`;

function nodeDirectory() {
  const given = process.env.npm_config_nodedir;
  const beside = path.dirname(path.dirname(fs.realpathSync(process.execPath)));
  const holds = (folder) => ['include/node/node_api.h', 'src/node_api.h'].some((file) => fs.existsSync(path.join(folder, file)));
  const found = [given, beside, '/usr', '/usr/local'].find((folder) => folder && holds(folder));
  return found || fail(NO_HEADERS);
}

/* npm brings a node-gyp of its own and tells where. */
function gyp() {
  const brought = process.env.npm_config_node_gyp;
  return brought && fs.existsSync(brought) ? [process.execPath, brought] : ['node-gyp'];
}

const asked = process.env.npm_config_build_from_source;
const fromSource = asked !== undefined && asked !== '' && asked !== 'false';
if (!fromSource && prebuilt()) process.exit(0);

const [program, ...args] = gyp();
const run = spawnSync(program, [...args, 'rebuild', `--nodedir=${nodeDirectory()}`], { cwd: __dirname, stdio: 'inherit' });
if (run.error) fail(`node-gyp cannot be run (${run.error.code}); npm install -g node-gyp has one`);
if (run.status !== 0) fail('the addon could not be built; the lines above say why');
