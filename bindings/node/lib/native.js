'use strict';
/* The addon: built from source into build/, or one of prebuilds/. */

const path = require('node:path');
const { fail } = require('./error.js');

const native = require('node-gyp-build')(path.join(__dirname, '..'));
native.words = native.start(fail);

module.exports = native;
