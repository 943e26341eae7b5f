"""QGIS as on a managed machine: a proxy that wants a password, and certificates of the house.

Run by test_security.py in a process of its own, since a QGIS takes its proxy once. The portal is
``https://portal.test``: a name that only the proxy knows, with a certificate of a private
authority. It stands before a real demo portal, whose address is the argument.

    behind_a_proxy.py URL [trusted] [password]
"""

from __future__ import annotations

import base64
import datetime
import json
import os
import select
import socket
import ssl
import sys
import tempfile
import threading
from pathlib import Path

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtNetwork import QSslCertificate

from tests.qgis.doubles import Asked, Reply, Server

HOST = "portal.test"
LOGIN = ("ecologist", "p:ss w@rd%")


def certificates(folder: Path) -> tuple[Path, Path]:
    """Return an authority's certificate, and the host's with its key."""
    now = datetime.datetime.now(datetime.timezone.utc)

    def issue(name, key, issuer, signer, extensions):
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=2))
        )
        for extension in extensions:
            builder = builder.add_extension(extension, critical=False)
        return builder.sign(signer, hashes.SHA256())

    def named(text):
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])

    root_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    authority = x509.BasicConstraints(ca=True, path_length=None)
    root = issue(named("House CA"), root_key, named("House CA"), root_key, [authority])
    alternative = x509.SubjectAlternativeName([x509.DNSName(HOST)])
    leaf = issue(named(HOST), key, named("House CA"), root_key, [alternative])
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "ca.pem").write_bytes(root.public_bytes(pem))
    (folder / "host.pem").write_bytes(leaf.public_bytes(pem) + private)
    return folder / "ca.pem", folder / "host.pem"


class Proxy:
    """An HTTP proxy that tunnels to ``HOST`` alone, and only with the password."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.tunnels: list[str] = []
        self.refused = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            client, _ = self._listener.accept()
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        wanted = "Basic " + base64.b64encode(":".join(LOGIN).encode()).decode()
        stream = client.makefile("rb")
        while True:
            line = stream.readline().decode()
            headers = {}
            while (header := stream.readline().decode().strip()) != "":
                name, _, value = header.partition(":")
                headers[name.lower()] = value.strip()
            if not line:
                return
            if headers.get("proxy-authorization") == wanted and line.startswith("CONNECT"):
                break
            self.refused += 1
            client.sendall(
                b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n"
                b'Proxy-Authenticate: Basic realm="house", charset="UTF-8"\r\n\r\n'
            )
        self.tunnels.append(line.split()[1])
        server = socket.create_connection(("127.0.0.1", self._port))
        client.sendall(b"HTTP/1.1 200 Go on\r\n\r\n")
        pipes = {client: server, server: client}
        while True:
            for ready in select.select([*pipes], [], [])[0]:
                data = ready.recv(65536)
                if not data:
                    client.close(), server.close()
                    return
                pipes[ready].sendall(data)


def gate(portal: str):
    """Answer for the demo portal, under our own name."""

    def answer(asked: Asked) -> Reply:
        kept = ("authorization", "content-type", "accept")
        response = requests.request(
            asked.method,
            portal + asked.target,
            data=asked.body,
            headers={name: asked.headers[name] for name in kept if name in asked.headers},
            allow_redirects=False,
            timeout=10,
        )
        body = response.content.replace(portal.encode(), f"https://{HOST}".encode())
        headers = {"Content-Type": response.headers.get("Content-Type", "")}
        return Reply(body, response.status_code, headers)

    return answer


def settle(proxy: Proxy, authority: Path, trusted: bool, password: bool) -> None:
    """Set QGIS up as its options dialog does."""
    settings = QgsSettings()
    values = {
        "proxyEnabled": True,
        "proxyType": "HttpProxy",
        "proxyHost": "127.0.0.1",
        "proxyPort": str(proxy.port),
        "proxyUser": LOGIN[0],
        "proxyPassword": LOGIN[1] if password else "wrong",
    }
    for name, value in values.items():
        settings.setValue(f"proxy/{name}", value)
    manager = QgsApplication.authManager()
    if trusted:
        assert manager.storeCertAuthority(QSslCertificate(authority.read_bytes()))
        manager.rebuildCaCertsCache()
        manager.rebuildTrustedCaCertsCache()


def journey(portal: str) -> dict[str, object]:
    """Sign in, renew, ask for records, sign out; return what came of it."""
    from dataclasses import replace

    from biodiv_plugin.auth import tokens
    from biodiv_plugin.portal.http import Request
    from demo.portal.running import Control, RunningPortal
    from demo.portal.visitor import Visitor
    from tests.qgis.sign_in.browser import PersonAtBrowser
    from tests.qgis.sign_in.desk import Desk

    here = f"https://{HOST}"
    control = Control(portal)
    control.reset()
    running = RunningPortal(here, f"{here}/realms/vbp", 0, 0, Path(), control)
    control.fault("oidc.wrong_iss_parameter", iss=running.issuer)
    control.fault("oidc.id_token", claims={"iss": running.issuer})
    desk = Desk(running, Path(tempfile.mkdtemp()))
    desk.visitor = Visitor(portal)
    person = PersonAtBrowser(
        desk.visitor,
        steps=lambda visitor, url: visitor.sign_in(url.replace(here, portal), "demo", "demo"),
    )
    account = desk.sign_in(person)
    desk.bearer.install()
    first = desk.session.tokens
    desk.session._tokens = replace(first, obtained_at=0, expires_at=tokens.now() + 1)
    url = f"{here}/biocache-service/occurrences/search?q=*:*&pageSize=0"
    answer = desk.run(
        lambda feedback: desk.as_user.send(Request("GET", url, as_user=True), feedback)
    )
    renewed = desk.session.tokens.refresh_token != first.refresh_token
    signed_out = desk.sign_out()
    control.reset()
    return {
        "name": account.name,
        "renewed": renewed,
        "records": answer.json()["totalRecords"],
        "revoked": signed_out.revoked,
    }


def main() -> None:
    portal, *flags = sys.argv[1:]
    folder = Path(tempfile.mkdtemp())
    os.environ["QGIS_AUTH_DB_DIR_PATH"] = str(folder)
    application = QgsApplication([], False, os.environ["QGIS_CUSTOM_CONFIG_PATH"])
    application.initQgis()
    authority, host = certificates(folder)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(host)
    with Server(gate(portal), tls=tls) as server:
        proxy = Proxy(server.port)
        settle(proxy, authority, "trusted" in flags, "password" in flags)
        try:
            outcome = journey(portal)
        except Exception as failure:  # noqa: BLE001 (told to the test)
            reason = getattr(failure, "reason", "")
            outcome = {"failure": type(failure).__name__, "reason": reason, "text": str(failure)}
        outcome.update(tunnels=sorted(set(proxy.tunnels)), asked=len(server.asked))
    sys.stdout.write(json.dumps(outcome) + "\n")
    sys.stdout.flush()
    os._exit(0)  # without QGIS's own farewell, which threads of this script would disturb


if __name__ == "__main__":
    main()
