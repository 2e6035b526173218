"""Hears how people treat each other in customer conversations: apologies, excuses, empathy, tepid answers, with evidence.

>>> import care
>>> for finding in care.analyze("I'm so sorry, I'm new here."):
...     print(finding.signal, finding.start, finding.end, finding.text)
apology.regret 0 12 I'm so sorry
excuse.newness 14 26 I'm new here

The functions of this module use one :class:`Analyzer` of the English :class:`Pack`; make your own for other packs. Everything may
be used by any number of threads at once, but a :class:`Conversation` by one. Neither subinterpreters nor free-threaded builds of
Python are supported.
"""

import sysconfig as _sysconfig

if _sysconfig.get_config_var("Py_GIL_DISABLED"):
    raise ImportError("care does not support free-threaded builds of Python; use one with the GIL")

from . import _care
from ._analyzer import Analyzer, english as _english
from ._batch import Batch
from ._care import Candidate, Evidence, Finding, Slot
from ._conversation import Conversation
from ._errors import CareError, Problem
from ._pack import CHANNELS, ROLES, Pack, Rule, Signal

__all__ = [
    "CHANNELS",
    "ROLES",
    "Analyzer",
    "Batch",
    "Candidate",
    "CareError",
    "Conversation",
    "Evidence",
    "Finding",
    "Pack",
    "Problem",
    "Rule",
    "Signal",
    "Slot",
    "analyze",
    "analyze_batch",
    "has_apology",
    "has_empathy",
    "has_excuse",
    "is_tepid",
    "suppressed",
]

for _name in ("Analyzer", "Batch", "CareError", "Conversation", "Pack", "Problem", "Rule", "Signal"):
    globals()[_name].__module__ = __name__  # where people find them, in tracebacks and pickles

__version__: str = _care.version()

analyze = _english.analyze
suppressed = _english.suppressed
has_apology = _english.has_apology
has_excuse = _english.has_excuse
has_empathy = _english.has_empathy
is_tepid = _english.is_tepid
analyze_batch = _english.analyze_batch
