"""What is special about PostgreSQL: many writers, and a server that may be away."""

from sqlalchemy import URL, Connection, Engine, create_engine, text

MIGRATING = 7_305_206_219  #: the advisory lock that whoever migrates holds
_CONNECTIONS = 10  #: kept open by one process; as many again for a moment


def engine_at(url: URL) -> Engine:
    """Return the engine for the server in *url*; a connection that broke is replaced before it is used."""
    return create_engine(
        url, pool_size=_CONNECTIONS, max_overflow=_CONNECTIONS, pool_pre_ping=True, connect_args={"connect_timeout": 10}
    )


def migrating(connection: Connection) -> None:
    """Keep other replicas from migrating until this transaction ends."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
