"""Other machines reach the API over TLS only, and only by the names that the settings list."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gum import config
from gum.config import Api
from gum.daemon.forwarding import client_of
from gum.daemon.server import address, hosts, tls
from gum.errors import ConfigError, DaemonAbsentError
from tests.working import HandClock, running, settings


@pytest.fixture
def certificate(tmp_path: Path) -> dict[str, str]:
    """A certificate that this machine made for itself, as the settings name it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "desk.test")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, secret = tmp_path / "desk.pem", tmp_path / "desk.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return {"tls_certificate": str(pem), "tls_key": str(secret)}


def loaded(tmp_path: Path, **api: Any) -> config.Config:
    path = tmp_path / "config.toml"
    path.write_text("[api]\n" + "\n".join(f"{key} = {value!r}" for key, value in api.items()))
    return config.load(path)


def test_with_a_certificate_only_tls_is_spoken(tmp_path: Path, clock: HandClock, certificate: dict[str, str]) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text("[api]\n" + "\n".join(f"{key} = '{value}'" for key, value in certificate.items()))
    with running(home, settings(api=certificate), clock) as now:
        url = httpx.URL(now.service.server.url)
        assert url.scheme == "https"
        assert now.client.status().verdict  # our own client trusts this certificate and no other
        with pytest.raises(httpx.HTTPError):
            httpx.get(f"http://127.0.0.1:{url.port}/healthz", trust_env=False)
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"https://127.0.0.1:{url.port}/healthz", trust_env=False)
        known = ssl.create_default_context(cafile=certificate["tls_certificate"])
        assert httpx.get(f"https://127.0.0.1:{url.port}/healthz", verify=known, trust_env=False).json() == {"ok": True}


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "desk.test"])
def test_another_address_without_tls_is_refused(tmp_path: Path, host: str) -> None:
    with pytest.raises(ConfigError, match="needs tls_certificate and tls_key"):
        loaded(tmp_path, host=host)


def test_a_certificate_without_its_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="needed together"):
        loaded(tmp_path, tls_certificate="/x/desk.pem")


def test_all_addresses_need_names(tmp_path: Path, certificate: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="needs names"):
        loaded(tmp_path, host="0.0.0.0", **certificate)


def test_a_certificate_that_cannot_be_used_is_named(certificate: dict[str, str]) -> None:
    Path(certificate["tls_key"]).write_text("nonsense")
    with pytest.raises(ConfigError, match=r"api\.tls_key .*desk\.key"):
        tls(Api(**certificate))  # type: ignore[arg-type]


def test_only_the_listed_names_are_answered() -> None:
    api = Api(host="0.0.0.0", names=("Desk.test", "fd00::1"), tls_certificate="a", tls_key="b")
    known = hosts(api, 8443)
    assert set(known) == {"desk.test:8443", "[fd00::1]:8443", "localhost:8443", "127.0.0.1:8443", "[::1]:8443"}
    assert "desk.test" in hosts(api, 443)
    assert address(api, 8443) == "https://127.0.0.1:8443"


def test_an_origin_that_is_listed_may_ask_and_gets_no_leave_for_pages(tmp_path: Path, clock: HandClock) -> None:
    with running(tmp_path / "home", settings(api={"origins": ["app://editor"]}), clock) as now:
        headers = {"Authorization": f"Bearer {now.token}"}
        for origin, status in (("app://editor", 200), ("app://other", 403), ("APP://EDITOR", 403)):
            answer = httpx.get(
                f"{now.service.server.url}/v1/status", headers=headers | {"Origin": origin}, trust_env=False
            )
            assert answer.status_code == status
            assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_certificate_that_is_not_trusted_is_said_and_is_no_absent_daemon(
    tmp_path: Path, clock: HandClock, certificate: dict[str, str]
) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text("[api]\n" + "\n".join(f"{key} = '{value}'" for key, value in certificate.items()))
    with (
        running(home, settings(api=certificate), clock) as now,
        client_of(now.service.server.url, now.token) as stranger,
        pytest.raises(DaemonAbsentError, match=r"not trusted \(self-signed certificate\); name the one to trust"),
    ):
        stranger.status()
