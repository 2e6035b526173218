'use strict';
/* What console.log shows of objects that hold what they hold out of its sight. */

const shown = Symbol.for('nodejs.util.inspect.custom');

/* `fieldsOf` gives what to show of an object, and false for one that is no true `Class`, such as what only inherits from it. */
function inspectable(Class, fieldsOf) {
  Object.defineProperty(Class.prototype, shown, {
    value(depth, options, inspect) {
      if (depth < 0) return options.stylize(`[${Class.name}]`, 'special');
      return `${Class.name} ${inspect(fieldsOf(this) || {}, options)}`;
    },
    configurable: true,
    writable: true,
  });
}

module.exports = { inspectable };
