'use strict';
/* Roles, channels and option objects. */

const native = require('./native.js');
const { CareError, wrongType } = require('./error.js');

function namesOf(nameOf) {
  const names = [];
  for (let i = 0, name; (name = nameOf(i)) !== null; i++) names.push(name);
  return Object.freeze(names);
}

const roles = namesOf(native.role_name);
const channels = namesOf(native.channel_name);
const roleNumbers = new Map(roles.map((name, number) => [name, number]));
const channelNumbers = new Map(channels.map((name, number) => [name, number]));

function numberOf(kind, numbers, name) {
  const number = numbers.get(name);
  if (number !== undefined) return number;
  if (typeof name !== 'string') throw wrongType(kind, 'a string', name);
  throw new CareError(`there is no ${kind} '${name}'; there are ${[...numbers.keys()].join(', ')}`, { code: 'argument' });
}

const AGENT = roleNumbers.get('agent');
const CUSTOMER = roleNumbers.get('customer');
const UNKNOWN = channelNumbers.get('unknown');

/* undefined and null are what is usual. */
const roleNumber = (name, usual) => (name === undefined || name === null ? usual : numberOf('role', roleNumbers, name));
const channelNumber = (name) => (name === undefined || name === null ? UNKNOWN : numberOf('channel', channelNumbers, name));

/* Who says a text, through what, as calls take it. */
const saidBy = (role, usual, channel) => roleNumber(role, usual) | (channelNumber(channel) << 8);

const NONE = Object.freeze({});

function refuseOption(options, key, call, keys) {
  if (Array.isArray(options)) throw wrongType('options', 'an object', options);
  throw new CareError(`${call} has no option '${key}'; it has ${keys.join(', ')}`, { code: 'argument' });
}

/* The options of `call`, whose keys are only some of `keys`; a misspelt one would be no option otherwise, and nobody would know. What
 * an object inherits is not looked at. */
function optionsOf(options, call, keys) {
  if (options === undefined) return NONE;
  if (typeof options !== 'object' || options === null) throw wrongType('options', 'an object', options);
  for (const key in options) {
    let i = 0;
    while (i < keys.length && keys[i] !== key) i++;
    if (i === keys.length && Object.hasOwn(options, key)) refuseOption(options, key, call, keys);
  }
  return options;
}

/* The keys that calls have. */
const TURN = ['role', 'channel'];
const TEXT = [...TURN, 'previous'];
const TEPID = [...TURN, 'question'];
const BATCH = ['roles', 'channels', 'conversations', 'evidence'];
const ASYNC_BATCH = [...BATCH, 'signal'];
const KEYS = { TURN, TEXT, TEPID, BATCH, ASYNC_BATCH };

module.exports = { AGENT, CUSTOMER, KEYS, channelNumber, channels, optionsOf, roleNumber, roles, saidBy };
