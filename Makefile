# `make setup` installs what is missing; every other target calls it first.

PYTHON := .venv/bin/python
INSTALLED := .venv/installed

.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench soak gallery pictures lock clean

help:
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile

setup: $(INSTALLED) ## installs what is missing: Debian packages, .venv, fonts, pinyin
	@$(PYTHON) -m yici.fonts build/fonts
	@$(PYTHON) -m kiosk.access.rime_deployment build/rime

$(INSTALLED): requirements.lock pyproject.toml setup/venv.sh | debian
	@sh setup/venv.sh
	@touch $@

.PHONY: debian
debian:
	@sh setup/debian.sh

run: setup ## starts a whole station: sandbox platform, simulated devices, one terminal
	@exec $(PYTHON) -m yici.station

test: setup ## runs all tests, a file a processor, or those that ARGS="tests/kiosk -k name" chooses
	@$(PYTHON) -m pytest --numprocesses auto --dist loadfile $(ARGS)

lint: setup ## ruff, mypy --strict, import-linter
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: setup ## runs every benchmark in turn
	@set -e; for benchmark in $(sort $(basename $(notdir $(wildcard benchmarks/[a-z]*.py)))); do \
		echo "== $$benchmark"; $(PYTHON) -m benchmarks.$$benchmark; \
	done

soak: setup ## the long runs: every parser against 10^6 frames, every page in every way of using it
	@$(PYTHON) -m pytest --soak --timeout=7200 $(ARGS)

gallery: setup ## one picture of every component in its states, in build/gallery
	@$(PYTHON) -m yici.gallery build/gallery

pictures: setup ## makes the pictures of the documentation
	@$(PYTHON) -m yici.pictures docs/pictures

lock: | debian ## pins the newest dependencies in requirements.lock
	@sh setup/lock.sh

clean: ## removes what was built and installed here, and the data of `make run`
	rm -rf .venv build var *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis \
		.import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
