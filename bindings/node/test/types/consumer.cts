/* The same for a CommonJS module. */
import care = require('libcare');

const role: care.Role = 'customer';
const findings: care.Finding[] = care.analyze('Fine.', { role, previous: 'How was it?' });
export = findings;
