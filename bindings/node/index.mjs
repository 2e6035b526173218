/* The same names for ES modules. */
import care from './index.js';

export const {
  Analyzer,
  Batch,
  CareError,
  Conversation,
  Pack,
  analyze,
  analyzeBatch,
  analyzeBatchAsync,
  channels,
  hasApology,
  hasEmpathy,
  hasExcuse,
  isTepid,
  roles,
  suppressed,
  version,
} = care;
export default care;
