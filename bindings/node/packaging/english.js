'use strict';
/* The compiled English pack as C:   node english.js english.pack english.c */

const fs = require('node:fs');

const [, , from, to] = process.argv;
const bytes = fs.readFileSync(from);
const lines = [];
for (let at = 0; at < bytes.length; at += 64) {
  let line = '"';
  for (const byte of bytes.subarray(at, at + 64)) line += `\\${byte.toString(8).padStart(3, '0')}`;
  lines.push(`${line}"`);
}
fs.writeFileSync(
  to,
  `#include "pack.h"

#ifdef __GNUC__
#pragma GCC diagnostic ignored "-Woverlength-strings"
#endif

_Alignas(8) const unsigned char care_english_bytes[] =
${lines.join('\n')};
const size_t care_english_length = ${bytes.length};
`,
);
