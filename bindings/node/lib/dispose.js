'use strict';

/* `using` closes the object, where the runtime knows Symbol.dispose (Node 18.18 and 20 do, in name at least). */
function disposable(Class) {
  if (typeof Symbol.dispose !== 'symbol') return;
  Object.defineProperty(Class.prototype, Symbol.dispose, {
    value() {
      this.close();
    },
    configurable: true,
    writable: true,
  });
}

module.exports = { disposable };
