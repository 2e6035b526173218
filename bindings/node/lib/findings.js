'use strict';
/* Findings out of the words in which they cross (native/words.h tells their layout). */

const native = require('./native.js');

/* The head of the words. */
const FINDINGS = 0;
const SUPPRESSED = 1;
const SLOTS_AT = 2;
const EVIDENCE_AT = 3;

/* How many words each has. */
const HEAD = 4;
const FINDING = 8;
const SLOT = 3;
const EVIDENCE = 5;

/* Most findings have no slots and no contexts, batches no evidence; these are all alike. */
const NOTHING = Object.freeze([]);

/* `texts` is the text of turn `first`, or an array of those of `first` and the turns that follow; null for any other. */
function textOf(texts, turn, first) {
  if (typeof texts === 'string') return turn === first ? texts : null;
  return texts[turn - first] ?? null;
}

function readContexts(bits, names) {
  const contexts = [];
  for (let i = 0; bits; i++, bits >>>= 1) if (bits & 1) contexts.push(names.contexts[i]);
  return contexts;
}

function readSlots(words, at, count, names, text) {
  const slots = [];
  for (; count; count--, at += SLOT) {
    const start = words[at];
    const end = words[at + 1];
    slots.push({ slot: names.slots[words[at + 2]], start, end, text: text.slice(start, end) });
  }
  return slots;
}

function readOneEvidence(words, at, names, finding, texts, first, base) {
  const start = words[at];
  const end = words[at + 1];
  const turn = words[at + 2] + base;
  let text = finding.text;
  if (turn !== finding.turn || start !== finding.start || end !== finding.end) {
    text = textOf(texts, turn, first);
    if (text !== null) text = text.slice(start, end);
  }
  return { rule: names.rules[words[at + 3]], start, end, turn, weight: (words[at + 4] << 16) >> 16, text };
}

function readEvidence(words, at, names, finding, texts, first, base) {
  const evidence = [readOneEvidence(words, at, names, finding, texts, first, base)];
  while (words[at + 4] >>> 16) {
    at += EVIDENCE;
    evidence.push(readOneEvidence(words, at, names, finding, texts, first, base));
  }
  return evidence;
}

/* The finding whose words begin at `at`. `base` is added to the numbers of turns in the words. */
function readFinding(words, at, names, texts, first, base) {
  const start = words[at];
  const end = words[at + 1];
  const turn = words[at + 2] + base;
  const kinds = words[at + 4];
  const degrees = words[at + 5];
  const text = textOf(texts, turn, first);
  const firstEvidence = words[at + 7];
  const finding = {
    signal: names.signals[kinds & 0xffff],
    start,
    end,
    text: text.slice(start, end),
    confidence: degrees & 0xff,
    rule: names.rules[words[at + 3]],
    slots: degrees >>> 24 ? readSlots(words, words[SLOTS_AT] + SLOT * words[at + 6], degrees >>> 24, names, text) : NOTHING,
    evidence: NOTHING,
    degree: (degrees >>> 8) & 0xff,
    contexts: kinds >>> 16 ? readContexts(kinds >>> 16, names) : NOTHING,
    turn,
  };
  if (firstEvidence >= 0) {
    finding.evidence = readEvidence(words, words[EVIDENCE_AT] + EVIDENCE * firstEvidence, names, finding, texts, first, base);
  }
  return finding;
}

let shared = native.words;

/* The words of the call that gave `given`; good until the next call. */
function wordsOf(given) {
  if (typeof given === 'object') shared = given;
  return shared;
}

function readFindings(given, names, texts, first) {
  if (given === undefined) return [];
  const words = wordsOf(given);
  const count = words[FINDINGS];
  const findings = new Array(count);
  for (let i = 0, at = HEAD; i < count; i++, at += FINDING) findings[i] = readFinding(words, at, names, texts, first, 0);
  return findings;
}

/* Candidates that do not count, each with the reason. */
function readSuppressed(given, names, texts, first) {
  const candidates = [];
  if (given === undefined) return candidates;
  const words = wordsOf(given);
  for (let i = 0, at = HEAD + FINDING * words[FINDINGS]; i < words[SUPPRESSED]; i++, at += FINDING) {
    const candidate = readFinding(words, at, names, texts, first, 0);
    candidate.reason = names.reasons[(words[at + 5] >>> 16) & 0xff];
    candidates.push(candidate);
  }
  return candidates;
}

module.exports = { FINDING, FINDINGS, HEAD, readFinding, readFindings, readSuppressed };
