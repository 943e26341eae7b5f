"""Start Keycloak: ``python -m demo.keycloak``."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from types import FrameType
from typing import Optional, Sequence

from demo.keycloak.distribution import VERSION, ensure, missing
from demo.keycloak.running import running_keycloak


def main(arguments: Optional[Sequence[str]] = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m demo.keycloak",
        description=f"Keycloak {VERSION} with the portal's realm, on the loopback only.",
    )
    parser.add_argument("--port", type=int, default=8180, help="0: any free one")
    parser.add_argument("--fetch", action="store_true", help="only bring it to this machine")
    options = parser.parse_args(arguments)
    if lacking := missing():
        sys.stderr.write(f"Keycloak needs {' and '.join(lacking)} on this machine.\n")
        return 2
    signal.signal(signal.SIGTERM, _end)
    try:
        if options.fetch:
            ensure()
            return 0
        with running_keycloak(options.port) as keycloak:
            line = {
                "url": keycloak.url,
                "issuer": keycloak.issuer,
                "console": f"{keycloak.url}/admin/master/console/#/vbp",
                "administrator": ["admin", keycloak.password],
            }
            sys.stdout.write(f"{json.dumps(line)}\n")
            sys.stdout.flush()
            signal.pause()
    except KeyboardInterrupt:
        pass
    except RuntimeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _end(signum: int, frame: Optional[FrameType]) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
