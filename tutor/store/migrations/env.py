"""How alembic runs the migrations: on the connection it is given, in the transaction that is open there."""

from alembic import context

from tutor.store.tables import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, version_table=VERSION_TABLE
)
context.run_migrations()
