#!/usr/bin/python3
"""Runs "spfcheck survey" on the workers of a Dask cluster.

    survey.py tcp://SCHEDULER:8786 <domains.txt >survey.ndjson
    survey.py tcp://SCHEDULER:8786 --lines 500 --timeout 5 <domains.txt >survey.ndjson

Reads domains from standard input, one per line. Each task is a block of lines, which a worker
passes to its own "spfcheck survey"; options after those of this program go there, too. Writes the
output lines of a block when the whole block is done, so if a worker dies, another one does its
blocks again and no line is lost or written twice. Blocks are read only as workers need them.
"""

import argparse
import itertools
import subprocess
import sys
from collections import Counter

from distributed import Client, as_completed, get_worker


def survey(block, first_line, command):
    """Runs on a worker: returns the name of the worker and the output lines for a block."""
    run = subprocess.run(
        [*command, "--first-line", str(first_line)], input=block, capture_output=True, check=False
    )
    # 65 means that no line of this block has a domain; each line has its error then.
    if run.returncode not in (0, 65):
        raise RuntimeError(run.stderr.decode(errors="replace").strip().splitlines()[-1:])
    wanted = sum(1 for line in block.split(b"\n") if line.strip(b" \t\r"))
    found = run.stdout.count(b"\n")
    if found != wanted:
        raise RuntimeError(f"{found} answers to {wanted} lines")
    return get_worker().name, run.stdout


def blocks(lines, size):
    """Cuts the input into blocks of at most `size` lines, each with the number of its first."""
    for first_line in itertools.count(1, size):
        block = b"".join(itertools.islice(lines, size))
        if not block:
            return
        yield first_line, block


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scheduler", help="its address, such as tcp://192.0.2.1:8786")
    parser.add_argument("--lines", type=int, default=2000, help="the lines of a block (2000)")
    parser.add_argument("--program", default="spfcheck", help="spfcheck on the workers")
    own, options = parser.parse_known_args()
    command = [own.program, "survey", *options]

    done = Counter()
    with Client(own.scheduler) as client:
        waiting = blocks(sys.stdin.buffer, own.lines)
        in_flight = as_completed()

        def submit(count):
            for first_line, block in itertools.islice(waiting, count):
                # Blocks with the same lines are different tasks, so they are not pure functions.
                in_flight.add(
                    client.submit(survey, block, first_line, command, pure=False, retries=3)
                )

        # Two blocks for each thread: one to work on, and one to begin with at once after it.
        submit(max(2, 2 * sum(client.nthreads().values())))
        for task in in_flight:
            worker, output = task.result()
            done[worker] += 1
            sys.stdout.buffer.write(output)
            sys.stdout.buffer.flush()
            task.release()
            submit(1)
    for worker, count in sorted(done.items()):
        print(f"{worker}: {count} blocks", file=sys.stderr)


if __name__ == "__main__":
    main()
