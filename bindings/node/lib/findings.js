'use strict';
/* Findings out of the words in which they cross (native/words.h tells their layout). */

const HEADER = 4;
const FINDING = 8;
const SLOT = 3;
const EVIDENCE = 5;

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

function readOneEvidence(words, at, names, source) {
  const start = words[at];
  const end = words[at + 1];
  const turn = words[at + 2] + source.base;
  const text = source.texts[turn - source.first];
  return {
    rule: names.rules[words[at + 3]],
    start,
    end,
    turn,
    weight: (words[at + 4] << 16) >> 16,
    text: text === undefined || text === null ? null : text.slice(start, end),
  };
}

function readEvidence(words, at, names, source) {
  const evidence = [readOneEvidence(words, at, names, source)];
  while (words[at + 4] >>> 16) {
    at += EVIDENCE;
    evidence.push(readOneEvidence(words, at, names, source));
  }
  return evidence;
}

/* The finding whose words begin at `at`. `source` says which texts stand behind turn numbers: texts[0] is that of turn `first`,
 * and `base` is added to the numbers in the words. */
function readFinding(words, at, names, source) {
  const start = words[at];
  const end = words[at + 1];
  const turn = words[at + 2] + source.base;
  const kinds = words[at + 4];
  const degrees = words[at + 5];
  const text = source.texts[turn - source.first];
  const slotsAt = HEADER + FINDING * (words[0] + words[1]);
  const slotCount = degrees >>> 24;
  const contexts = kinds >>> 16;
  const firstEvidence = words[at + 7];
  return {
    signal: names.signals[kinds & 0xffff],
    start,
    end,
    text: text.slice(start, end),
    confidence: degrees & 0xff,
    rule: names.rules[words[at + 3]],
    slots: slotCount ? readSlots(words, slotsAt + SLOT * words[at + 6], slotCount, names, text) : [],
    evidence: firstEvidence < 0 ? [] : readEvidence(words, slotsAt + SLOT * words[2] + EVIDENCE * firstEvidence, names, source),
    degree: (degrees >>> 8) & 0xff,
    contexts: contexts ? readContexts(contexts, names) : [],
    turn,
  };
}

function readFindings(words, names, source) {
  const count = words[0];
  const findings = new Array(count);
  for (let i = 0, at = HEADER; i < count; i++, at += FINDING) findings[i] = readFinding(words, at, names, source);
  return findings;
}

/* Candidates that do not count, each with the reason. */
function readSuppressed(words, names, source) {
  const candidates = [];
  for (let i = 0, at = HEADER + FINDING * words[0]; i < words[1]; i++, at += FINDING) {
    const candidate = readFinding(words, at, names, source);
    candidate.reason = names.reasons[(words[at + 5] >>> 16) & 0xff];
    candidates.push(candidate);
  }
  return candidates;
}

module.exports = { FINDING, HEADER, readFinding, readFindings, readSuppressed };
