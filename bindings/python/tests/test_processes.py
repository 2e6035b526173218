"""Threads, forks, interrupts, subinterpreters, and memory that comes back."""

import concurrent.futures
import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from typing import Any

import pyarrow
import pytest

import care

TEXTS = ["Sorry about that.", "I'm new here.", "The parcel is at the depot.", "Désolé, I'm so sorry about that."] * 5


def resident() -> int:
    """Bytes of memory that the process holds."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_one_analyzer_for_many_threads() -> None:
    analyzer = care.Analyzer()
    long = " ".join(TEXTS * 50)  # the interpreter's lock is released for it
    wanted = [analyzer.analyze(text) for text in [*TEXTS, long]]

    def work(_: int) -> bool:
        return all([analyzer.analyze(text) for text in [*TEXTS, long]] == wanted for _ in range(5))

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        assert all(pool.map(work, range(64)))


def test_batches_at_once() -> None:
    wanted = care.analyze_batch(TEXTS * 500).to_arrow()
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for table in pool.map(lambda _: care.analyze_batch(TEXTS * 500, threads=3).to_arrow(), range(8)):
            assert table == wanted


def test_the_lock_is_released() -> None:
    """Another thread goes on while a long text is read."""
    text = "The parcel is at the depot. " * 400_000
    done = threading.Event()
    ticks = 0

    def read() -> None:
        care.analyze(text)
        done.set()

    switch = sys.getswitchinterval()
    thread = threading.Thread(target=read)
    thread.start()
    while not done.is_set():
        ticks += 1
        time.sleep(0.001)
    thread.join()
    assert switch and ticks > 20


def test_fork_after_load() -> None:
    care.analyze_batch(TEXTS * 2000)
    wanted = care.analyze(TEXTS[0])
    child = os.fork()
    if child == 0:
        good = care.analyze(TEXTS[0]) == wanted and len(care.analyze_batch(TEXTS * 2000, threads=2)) == 40_000
        os._exit(0 if good else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_fork_while_threads_are_at_work() -> None:
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            care.analyze("Sorry about that. " * 1000)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(10):
            child = os.fork()
            if child == 0:
                os._exit(0 if care.has_apology("Sorry about that. " * 1000) else 1)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_worker_processes(method: str) -> None:
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map(care.analyze, TEXTS) == [care.analyze(text) for text in TEXTS]


INTERRUPT = """
import sys, threading, time
import care
texts = ["I'm so sorry about that, our courier lost it. The parcel is at the depot."] * 200_000 * int(sys.argv[1])
care.analyze_batch(texts[:10], threads=2)
print("ready", flush=True)
try:
    while True:
        care.analyze_batch(texts, threads=int(sys.argv[2]))
except KeyboardInterrupt:
    print(threading.active_count(), time.time(), flush=True)
assert care.has_apology("Sorry about that.")
"""


def test_a_run_of_long_texts_is_short() -> None:
    """Between two runs an interrupt is heard, so their length is in bytes, not in texts; they end where a conversation does."""
    from care import _care

    texts = ["The parcel is at the depot. " * 4000] * 600
    for column in (texts, [bytearray(text, "ascii") for text in texts], pyarrow.array(texts)):
        job = _care.job_open(column, 2)
        _care.job_set(job, "agent", None, _care.job_conversations(tuple(index // 2 for index in range(600))))
        end = 0
        while end < 40:
            begin, (_, end) = end, _care.chunk_run(care.Analyzer()._handle, job, 0, end, 600)
            assert 0 < end - begin <= 4 and end % 2 == 0


INTERRUPT_LONG = """
import time, care
texts = ["I'm so sorry about that. The parcel is at the depot. " * 4000] * 600
print("ready", flush=True)
try:
    care.analyze_batch(texts, threads=1)
except KeyboardInterrupt:
    print(time.time(), flush=True)
"""


@pytest.mark.parametrize("threads", ["1", "2"])
def test_keyboard_interrupt_stops_promptly(threads: str) -> None:
    program = subprocess.Popen([sys.executable, "-c", INTERRUPT, "5", threads], stdout=subprocess.PIPE, text=True)
    assert program.stdout and program.stdout.readline() == "ready\n"
    time.sleep(0.7)
    sent = time.time()
    program.send_signal(signal.SIGINT)
    left, at = program.stdout.readline().split()
    assert program.wait(30) == 0 and left == "1"
    assert float(at) - sent < 1.0


def test_keyboard_interrupt_is_heard_between_long_texts() -> None:
    """600 texts of 200 KB are seconds of work, and once were one run."""
    program = subprocess.Popen([sys.executable, "-c", INTERRUPT_LONG], stdout=subprocess.PIPE, text=True)
    assert program.stdout and program.stdout.readline() == "ready\n"
    time.sleep(0.3)
    sent = time.time()
    program.send_signal(signal.SIGINT)
    at = program.stdout.readline()
    assert program.wait(30) == 0 and float(at) - sent < 1.0


def test_an_error_in_a_worker_comes_out_and_stops_the_rest() -> None:
    texts: list[Any] = ["Sorry."] * 100_000
    texts[50_000] = 3
    with pytest.raises(TypeError, match=r"texts\[50000\]"):
        care.analyze_batch(texts, threads=2)
    assert threading.active_count() == 1


def test_subinterpreters_are_refused() -> None:
    module = "_interpreters" if sys.version_info >= (3, 13) else "_xxsubinterpreters"
    program = f"import {module} as i; i.run_string(i.create(), 'try:\\n  import care\\nexcept ImportError as e:\\n  print(e, flush=True)')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert "subinterpreters" in done.stdout, done.stderr


def test_free_threaded_builds_are_refused() -> None:
    program = "import sysconfig; sysconfig.get_config_vars()['Py_GIL_DISABLED'] = 1; import care"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert "ImportError: care does not support free-threaded builds" in done.stderr


def test_a_hundred_thousand_conversations() -> None:
    def open_and_drop(count: int) -> None:
        for _ in range(count):
            care.Conversation().feed("Sorry about that.")

    open_and_drop(2_000)
    gc.collect()
    before = resident()
    open_and_drop(100_000)
    gc.collect()
    assert resident() - before < 4_000_000


def test_a_hundred_thousand_conversations_at_once() -> None:
    before = resident()
    kept = [care.Conversation() for _ in range(100_000)]
    held = resident() - before
    del kept
    gc.collect()
    again = [care.Conversation() for _ in range(100_000)]
    assert resident() - before < held * 1.2 + 4_000_000
    del again


def test_memory_comes_back() -> None:
    texts = TEXTS * 500

    def everything() -> None:
        analyzer = care.Analyzer()
        batch = analyzer.analyze_batch(texts, conversations=range(len(texts)), evidence=True, threads=2)
        batch.to_arrow(), batch.to_wide(), list(batch)
        analyzer.analyze("Sorry about that. " * 20_000)
        analyzer.suppressed("I'm not sorry\ud800.", previous="x")
        for bad in (None, "\ud800"):
            try:
                analyzer.analyze(bad, role="x")  # type: ignore[arg-type]
            except (TypeError, ValueError):
                pass
        try:
            care.Pack.compile("pack x")
        except care.CareError:
            pass

    def growth() -> int:
        before = resident()
        for _ in range(10):
            everything()
        gc.collect()
        return resident() - before

    growth()
    # A leak grows every time; what malloc keeps for its threads only now and then.
    assert min(growth() for _ in range(4)) < 1_000_000


def test_dropped_objects_are_finalised() -> None:
    analyzer = care.Analyzer()
    batch = analyzer.analyze_batch(["Sorry."])
    seen: list[weakref.ref[Any]] = [weakref.ref(analyzer), weakref.ref(batch), weakref.ref(care.Conversation(analyzer))]
    del analyzer, batch
    gc.collect()
    assert [one() for one in seen] == [None, None, None]
