'use strict';
/* Tells binding.gyp what is compiled and linked:   node dependencies.js sources | include | libraries
 *
 * utf8proc and libstemmer are the machine's; their static libraries are taken where there are any, so that the addon stands alone. */

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const libraries = {
  utf8proc: { header: 'utf8proc.h', debian: 'libutf8proc-dev', fedora: 'utf8proc-devel', brew: 'utf8proc' },
  stemmer: { header: 'libstemmer.h', debian: 'libstemmer-dev', fedora: 'libstemmer-devel', brew: 'snowball' },
};

const [compiler, ...flags] = (process.env.CC || 'cc').split(' ');

function compile(args, input) {
  const run = spawnSync(compiler, [...flags, ...args], { input, encoding: 'utf8' });
  if (run.error) fail(`the C compiler ${compiler} cannot be run (${run.error.code}); a compiler of C and one of C++ are needed`);
  return run;
}

function fail(message) {
  console.error(`libcare: ${message}`);
  process.exit(1);
}

const missing = (name) => {
  const { debian, fedora, brew } = libraries[name];
  fail(`${name} is missing, with its headers. Debian, Ubuntu: apt install ${debian}. Fedora: dnf install ${fedora}. macOS: brew install ${brew}.`);
};

/* The folder to add for a header: '' where the compiler finds it by itself. */
function folderOf(name) {
  const { header } = libraries[name];
  const prefixes = ['/usr', '/usr/local', '/opt/homebrew'];
  const folders = ['', ...prefixes.flatMap((prefix) => [`${prefix}/include`, `${prefix}/include/libstemmer`])];
  const found = folders.find((folder) => {
    if (folder && !fs.existsSync(path.join(folder, header))) return false;
    return compile(['-E', '-x', 'c', ...(folder ? [`-I${folder}`] : []), '-', '-o', '-'], `#include <${header}>\n`).status === 0;
  });
  return found === undefined ? missing(name) : found;
}

function libraryOf(name) {
  const located = compile([`-print-file-name=lib${name}.a`]).stdout.trim();
  if (path.isAbsolute(located)) return located;
  const brewed = [`/opt/homebrew/lib/lib${name}.a`, `/usr/local/lib/lib${name}.a`].find((file) => fs.existsSync(file));
  return brewed || `-l${name}`;
}

function sourcesIn(folder) {
  return fs.readdirSync(path.join(__dirname, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourcesIn(name);
    return name.endsWith('.c') ? [name] : [];
  });
}

const answers = {
  sources: () => sourcesIn('core/src').sort(),
  include: () => [path.dirname(require.resolve('node-addon-api/napi.h')), ...Object.keys(libraries).map(folderOf).filter(Boolean)],
  libraries: () => {
    Object.keys(libraries).forEach(folderOf);
    return Object.keys(libraries).map(libraryOf);
  },
};

const answer = answers[process.argv[2]] || (() => fail('what is asked for: sources, include or libraries?'));
for (const word of new Set(answer())) console.log(word);
