'use strict';
/* libcare for Node.js: hears how people treat each other in customer conversations. index.d.ts documents every name. */

const native = require('./lib/native.js');
const { Analyzer, english } = require('./lib/analyzer.js');
const { Batch } = require('./lib/batch.js');
const { CareError } = require('./lib/error.js');
const { Conversation } = require('./lib/conversation.js');
const { Pack } = require('./lib/pack.js');
const { channels, roles } = require('./lib/options.js');

exports.Analyzer = Analyzer;
exports.Batch = Batch;
exports.CareError = CareError;
exports.Conversation = Conversation;
exports.Pack = Pack;
exports.channels = channels;
exports.roles = roles;
exports.version = native.version();

exports.hasApology = (text, options) => english().hasApology(text, options);
exports.hasExcuse = (text, options) => english().hasExcuse(text, options);
exports.hasEmpathy = (text, options) => english().hasEmpathy(text, options);
exports.isTepid = (text, options) => english().isTepid(text, options);
exports.analyze = (text, options) => english().analyze(text, options);
exports.suppressed = (text, options) => english().suppressed(text, options);
exports.analyzeBatch = (texts, options) => english().analyzeBatch(texts, options);
exports.analyzeBatchAsync = async (texts, options) => english().analyzeBatchAsync(texts, options);
