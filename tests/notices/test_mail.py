"""A notice by e-mail: a plain, neutral letter through a server we have a safe way to."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import AnyHttpUrl

from bot.callbacks.notices import Way
from bot.channels.notices.mail import MailServer, open_server
from bot.channels.notices.sms import open_gateway
from bot.channels.notices.telling import NotNow, Taken, Telling
from bot.settings import SetupError
from tests.notices.conftest import SENDER, Place
from tests.notices.gateway import TOKEN, Gateway
from tests.notices.post_office import PostOffice

MAIL = {"email": "somebody@example.org", "message_allowed": False, "language": "sv"}
TELLING = Telling(
    notice_id=1,
    key="0f" * 16,
    address="somebody@example.org",
    language="fi",
    subject="Varauksesi",
    text="Hei. ä",
)


async def test_who_gave_an_address_gets_a_letter_and_no_sms(place: Place) -> None:
    entry = place.books(**MAIL)
    await place.send()
    (letter,) = place.post.letters
    assert letter["To"] == "somebody@example.org"
    assert letter["From"] == "Varaukset <varaukset@example.org>"
    assert letter["Subject"] == "Din bokning"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert (
        letter.get_content().strip()
        == "Hej. Vi har tagit emot din bokning. Vi hör av oss senast fredag 27.11."
    )
    assert place.gateway.requests == []
    (notice,) = place.notices(entry.id)
    assert (notice.state, notice.way) == ("sent", Way.EMAIL)


async def test_a_second_try_is_the_same_letter(place: Place) -> None:
    entry = place.books(**MAIL)
    place.post.refuses = {"LETTER": "451 later"}
    await place.send()
    assert place.states(entry.id) == [("received", "waiting", "gateway")]
    place.post.refuses = {}
    await place.send(timedelta(minutes=1))
    assert place.states(entry.id) == [("received", "sent", None)]
    assert len({letter["Message-ID"] for letter in place.post.letters}) == 1


@pytest.mark.parametrize(
    ("refuses", "became"),
    [({"RCPT": "550 nobody here"}, ("received", "failed", "refused")),
     ({"RCPT": "450 try later"}, ("received", "waiting", "gateway")),
     ({"LETTER": "554 no"}, ("received", "failed", "refused")),
     ({"MAIL": "550 not from you"}, ("received", "waiting", "unreachable")),
     ({"EHLO": "502 no", "HELO": "502 no"}, ("received", "waiting", "unreachable"))],
)  # fmt: skip
async def test_what_becomes_of_a_letter_by_the_servers_answer(
    place: Place, refuses: dict[str, str], became: tuple[str, str, str]
) -> None:
    entry = place.books(**MAIL)
    place.post.refuses = refuses
    await place.send()
    assert place.states(entry.id) == [became]


async def test_a_server_that_is_away_is_tried_again(place: Place) -> None:
    entry = place.books(**MAIL)
    await place.post.stop()
    await place.send()
    assert place.states(entry.id) == [("received", "waiting", "unreachable")]


async def test_over_tls_with_sign_in_and_only_to_whom_the_certificate_names(tmp_path: Path) -> None:
    certificate = a_certificate(tmp_path)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate)
    post = PostOffice(tls=tls)
    await post.start()
    trusting = ssl.create_default_context(cafile=str(certificate))
    ours = MailServer(
        host="127.0.0.1",
        port=post.port,
        security="tls",
        user="u",
        password="p@ss",
        sender=SENDER,
        context=trusting,
    )
    assert await ours.deliver(TELLING) == Taken()
    assert post.signed_in == ["u:p@ss"]
    stranger = open_server(f"smtps://127.0.0.1:{post.port}", "varaukset@example.org")
    assert await stranger.deliver(TELLING) == NotNow("unreachable")
    assert len(post.letters) == 1
    await post.stop()


async def test_a_server_without_tls_gets_no_letter(place: Place) -> None:
    ours = MailServer(host="127.0.0.1", port=place.post.port, security="starttls", sender=SENDER)
    assert await ours.deliver(TELLING) == NotNow("unreachable")
    assert place.post.letters == []


def test_the_address_of_the_server_says_how_it_is_reached() -> None:
    tls = open_server("smtps://user%40example.org:p%3Ass@mail.example.org", "Varaukset <a@example.org>")
    assert (tls.host, tls.port, tls.security, tls.user, tls.password) == (
        "mail.example.org", 465, "tls", "user@example.org", "p:ss"
    )  # fmt: skip
    assert open_server("smtp://mail.example.org", "a@example.org").security == "starttls"
    assert open_server("smtp://localhost:2525", "a@example.org").security == "none"
    assert "p:ss" not in repr(tls)


@pytest.mark.parametrize(
    ("url", "sender"), [("https://mail.example.org", "a@example.org"), ("smtps://mail.example.org", None)]
)
def test_settings_that_cannot_be_used_are_told_at_the_start(url: str, sender: str | None) -> None:
    with pytest.raises(SetupError, match="PERHEOVI_SMTP_"):
        open_server(url, sender)


async def test_a_gateway_with_a_certificate_of_its_own_making_gets_no_number(tmp_path: Path) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(a_certificate(tmp_path))
    gateway = Gateway()
    await gateway.start(tls)
    assert gateway.url.startswith("https://")
    assert await open_gateway(AnyHttpUrl(gateway.url), TOKEN, "x").deliver(TELLING) == NotNow("unreachable")
    assert gateway.requests == []
    await gateway.stop()


def a_certificate(folder: Path) -> Path:
    """A key and a certificate of this machine, signed by itself."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")]),
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "certificate.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
