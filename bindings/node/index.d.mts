export * from './index.js';
import * as care from './index.js';
/** All the names, as one object. */
declare const all: typeof care;
export default all;
