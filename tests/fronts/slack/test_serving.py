"""Addresses are read as operators write them, and this machine alone is meant unless they say otherwise."""

import pytest

from tutor.errors import SlackError
from tutor.fronts.slack.serving import Address


@pytest.mark.parametrize(
    ("said", "host", "port", "shown"),
    [
        ("127.0.0.1:3000", "127.0.0.1", 3000, "127.0.0.1:3000"),
        ("3000", "127.0.0.1", 3000, "127.0.0.1:3000"),
        (":3000", "127.0.0.1", 3000, "127.0.0.1:3000"),
        ("0.0.0.0:80", "0.0.0.0", 80, "0.0.0.0:80"),  # noqa: S104 - named by the operator
        ("tutor.example.org:65535", "tutor.example.org", 65535, "tutor.example.org:65535"),
        ("[::1]:3000", "::1", 3000, "[::1]:3000"),
    ],
)
def test_an_address_is_a_host_and_a_port(said: str, host: str, port: int, shown: str) -> None:
    address = Address.read(said)
    assert (address.host, address.port, str(address)) == (host, port, shown)


@pytest.mark.parametrize("said", ["", "localhost", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:65536", "a:²", "a:-1"])
def test_what_is_no_address_is_told_how_to_write_one(said: str) -> None:
    with pytest.raises(SlackError) as caught:
        Address.read(said)
    assert str(caught.value) == f"{said} is no address; write HOST:PORT, for example 127.0.0.1:3000"
