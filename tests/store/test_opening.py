"""A store is opened by URL or path, made for this user only, and what stands in the way is told in one line."""

import resource
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.postgres import Cluster
from tests.store.rounds import THREAD, accepted, work_off
from tutor.errors import StoreError, TutorError
from tutor.store import Store, open_store
from tutor.store.opening import usual

OPEN = "from tutor.store import open_store; import sys; store = open_store(sys.argv[1]); "


def refusal(url: str) -> str:
    """Return what opening *url* says."""
    with pytest.raises(StoreError) as caught:
        open_store(url)
    return str(caught.value)


def test_a_store_is_opened_again_with_all_that_is_in_it(url: str) -> None:
    with open_store(url) as store:
        accepted(store, "Ev1", "Ev2")
    with open_store(url) as store:
        assert work_off(store) == ["Ev1", "Ev2"]


@pytest.mark.parametrize("form", ["{path}", "sqlite:///{path}", "sqlite+pysqlite:///{path}"])
def test_a_file_is_made_with_its_folder_for_this_user_only(tmp_path: Path, form: str) -> None:
    path = tmp_path / "new" / "deep" / "store.db"
    with open_store(form.format(path=path)) as store:
        accepted(store, "Ev1")
        for file in path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert sorted(file.name for file in path.parent.iterdir()) == ["store.db", "store.db-shm", "store.db-wal"]
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_path_below_the_home_folder_may_be_written_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    open_store("~/store.db").close()
    assert (tmp_path / "store.db").is_file()


def test_the_usual_store_lies_in_the_users_folder_for_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert usual() == str(tmp_path / "scenario-tutor" / "store.db")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (
            "mysql://tutor:secret@localhost/tutor",
            "there is no kind of store called mysql; write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME",
        ),
        (
            "://secret",
            "this is not the URL of a store; write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME",
        ),
        (
            "postgresql://tutor:secret@localhost:many/tutor",
            "this is not the URL of a store; write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME",
        ),
        ("sqlite://", "a store in memory would be lost; name a file: sqlite:///FILE"),
        ("sqlite:///:memory:", "a store in memory would be lost; name a file: sqlite:///FILE"),
        ("", "a store in memory would be lost; name a file: sqlite:///FILE"),
    ],
)
def test_a_url_that_names_no_store_is_refused(url: str, said: str) -> None:
    assert refusal(url) == said


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    assert refusal(str(tmp_path)) == f"{tmp_path}: unable to open database file"


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but a text of some length\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    assert refusal(str(path)) == f"{path}: file is not a database"
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "store.db"
    assert refusal(str(path)) == f"{path.parent}: is a file, and should be a folder"
    assert refusal(str(path / "store.db")) == f"{path / 'store.db'}: Not a directory"


def test_a_file_that_another_process_keeps_locked_is_told_and_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.db"
    open_store(str(path)).close()
    monkeypatch.setattr("tutor.store.sqlite._PRAGMAS", ("busy_timeout = 10", "foreign_keys = ON"))
    other = sqlite3.connect(path, isolation_level=None)
    with open_store(str(path)) as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught:
            store.accept("Ev1", THREAD, {}, at=1.0)
        assert str(caught.value) == f"{path}: database is locked"
        with pytest.raises(StoreError):
            store.ping()
        other.execute("ROLLBACK")
        assert store.accept("Ev1", THREAD, {}, at=1.0)
        store.ping()
    other.close()


def test_a_file_that_must_not_be_written_is_told() -> None:
    drop = "import os\nif os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
    with TemporaryDirectory() as folder:  # one that everybody may look into
        Path(folder).chmod(0o755)
        path = Path(folder) / "store.db"
        open_store(str(path)).close()
        path.chmod(0o444)
        code = f"{OPEN}store.close()\n{drop}{OPEN}"
        ran = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True)
        assert ran.stderr.splitlines()[-1] == f"tutor.errors.StoreError: {path}: attempt to write a readonly database"


def test_a_full_disk_is_told_and_nothing_before_it_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    code = OPEN + "[store.accept(f'Ev{n}', 'T', {'x': 'y' * 10_000}, at=1.0) for n in range(1000)]"
    most = 1_000_000

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    ran = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, preexec_fn=small)
    assert ran.stderr.splitlines()[-1] == f"tutor.errors.StoreError: {path}: disk I/O error"
    with open_store(str(path)) as store:
        waiting = store.backlog().waiting
        assert waiting > 10
        assert store.accept("more", "T", {}, at=2.0)
        assert len(work_off(store)) == waiting + 1


@contextmanager
def stopped(cluster: Cluster) -> Iterator[None]:
    """Have the server away for a while."""
    cluster.stop()
    try:
        yield
    finally:
        cluster.start()


def test_a_server_that_is_away_is_told_and_used_again_when_it_is_back(postgres: Cluster) -> None:
    url = postgres.fresh()
    with open_store(url) as store:
        accepted(store, "Ev1")
        with stopped(postgres):
            with pytest.raises(StoreError) as caught:
                store.accept("Ev2", THREAD, {}, at=1.0)
            assert str(caught.value).startswith("postgresql://tutor:***@/postgres: ")
            assert "failed: No such file or directory" in str(caught.value)
            assert "\n" not in str(caught.value)
            assert postgres.password not in str(caught.value)
            assert "failed: No such file or directory" in refusal(url)
        assert work_off(store) == ["Ev1"]
        store.ping()


def test_a_wrong_password_is_told_without_it(postgres: Cluster) -> None:
    said = refusal(postgres.url("postgres", password="open-" + "sesame"))
    assert 'password authentication failed for user "tutor"' in said
    assert "open-sesame" not in said
    assert "\n" not in said


def test_a_password_is_hidden_wherever_it_stands(postgres: Cluster) -> None:
    assert 'database "***" does not exist' in refusal(postgres.url(postgres.password))


def test_a_database_that_is_not_there_is_told(postgres: Cluster) -> None:
    assert 'database "nowhere" does not exist' in refusal(postgres.url("nowhere"))


def test_a_server_that_is_not_there_is_told() -> None:
    said = refusal("postgresql://tutor:secret@127.0.0.1:1/tutor")
    assert said.startswith("postgresql://tutor:***@127.0.0.1:1/tutor: connection failed")
    assert "Connection refused" in said
    assert "secret" not in said


def test_a_user_who_may_not_make_tables_is_told(postgres: Cluster) -> None:
    url = postgres.database()
    name = url.partition("@/")[2].partition("?")[0]
    postgres.run(f"CREATE ROLE guest_{name} LOGIN PASSWORD 'guest'")
    said = refusal(url.replace("//tutor:", f"//guest_{name}:").replace(postgres.password, "guest"))
    assert "permission denied for schema public" in said


def test_a_store_that_may_only_be_read_is_not_well(postgres: Cluster) -> None:
    url = postgres.database()
    open_store(url).close()
    with open_store(f"{url}&options=-cdefault_transaction_read_only%3Don") as store:
        assert store.due() is None
        with pytest.raises(StoreError, match="cannot execute UPDATE in a read-only transaction"):
            store.ping()


@pytest.mark.parametrize(
    ("missing", "url", "said"),
    [
        ("sqlalchemy", "store.db", "the package sqlalchemy is missing; pip install 'scenario-tutor[slack]'"),
        (
            "psycopg",
            "postgresql://tutor@localhost/tutor",
            "the package psycopg is missing; pip install 'scenario-tutor[postgres]'",
        ),
    ],
)
def test_a_package_that_is_missing_is_named_with_what_installs_it(missing: str, url: str, said: str) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None\nfrom tutor.store import open_store\nopen_store({url!r})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.stderr.splitlines()[-1] == f"tutor.errors.StoreError: {said}"


def test_a_store_is_an_object_whose_faults_are_tutor_errors(store: Store) -> None:
    store.ping()
    assert issubclass(StoreError, TutorError)
