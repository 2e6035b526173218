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

/* `argument` names what holds the name, and `index` its place there, if it is a list. */
function refuseName(kind, numbers, name, argument, index) {
  const place = index === undefined ? argument : `${argument}[${index}]`;
  if (typeof name !== 'string') throw wrongType(place, 'a string', name);
  throw new CareError(`${place}: '${name}' is no ${kind}; there are ${[...numbers.keys()].join(', ')}`, { code: 'argument' });
}

const roleOf = (name, argument, index) => roleNumbers.get(name) ?? refuseName('role', roleNumbers, name, argument, index);
const channelOf = (name, argument, index) => channelNumbers.get(name) ?? refuseName('channel', channelNumbers, name, argument, index);

const AGENT = roleNumbers.get('agent');
const CUSTOMER = roleNumbers.get('customer');
const UNKNOWN = channelNumbers.get('unknown');

/* undefined and null are what is usual. */
const roleNumber = (name, usual) => (name === undefined || name === null ? usual : roleOf(name, 'role'));
const channelNumber = (name) => (name === undefined || name === null ? UNKNOWN : channelOf(name, 'channel'));

/* The same in batches. In a list with a role for each text, none is no role: where a column has a hole, nobody knows who speaks. */
const rolesNumber = (name) => (name === undefined ? AGENT : roleOf(name, 'roles'));
const channelsNumber = (name, index) => (name === undefined || name === null ? UNKNOWN : channelOf(name, 'channels', index));
const listedRole = (names, index) => roleOf(names[index], 'roles', index);

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

module.exports = {
  AGENT,
  CUSTOMER,
  KEYS,
  channelNumber,
  channels,
  channelsNumber,
  listedRole,
  optionsOf,
  roleNumber,
  roles,
  rolesNumber,
  saidBy,
};
