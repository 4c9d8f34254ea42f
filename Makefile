# Golden Ear. `make try` needs nothing but Python 3.11 and make.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.installed
# Where it is set, each of the hundreds of Pythons that the tests start would compile the bot anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help try test check lint crash soak matrix bench screenshots
.DELETE_ON_ERROR:

help:
	@echo "make try     everything in your browser, with invented staff, no Slack needed (ARGS=--once: a day, here)"
	@echo "make test    all tests"
	@echo "make check   lint, types, layers, then all tests"
	@echo "make crash   kill the bot at random moments and count what was lost (ARGS=...)"
	@echo "make soak    the long tests: ledger, guards, fuzz, power, backups, forks, rounds, erasures (ARGS='ledger fuzz')"
	@echo "make matrix  every fault at every call to Slack, as a table (ARGS='--brisk --lines')"
	@echo "make screenshots  the pictures of README and docs, from the running product (ARGS='praise home')"
	@echo "make bench   the figures of the README, in 45 minutes (ARGS='--quick' or '--only boards --engine sqlite')"

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Golden Ear needs Python 3.11 or newer: install python3.11"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Golden Ear needs Python 3.11 or newer; $(PYTHON) is older. Say: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 \
		|| { echo "Making .venv with $(PYTHON)"; "$(PYTHON)" -m venv --clear .venv; } \
		|| { rm -rf .venv; echo "On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing what Golden Ear stands on (a minute, the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]' -c constraints.txt
	@touch $(READY)

try: $(READY)
	@$(BIN)/golden-ear try $(ARGS)

test: $(READY)
	@$(BIN)/python -m pytest -q -n 2 $(ARGS)

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

check: lint
	@$(MAKE) --no-print-directory test

crash: $(READY)
	@$(BIN)/python -m tests.faults.crash $(ARGS)

soak: $(READY)
	@$(BIN)/python -m tests.soak $(ARGS)

matrix: $(READY)
	@$(BIN)/python -m tests.faults.matrix $(ARGS)

bench: $(READY)
	@$(BIN)/python -m tests.bench $(ARGS)

screenshots: $(READY)
	@$(BIN)/python -m tests.pictures $(ARGS)
