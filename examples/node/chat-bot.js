'use strict';
/* A chat bot that checks its reply before it sends.
 *
 *     node chat-bot.js              a conversation that is made up here
 *     node chat-bot.js --chat       one with you: write what a customer would write, a line each
 *
 * The bot has several replies to each kind of message, blunt ones first, as a hurried template writer would order them. It takes the
 * first that passes: none of its words blames or excuses, and where the customer is upset, some of its words care. */

const readline = require('node:readline');
const care = require('libcare');

const replies = {
  broken: [
    'That is our policy, and you should have read the manual.',
    'I am afraid our system is down, so I cannot see your order.',
    'I am so sorry that it arrived broken. I will send you a new one today.',
  ],
  late: [
    'We are very busy at the moment.',
    'I understand how frustrating the wait must be. I will call the courier now and write to you within the hour.',
  ],
  anything: ['Thank you for telling me. What would you like me to do next?'],
};

const kindOf = (message) => (/broken|damaged|cracked/i.test(message) ? 'broken' : /late|where|wait/i.test(message) ? 'late' : 'anything');

/* What speaks against sending a draft, in words; nothing if it may go. */
function objections(draft, conversation, upset) {
  const findings = conversation.preview(draft, { role: 'bot', channel: 'chat' });
  const against = findings.filter(({ signal }) => /^(excuse|blame|nonapology|refusal)\./.test(signal));
  const said = against.map(({ signal, text, confidence }) => `"${text}" is ${signal} (${confidence} %)`);
  const cares = findings.some(({ signal }) => /^(apology|empathy|ownership|repair)\./.test(signal));
  if (upset && !cares) said.push('the customer is upset, and nothing in it cares');
  return said;
}

function answer(message, conversation) {
  const heard = conversation.feed(message, { role: 'customer', channel: 'chat' });
  const upset = heard.some(({ signal }) => /^customer\.(complaint|frustration|vent|churn_intent|escalation)/.test(signal));
  console.log(`customer  ${message}`);
  if (heard.length) console.log(`          heard: ${[...new Set(heard.map(({ signal }) => signal))].join(', ')}`);
  for (const draft of replies[kindOf(message)]) {
    const why = objections(draft, conversation, upset);
    if (why.length === 0) {
      conversation.feed(draft, { role: 'bot', channel: 'chat' });
      console.log(`bot       ${draft}\n`);
      return;
    }
    console.log(`  not sent: ${draft}`);
    for (const line of why) console.log(`            ${line}`);
  }
  console.log('bot       Let me pass you on to a colleague.\n');
}

async function main() {
  const conversation = new care.Conversation();
  if (process.argv.includes('--chat')) {
    for await (const line of readline.createInterface({ input: process.stdin })) answer(line, conversation);
  } else {
    answer('My lamp arrived broken and I am really upset about it.', conversation);
    answer('And the second parcel is late again! I have been waiting for two weeks.', conversation);
    answer('Thanks, that helps.', conversation);
  }
  conversation.close();
}

main();
