# Two commands do everything: make chat, make check.
PYTHON ?= python3
BIN := .venv/bin
EVIDENCE := $(wildcard ../shared/sources)

.PHONY: help chat check check-all format wheel screens picture

help:  ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

chat: .venv/installed  ## open the shell; without a terminal, answer the sample question
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/tutor chat; else $(BIN)/tutor chat < /dev/null; fi

check: .venv/checked  ## formatting, lint, types, imports, tests and the pack
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/tutor check $(if $(EVIDENCE),--evidence ../shared)
	$(BIN)/tutor chat < /dev/null > /dev/null  # learns the pack once, before the tests
	$(BIN)/tutor eval --dialogues tests/learners --fail-under success=0.84 --fail-over repeats=15 --fail-over dead-ends=0 > /dev/null
	$(BIN)/tutor eval tests/questions/choices.jsonl --fail-under choice=0.72 --fail-under choice-sure=0.88 > /dev/null
	$(BIN)/pytest -n 2

check-all: check  ## check, and then the slow tests
	$(BIN)/pytest -n 2 -m slow

format: .venv/checked  ## put the code in shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

wheel: .venv/checked  ## build the wheel, with what is learned from the bundled pack inside
	$(BIN)/tutor learn
	$(BIN)/python -m build --wheel

screens: .venv/checked  ## write the screens that tests expect of the shell anew, for review with git diff
	WRITE_SCREENS=1 $(BIN)/pytest -n 2 tests/terminal

picture: .venv/checked  ## draw the README's picture of the shell anew
	$(BIN)/python -m tests.terminal.record

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable .
	@touch $@

.venv/checked: .venv/installed
	$(BIN)/pip install --quiet --editable ".[slack,postgres,files,spark,mlflow,study]" --group dev
	@touch $@
