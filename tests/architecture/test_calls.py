"""What the plugin never does, and what it does in one place only."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import MODULES

# The end of a dotted name → the only modules that may call it.
RESERVED = {
    "processEvents": (),
    "time.sleep": (),
    "exec_": (),
    "urlopen": (),
    "QgsFileDownloader": (),
    "setRedirectPolicy": (),
    "setRequestPreprocessor": ("auth/bearer.py",),
    "setTimeout": (),  # of the manager that all of QGIS shares
    "QThread": (),
    "threading.Thread": ("auth/",),  # the listener, and the keyring that may hang
    "Thread": ("auth/",),
    "ThreadPoolExecutor": ("layers/bulk_load.py",),  # two halves of one import, see docs/adr
    "ProcessPoolExecutor": (),
    "QgsTask.fromFunction": (),
    "addTask": ("tasks/registry.py",),
    "QgsSettings": ("settings.py", "auth/"),
    "QSettings": (),
    "os.system": (),
    "subprocess.run": (),
    "subprocess.Popen": (),
    "sys.path.insert": (),
    "sys.path.append": (),
    "logging.basicConfig": (),
    "pickle.loads": (),
    "extractall": (),
}


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_it_is_called_where_it_belongs_or_nowhere(name):
    found = [
        module.where(call)
        for module in MODULES
        for call, called in module.calls()
        if (called == name or called.endswith(f".{name}"))
        and not module.name.startswith(RESERVED[name])
    ]
    assert found == []


def test_no_text_is_run_as_code():
    code = ("eval", "exec", "compile", "__import__")
    assert [m.where(call) for m in MODULES for call, called in m.calls() if called in code] == []


def test_one_module_writes_the_authorization_header():
    writers = {
        module.name
        for module in MODULES
        for node in ast.walk(module.tree)
        for key in written_keys(node)
        if names_the_header(key)
    }
    assert writers == {"auth/bearer.py"}


def written_keys(node: ast.AST) -> list[ast.expr]:
    """Return what ``node`` writes under: a header's name, a key, the target of an assignment."""
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".setRawHeader"):
        return node.args[:1]
    if isinstance(node, ast.Dict):
        return [key for key in node.keys if key is not None]
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        return [node.slice]
    return []


def names_the_header(node: ast.expr) -> bool:
    value = node.value if isinstance(node, ast.Constant) else ""
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else str(value)
    return text.lower() == "authorization"


def test_nothing_weakens_the_protocols():
    """Signing in: RFC 8252, RFC 9700; a switch that tests of others use is never ours."""
    banned = ("OAUTHLIB_INSECURE_TRANSPORT", "OAUTHLIB_RELAX_TOKEN_SCOPE", "QSslSocket.VerifyNone")
    for module in MODULES:
        text = module.path.read_text(encoding="utf-8")
        assert not [word for word in banned if word in text], module.name
        for call, _ in module.calls():
            for keyword in call.keywords:
                unchecked = keyword.arg == "verify" and ast.unparse(keyword.value) == "False"
                assert not unchecked, module.where(call)


def test_only_the_task_catches_everything():
    """Elsewhere an error of an unforeseen kind is a defect, and is to be seen as one.

    A slot of the network's exchange keeps it only until ``run`` can raise it.
    """
    allowed = (
        "tasks/task.py",
        "auth/bearer.py",
        "auth/token_store.py",
        "network/exchange.py",
    )
    found = [
        module.where(node)
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        and module.name not in allowed
    ]
    assert found == []


def test_who_asks_for_the_sender_is_a_slot_of_qt():
    """PyQt keeps the sender of other slots in one place for all threads: while a worker takes
    an answer, the main thread may be told its sender, or none."""
    found = [
        module.where(node)
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef)
        and "self.sender()" in ast.unparse(node)
        and not any("pyqtSlot" in ast.unparse(mark) for mark in node.decorator_list)
    ]
    assert found == []


def test_nothing_happens_on_import():
    """No directory, connection or setting is touched by loading a module."""
    quiet = ("TypeVar", "namedtuple", "getLogger", "compile", "frozenset", "Setting")
    effects = ("mkdir", "open", "QgsSettings", "QgsApplication", "instance", "write", "connect")
    for module in MODULES:
        for statement in module.tree.body:
            if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
                continue
            for node in ast.walk(statement):
                if isinstance(node, ast.Call):
                    name = ast.unparse(node.func).rpartition(".")[2]
                    assert name in quiet or name not in effects, module.where(node)
