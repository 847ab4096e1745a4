"""``python -m question_bank.formats``: understand one file under limits of memory and time.

In: a line of JSON ``{"name": …, "format": …}``, then the file. Out: what ``wire`` makes of it.
"""

import json
import sys

from question_bank.formats import FileUnreadable, Reading, read, wire

try:
    import resource
except ImportError:  # pragma: no cover
    # Windows has no such limits; there nobody starts this.
    resource = None  # type: ignore[assignment]

#: Bytes of memory.
MEMORY = 512 * 1024 * 1024
#: Seconds of computing.
SECONDS = 20


def limit_resources() -> None:
    """Give up what understanding a file never needs: much memory and time, dumps, files."""
    for name, soft, hard in (
        ("RLIMIT_AS", MEMORY, MEMORY),
        ("RLIMIT_CPU", SECONDS, SECONDS + 1),
        ("RLIMIT_CORE", 0, 0),
        ("RLIMIT_FSIZE", 0, 0),
    ):
        try:
            resource.setrlimit(getattr(resource, name), (soft, hard))
        except (AttributeError, OSError, ValueError):
            # Not every system knows every limit, and an administrator may have set a lower one.
            continue


def main() -> None:
    """Read the file on standard input and answer on standard output."""
    limit_resources()
    asked = json.loads(sys.stdin.buffer.readline())
    outcome: Reading | FileUnreadable
    try:
        outcome = read(sys.stdin.buffer.read(), asked["name"], asked["format"])
        answer = wire.dumps(outcome)
    except FileUnreadable as refusal:
        answer = wire.dumps(refusal)
    except MemoryError:
        answer = wire.dumps(FileUnreadable("too_much_inside"))
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
