"""Start the demo portal: ``python -m demo.portal``."""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import signal
import ssl
import sys
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Iterator, Optional, Sequence

from demo.portal import data
from demo.portal.app import SERVICES, create_app
from demo.portal.server import LOOPBACK, Handler, make_server
from demo.portal.world import World


def main(arguments: Optional[Sequence[str]] = None) -> int:
    options = _parse(arguments)
    Handler.verbose = options.verbose
    try:
        server = make_server(options.host, options.port, tls=_tls(options))
    except (OSError, SystemExit):  # werkzeug says why, and exits, where a port is taken
        sys.stderr.write(f"Cannot listen on {options.host}:{options.port}.\n")
        return 1
    folder = options.folder.resolve()
    with _alone_in(folder):
        data.ensure(folder, options.scale)
    scheme = "https" if server.tls else "http"
    world = World(f"{scheme}://{_named(options.host)}:{server.port}", folder)
    world.keycloak = options.keycloak.rstrip("/")
    provider = "keycloak" if world.keycloak else "oidc"
    services = [provider if service == "oidc" else service for service in options.services]
    server.app = create_app(world, services)
    signal.signal(signal.SIGTERM, _end)
    _announce(world, options)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        world.faults.clear()  # lets those go that a slow fault is holding
        server.server_close()
    return 0


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Let one portal at a time make the data of ``folder``; tests may start several at once."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _parse(arguments: Optional[Sequence[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m demo.portal",
        description="A double of the Vlaams Biodiversiteitsportaal, on the loopback only.",
    )
    parser.add_argument("--host", default="127.0.0.1", choices=LOOPBACK)
    parser.add_argument("--port", type=int, default=8765, help="0: any free one")
    parser.add_argument("--folder", type=Path, default=Path("build/demo-portal"))
    parser.add_argument("--scale", type=int, default=10_000, help="how many records to make")
    parser.add_argument("--ready", type=Path, help="file that gets the line of JSON, too")
    parser.add_argument("--services", nargs="+", default=SERVICES, help="only these of them")
    parser.add_argument("--keycloak", default="", help="address of a Keycloak to sign in at")
    parser.add_argument("--certificate", type=Path, help="PEM: serve https by it, with --key")
    parser.add_argument("--key", type=Path)
    parser.add_argument("--verbose", action="store_true", help="log requests to stderr")
    return parser.parse_args(arguments)


def _tls(options: argparse.Namespace) -> Optional[ssl.SSLContext]:
    if options.certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate, options.key)
    return context


def _announce(world: World, options: argparse.Namespace) -> None:
    with world.connect() as connection:
        (records,) = connection.execute("SELECT count(*) FROM record").fetchone()
    line = json.dumps(
        {
            "url": world.base,
            "issuer": world.issuer,
            "control": f"{world.base}/demo",
            "pid": os.getpid(),
            "records": records,
        }
    )
    if options.ready is not None:
        part = options.ready.with_name(f"{options.ready.name}.part")
        part.write_text(f"{line}\n", encoding="utf-8")
        part.replace(options.ready)  # who waits for the file finds all of it
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _named(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _end(signum: int, frame: Optional[FrameType]) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
