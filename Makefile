# Two commands on a bare Debian 12 or 13: make demo, make test. The rest is listed by make help.
.DEFAULT_GOAL := help
.PHONY: help setup demo run test test-unit test-qgis test-package test-keycloak keycloak lint format i18n vendor zip bench docs screenshots clean
PYTHON := .venv/bin/python

help:  ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

setup:  ## install what development, the demo and the tests need; does nothing when it is there
	@scripts/setup

demo: setup  ## the whole path in a real QGIS on the demo portal; the results lie in build/demo
	@$(PYTHON) -m scripts.demo

run: setup  ## open QGIS on the demo portal, in a profile of its own, for use by hand
	@$(PYTHON) -m scripts.run

test: setup  ## all tests, without a display
	@scripts/test -n 2 --dist loadfile

test-unit: setup  ## the portal's clients, in plain Python, and the architecture
	@scripts/test tests/unit tests/architecture

test-qgis: setup  ## layers, tasks, algorithms, docks and sign-in, in QGIS without a window
	@scripts/test tests/qgis

test-package: setup  ## the built archives, in QGIS
	@scripts/test tests/package

test-keycloak: setup  ## the sign-in at a real Keycloak; needs Java and, the first time, Maven
	@$(PYTHON) -m demo.keycloak --fetch
	@scripts/test --provider=keycloak tests/keycloak tests/qgis/sign_in $(wildcard tests/portal/test_oidc*.py)

keycloak: setup  ## start that Keycloak, to look at; with a port: make keycloak PORT=8180
	@$(PYTHON) -m demo.keycloak --port $(or $(PORT),8180)

lint: setup  ## ruff, mypy, import-linter, codespell, sizes, shell scripts, translations
	@scripts/lint

format: setup  ## let ruff write it as it should be
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

i18n: setup  ## collect the texts into i18n/*.ts and compile them
	@$(PYTHON) -m scripts.i18n

vendor: setup  ## the packages that the full archive carries, in build/vendor
	@$(PYTHON) -m scripts.vendor

zip: setup  ## dist/: the slim archive for the official repository, the full one for one's own
	@$(PYTHON) -m scripts.package zip

bench: setup  ## the import of an archive against other ways; ROWS=1000000 for the large one
	@$(PYTHON) -m benchmarks.import_archive --rows $(or $(ROWS),100000)
	@$(PYTHON) -m benchmarks.responsiveness

docs: setup  ## check that every link between the documents leads somewhere
	@$(PYTHON) -m scripts.docs

screenshots: setup  ## take the pictures of the documents again, in a real QGIS
	@$(PYTHON) -m scripts.screenshots

clean:  ## remove what was built; what was installed stays
	rm -rf build dist .qgis-settings .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis i18n/*.qm
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
