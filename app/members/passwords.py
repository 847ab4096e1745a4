"""Passwords: hashed with Argon2id, checked in the same time whether the number exists or not."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: OWASP's second choice: 19 MiB, two passes. A login rush at shift start fits two cores.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)

#: What an unknown number's password is checked against, so that it takes as long: the hash, with
#: the parameters above, of 32 random bytes that were thrown away.
NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1"
    "$NWlqDaxGmScjTWckecKuvw$Y9KIwumbIae42B8WqkEZ9mI/pgi2FROr8tsX7lUiPKo"
)


def hashed(password: str) -> str:
    """Return the Argon2id hash of *password*."""
    return _hasher.hash(password)


def matches(stored: str, password: str) -> bool:
    """Tell whether *password* is the one behind *stored*; an empty *stored* never matches."""
    try:
        _hasher.verify(stored or NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(stored)
