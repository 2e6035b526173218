'use strict';
/* What goes wrong: CareError for what libcare refuses, TypeError for an argument of a wrong type. */

const { Buffer } = require('node:buffer');

const PLACED = new Set(['utf8', 'syntax', 'corrupt', 'version']);

class CareError extends Error {
  constructor(message, details = {}) {
    super(details.file ? `${details.file}:${details.line || 0}:${details.column || 0}: ${message}` : message);
    this.code = details.code || 'argument';
    this.file = details.file || null;
    this.line = details.line || null;
    this.column = details.column || null;
    this.offset = PLACED.has(this.code) ? details.offset || 0 : null;
    this.problems = details.problems || [];
  }
}
Object.defineProperty(CareError.prototype, 'name', { value: 'CareError', configurable: true, writable: true });

/* "CARE_E_ARGUMENT" is "argument", and "CARE_OK", a note's, "ok". */
const shortCode = (name) => name.replace(/^CARE_(E_)?/, '').toLowerCase();

/* The addon's problems, with our names. */
const readProblems = (problems) => (problems || []).map((problem) => ({ ...problem, code: shortCode(problem.code) }));

/* Called by the addon, with the names of C. */
function fail(details) {
  throw new CareError(details.message, { ...details, code: shortCode(details.code), problems: readProblems(details.problems) });
}

function kindOf(value) {
  if (value === null) return 'null';
  if (value === undefined) return 'undefined';
  if (Array.isArray(value)) return 'an array';
  if (Buffer.isBuffer(value)) return 'a Buffer';
  if (ArrayBuffer.isView(value)) return 'a typed array';
  if (Number.isNaN(value)) return 'NaN';
  const type = typeof value;
  return type === 'object' ? 'an object' : `a ${type}`;
}

const wrongType = (argument, expected, value) => new TypeError(`${argument} must be ${expected}, not ${kindOf(value)}`);

module.exports = { CareError, fail, readProblems, wrongType };
