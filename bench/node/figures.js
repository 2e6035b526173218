'use strict';
/* Medians of many rounds in which the things to compare take turns: machines are noisy, and noise that meets all alike cancels. */

const median = (values) => values.slice().sort((a, b) => a - b)[values.length >> 1];

function nanoseconds(calls, run) {
  const begin = process.hrtime.bigint();
  for (let i = 0; i < calls; i++) run();
  return Number(process.hrtime.bigint() - begin) / calls;
}

/* `runs` maps names to functions that give the nanoseconds of one round. */
function measure(rounds, runs) {
  const found = {};
  for (const name of Object.keys(runs)) found[name] = [];
  for (let round = -3; round < rounds; round++) {
    for (const [name, run] of Object.entries(runs)) {
      const value = run();
      if (round >= 0) found[name].push(value);
    }
  }
  return Object.fromEntries(Object.entries(found).map(([name, values]) => [name, median(values)]));
}

let failed = 0;

function table(title, rows) {
  console.log(`\n${title}`);
  for (const [label, value, unit, ratio, limit, atLeast] of rows) {
    let judged = '';
    if (limit !== undefined) {
      const good = atLeast ? ratio >= limit : ratio <= limit;
      if (!good) failed++;
      judged = `${ratio.toFixed(2).padStart(8)}  ${atLeast ? 'at least' : 'at most '} ${limit}  ${good ? 'yes' : 'NO'}`;
    } else if (ratio !== undefined) {
      judged = `${ratio.toFixed(2).padStart(8)}`;
    }
    console.log(`  ${label.padEnd(52)} ${value.toFixed(value < 100 ? 1 : 0).padStart(9)} ${unit.padEnd(8)}${judged}`);
  }
}

module.exports = { failures: () => failed, measure, median, nanoseconds, table };
