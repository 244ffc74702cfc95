"""Here and now: the time and the time zone of whoever runs the tutor; fronts and commands hand them down."""

from datetime import UTC, datetime, tzinfo


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def zone() -> tzinfo:
    """Return the time zone of this machine, with its summer times; UTC where it is set to one that nobody knows.

    Without the package that knows the summer times it is the one of today.
    """
    try:
        import tzlocal

        return tzlocal.get_localzone()
    except ModuleNotFoundError:
        return now().astimezone().tzinfo or UTC
    except (LookupError, ValueError, OSError):
        return UTC
